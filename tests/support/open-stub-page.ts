import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startStubStudio } from './stub-studio.ts';
import type { StubStudio } from './stub-studio.ts';

/** One browser for all tests of a file; it ends with the process. Every page has a context of its own. */
let browser: Promise<Browser> | undefined;

export interface StubPage {
  page: Page;
  studio: StubStudio;
  /** What the browser complained about: errors of scripts, blocked content, warnings of React. Empty when all is well. */
  complaints: string[];
  close(): Promise<void>;
}

/** A stub studio and a page on it at `hash`, such as "#/library". */
export async function openStubPage(
  hash: string,
  options: Parameters<typeof startStubStudio>[0] = {},
  contextOptions: BrowserContextOptions = {},
): Promise<StubPage> {
  const studio = await startStubStudio(options);
  browser ??= launchBrowser();
  const context = await (
    await browser
  ).newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...contextOptions,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (entry) => {
    if (entry.type() === 'error' || entry.type() === 'warning') complaints.push(entry.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(studio.url + hash);
  return {
    page,
    studio,
    complaints,
    async close() {
      await context.close();
      await studio.close();
    },
  };
}

/** The serious and critical findings of axe on what the page shows now, as "rule: element". */
export async function findAxeViolations(page: Page): Promise<string[]> {
  // A change of theme fades; what is measured half way is neither the one nor the other.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished),
    ),
  );
  await page.waitForTimeout(200);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}
