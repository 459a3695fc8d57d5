import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { buildIfStale } from '../build-freshness.ts';
import { copyGalleryLibrary } from '../proof/gallery-library.ts';
import { measurePage } from '../proof/gallery-measures.ts';
import { GalleryPage } from '../proof/gallery-page.ts';
import { launchBrowser } from '../proof/launch-browser.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const full = { assets: 100_000, picturesPerFormat: 24, starts: 3, steps: 40, keys: 60, frames: 300 };
const small = { assets: 500, picturesPerFormat: 2, starts: 1, steps: 2, keys: 2, frames: 10 };

/**
 * A library in front of a person: from starting the headless host to keys, filters and scrolling in Debian's Chromium, which draws without
 * a graphics card. Every time runs from the input event in the page (or the start of the process) to the frame that shows the effect:
 * `startMs` until the host says its address, `firstGridMs` from going to Review until all pictures in sight are drawn, `filterP95Ms` and
 * `searchP95Ms` until the new list stands in the grid, `keyToNextP95Ms` until the next large picture is drawn, half of the keys with a verdict.
 * `scrollFrameP95Ms` is the time between frames, to a tenth, of which a display with 60 Hz has 16.7.
 */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const size = options.small ? small : full;
  const progress = (text: string) => options.progress(text);
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-gallery-'));
  for (const part of ['renderer', 'host'] as const) buildIfStale(part);
  await copyGalleryLibrary(folder, size, progress);
  const browser = await launchBrowser();
  const loadBefore = loadavg()[0] ?? 0;
  try {
    const starts: Start[] = [];
    for (let start = 1; start < size.starts; start += 1) {
      const opened = await openReview(folder, browser);
      starts.push(opened);
      await opened.close();
    }
    const opened = await openReview(folder, browser);
    starts.push(opened);
    progress(JSON.stringify(starts.map(({ startMs, firstGridMs }) => ({ startMs, firstGridMs }))));
    try {
      return {
        assets: size.assets,
        startMs: median(starts.map(({ startMs }) => startMs)),
        firstGridMs: median(starts.map(({ firstGridMs }) => firstGridMs)),
        ...(await measurePage(opened.page, size, progress)),
        distinctPictures: size.picturesPerFormat * 5,
        load: [loadBefore, loadavg()[0] ?? 0],
      };
    } finally {
      await opened.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Start = {
  readonly startMs: number;
  readonly firstGridMs: number;
  readonly page: GalleryPage;
  close(): Promise<void>;
};

async function openReview(folder: string, browser: Browser): Promise<Start> {
  const host = await startHost(folder);
  const page = await GalleryPage.open(browser, host.url);
  const [firstGridMs] = await page.timed(['tiles'], () =>
    page.page.getByRole('link', { name: 'Review', exact: true }).click(),
  );
  return {
    startMs: host.startMs,
    firstGridMs,
    page,
    async close() {
      await page.close();
      await host.close();
    },
  };
}

async function startHost(
  folder: string,
): Promise<{ readonly url: string; readonly startMs: number; close(): Promise<void> }> {
  const beganAtMs = performance.now();
  const host = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'dist/host/server.js'), '--library', folder, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = new Promise<void>((resolve) => host.once('exit', () => resolve()));
  const url = await readLine(host);
  return {
    url,
    startMs: performance.now() - beganAtMs,
    async close() {
      host.kill('SIGTERM');
      await exited;
    },
  };
}

async function readLine(host: ChildProcess): Promise<string> {
  if (host.stdout === null) throw new Error('the host has no output');
  for await (const line of createInterface({ input: host.stdout })) return line;
  throw new Error('the host ended before it said its address');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
