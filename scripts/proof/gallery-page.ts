import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { root } from '../project.ts';

/** What `page-probe.mjs` can wait for: another list in the grid, the pictures of all tiles in sight, another large picture. */
export type Effect = 'list' | 'tiles' | 'picture';

export type ScrollFrames = { readonly gapsMs: readonly number[]; readonly bareShare: number };

/** Review in a window of 1440 x 900, with the probe inside. Times in milliseconds. */
export class GalleryPage {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  /** Opens the address and waits until the studio's first screen stands. */
  static async open(browser: Browser, url: string): Promise<GalleryPage> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.addInitScript({ path: join(root, 'scripts/proof/page-probe.mjs') });
    await page.goto(url);
    await page.getByRole('heading', { name: 'Library', level: 1 }).waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new GalleryPage(page, session);
  }

  /** Does something and gives the time from its last input event to the frame that shows each effect. */
  async timed<const Effects extends readonly Effect[]>(
    effects: Effects,
    act: () => Promise<unknown>,
  ): Promise<{ readonly [Place in keyof Effects]: number }> {
    await this.page.evaluate(`galleryProbe.arm(${JSON.stringify(effects)})`);
    await act();
    return this.page.evaluate(`galleryProbe.settle()`);
  }

  scroll(stepPx: number, frames: number): Promise<ScrollFrames> {
    return this.page.evaluate(`galleryProbe.scroll(${stepPx}, ${frames})`);
  }

  /** Processor time of the page's main thread while something was done: other programs on the machine do not count. */
  async busyMs(work: () => Promise<unknown>): Promise<number> {
    const before = await this.#taskSeconds();
    await work();
    return ((await this.#taskSeconds()) - before) * 1000;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async #taskSeconds(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  }
}
