import { afterEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { describeWithBrowser } from '../../../../support/needs.ts';
import { openStubPage } from '../../../../support/open-stub-page.ts';
import type { StubPage } from '../../../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

async function exportAs(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('e');
  const pane = page.getByRole('dialog');
  await pane.getByLabel('Folder name').fill(name);
  await pane.getByRole('button', { name: /^Export \d+ images$/ }).click();
  await page.getByRole('dialog', { name: 'Exported' }).waitFor();
}

describeWithBrowser('an export', () => {
  it('ends with its path, and in a browser with a download', async () => {
    stub = await openStubPage('#/review');
    const { page, complaints } = stub;
    await exportAs(page, 'First round');
    const pane = page.getByRole('dialog', { name: 'Exported' });
    await pane.getByText('/library/exports/first-round').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      pane.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('first-round.zip');
    expect(await download.failure()).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('names its folder and no path to who sits elsewhere', async () => {
    stub = await openStubPage('#/review', { sharesMachine: false });
    await exportAs(stub.page, 'First round');
    await stub.page.getByRole('dialog', { name: 'Exported' }).getByText('first-round', { exact: true }).waitFor();
  });

  it('is shown in the file manager of the desktop', async () => {
    stub = await openStubPage('#/library');
    const { page } = stub;
    await page.addInitScript(() => {
      const shown: string[] = [];
      Object.assign(globalThis, { shown, ownFiles: { show: async (path: string) => shown.push(path) > 0 } });
    });
    await page.goto(`${stub.studio.url}#/review`);
    await page.reload();
    await exportAs(page, 'First round');
    await page.getByRole('button', { name: 'Open folder' }).click();
    await page.waitForFunction(() => (globalThis as unknown as { shown: string[] }).shown.length > 0);
    expect(await page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)).toEqual([
      '/library/exports/first-round',
    ]);
  });

  it('is called after the plan when it is of one plan, and after everything when it is of all', async () => {
    stub = await openStubPage('#/review');
    const { page, studio } = stub;
    const name = page.getByRole('dialog').getByLabel('Folder name');
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('e');
    await expect.poll(() => name.inputValue()).toMatch(/^All briefs \d{4}-/);
    await page.keyboard.press('Escape');
    const [plan] = studio.library.plans.values();
    if (plan) studio.library.plans.set(plan.id, { ...plan, name: 'Second wave' });
    // The address loses its plan as soon as the screen has taken it up: a reload after that shows everything.
    await page.reload();
    await page.goto(`${studio.url}#/review?plan=${plan?.id}`);
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('e');
    await expect.poll(() => name.inputValue()).toMatch(/^Second wave \d{4}-/);
  });
});
