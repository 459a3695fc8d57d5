import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manifestSchema } from '../../electron/contract/delivery.ts';
import { startServer } from '../../electron/hosts/http/start-server.ts';
import type { StartServerOptions } from '../../electron/hosts/http/start-server.ts';
import { buildIfStale } from '../../scripts/build-freshness.ts';
import { root } from '../../scripts/project.ts';
import { launchBrowser } from '../support/browser.ts';
import { describeWithBrowser } from '../support/needs.ts';
import { createFakeEntries, createFakeModelStore } from '../support/fake-engine/create-fake-engines.ts';
import { expectAccessible, mainJob, watchForTrouble } from '../support/run-main-job.ts';

let browser: Browser;
beforeAll(async () => {
  buildIfStale('renderer');
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Opened {
  readonly page: Page;
  readonly trouble: readonly string[];
  readonly libraryFolder: string;
}

async function withStudio(engines: Partial<StartServerOptions>, use: (opened: Opened) => Promise<void>): Promise<void> {
  const libraryFolder = mkdtempSync(join(tmpdir(), 'housestyle-app-'));
  const server = await startServer({ libraryFolder, port: 0, rendererFolder: join(root, 'dist/renderer'), ...engines });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  });
  const trouble = watchForTrouble(context, new URL(server.url).origin);
  const page = await context.newPage();
  try {
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Library', level: 1 }).waitFor();
    await use({ page, trouble, libraryFolder });
  } finally {
    await context.close();
    await server.close();
    rmSync(libraryFolder, { recursive: true, force: true });
  }
}

/** The exported folder holds what its manifest says, byte for byte. Returns the number of pictures. */
function checkExport(libraryFolder: string): number {
  const exportsFolder = join(libraryFolder, 'exports');
  const [name, ...others] = readdirSync(exportsFolder);
  expect(others).toEqual([]);
  const folder = join(exportsFolder, name ?? '');
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  for (const entry of manifest.files) {
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, entry.file)))
        .digest('hex'),
    ).toBe(entry.sha256);
    expect(entry.status).toBe('approved');
  }
  expect(['contact-sheet.png', 'contact-sheet.html'].map((file) => existsSync(join(folder, file)))).toEqual([
    true,
    true,
  ]);
  return manifest.files.length;
}

describeWithBrowser('the main job in the page', () => {
  it('goes from a brief to an export by clicks and keys, with the fake engine', async () => {
    await withStudio(
      { engineEntries: createFakeEntries({ imageMs: 15 }), modelStore: createFakeModelStore() },
      async ({ page, trouble, libraryFolder }) => {
        const job = { page, patienceMs: 90_000, formats: ['Square post', 'Story'] };
        await expectAccessible(page, 'Library');
        expect(await mainJob.ideate(job)).toBe(6);
        await expectAccessible(page, 'Ideate');
        await mainJob.produce(job, 4);
        await expectAccessible(page, 'Produce');
        await mainJob.review(job);
        await expectAccessible(page, 'Review');
        await mainJob.exportApproved(job);
        for (const screen of ['Brand', 'Models']) {
          await page.getByRole('link', { name: screen, exact: true }).click();
          await page.getByRole('heading', { name: screen, level: 1 }).waitFor();
          await page.waitForTimeout(500);
          await expectAccessible(page, screen);
        }
        expect(checkExport(libraryFolder)).toBe(1);
        expect(trouble).toEqual([]);
      },
    );
  });

  it('does the same on the starter pack', async () => {
    await withStudio({}, async ({ page, trouble, libraryFolder }) => {
      const job = { page, patienceMs: 150_000, formats: ['Square post'] };
      expect(await mainJob.ideate(job)).toBeGreaterThanOrEqual(4);
      await mainJob.produce(job, 2);
      await mainJob.review(job);
      await mainJob.exportApproved(job);
      expect(checkExport(libraryFolder)).toBe(1);
      expect(trouble).toEqual([]);
    });
  });
});
