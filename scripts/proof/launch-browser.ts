import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findBrowser } from '../find-browser.ts';

/** This machine's Chromium, without a display and without a word to any other host. @throws when there is none, with where it was sought */
export async function launchBrowser(): Promise<Browser> {
  const browser = findBrowser();
  if (browser.kind === 'absent') throw new Error(browser.reason);
  return chromium.launch({
    executablePath: browser.file,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
