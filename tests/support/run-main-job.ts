import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface MainJob {
  readonly page: Page;
  /** Longest wait for a stage, in milliseconds. */
  readonly patienceMs: number;
  /** Formats that stay pressed; the others are released. */
  readonly formats: readonly string[];
}

/** Fails on anything that axe calls serious or critical on the screen as it stands. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${screen}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
}

/** Collects what a page must not do: uncaught errors, console errors, requests to another host. */
export function watchForTrouble(context: BrowserContext, origin: string): readonly string[] {
  const trouble: string[] = [];
  context.on('weberror', (error) => trouble.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const url = request.url();
    const own = ['data:', 'blob:', origin, origin.replace('http', 'ws')].some((prefix) => url.startsWith(prefix));
    if (!own) trouble.push(`request to ${url}`);
  });
  return trouble;
}

/** From the open library to chosen concepts. Returns how many concepts the model wrote. */
async function ideate({ page, patienceMs }: MainJob): Promise<number> {
  await page.getByRole('heading', { name: 'First bottle, spring', level: 3 }).click();
  await page.getByRole('heading', { name: 'Ideate', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Ideate Ctrl Enter' }).first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'More concepts' }).waitFor({ timeout: patienceMs });
  const choose = page.getByRole('button', { name: 'Choose', exact: true });
  const written = await choose.count();
  for (const chosen of [1, 2]) {
    await choose.first().click();
    // The button of a chosen concept has another name; before it has, a second click would take the choice back.
    await expect.poll(() => choose.count(), { timeout: 10_000 }).toBe(written - chosen);
  }
  return written;
}

/** Plans the chosen concepts in the wanted formats and waits until all of so many pictures are made. */
async function produce({ page, patienceMs, formats }: MainJob, count: number): Promise<void> {
  await page.getByRole('button', { name: /^Produce \d+ images/ }).click();
  await page.getByRole('heading', { name: 'Produce', level: 1 }).waitFor();
  const group = page.getByRole('region', { name: 'Formats' });
  await group.getByRole('button', { name: /^Square post/ }).waitFor();
  for (const button of await group.getByRole('button').all()) {
    const name = (await button.innerText()).split('\n')[0] ?? '';
    const pressed = (await button.getAttribute('aria-pressed')) === 'true';
    if (pressed !== formats.includes(name)) await button.click();
  }
  await page.getByRole('button', { name: new RegExp(`^Produce ${count} image`) }).waitFor();
  await page.keyboard.press('Control+Enter');
  // A picture that fails its checks is made again, which raises both numbers: at most three tries of each.
  const ends = Array.from({ length: 2 * count + 1 }, (_, more) => `${count + more} of ${count + more}`);
  await page
    .getByText(new RegExp(`\\b(${ends.join('|')})\\b`))
    .first()
    .waitFor({ timeout: patienceMs });
}

/** Decides with the keyboard alone: approve, undo, approve again, stars and a flag. */
async function review({ page }: MainJob): Promise<void> {
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await page.getByRole('heading', { name: 'Review', level: 1 }).waitFor();
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Approved 1' }).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'Approved 0' }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Approved 1' }).waitFor();
  await page.keyboard.press('4');
  await page.keyboard.press('p');
  // The rail's link was used to come here; Space must mean the picture and not that link.
  await page.keyboard.press(' ');
  await page.getByText('Decisions go to this image only').first().waitFor();
  await page.keyboard.press('Escape');
}

/** Writes the approved set through the export dialog. */
async function exportApproved({ page, patienceMs }: MainJob): Promise<void> {
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('button', { name: 'Export 1 image' }).click();
  await page.getByRole('dialog', { name: 'Exported' }).waitFor({ timeout: patienceMs });
  await page.keyboard.press('Escape');
}

export const mainJob = { ideate, produce, review, exportApproved };
