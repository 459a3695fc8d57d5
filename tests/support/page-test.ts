import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page wrote to its console as an error, and what it threw. */
  readonly problems: string[];
}

/** Opens an address in a window of its own and listens for trouble. Sizes in CSS pixels. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1280, height = 800, theme = 'dark' }: { width?: number; height?: number; theme?: 'dark' | 'light' } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (entry) => {
    if (entry.type() === 'error') problems.push(entry.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  return { page, context, problems };
}
