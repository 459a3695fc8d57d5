import { afterEach, expect, it } from 'vitest';
import { describeWithBrowser } from '../../support/needs.ts';
import { openStubPage } from '../../support/open-stub-page.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('a double click', () => {
  it('on Create brief makes one brief', async () => {
    stub = await openStubPage('#/library');
    const { page, studio } = stub;
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    const before = studio.library.briefs.size;
    await page.keyboard.press('n');
    const pane = page.getByRole('dialog', { name: 'New brief' });
    for (const field of await pane.getByRole('textbox').all()) await field.fill('one line');
    await pane.getByRole('button', { name: 'Create brief' }).dblclick();
    await page.getByRole('heading', { name: 'Ideate', level: 1 }).waitFor();
    await page.waitForTimeout(300);
    expect(studio.library.briefs.size).toBe(before + 1);
  });

  it('on Export begins one export, which is neither stopped nor closed by the second click, and is told when the pane is gone', async () => {
    stub = await openStubPage('#/review', { paceMs: 150 });
    const { page, studio } = stub;
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('e');
    const pane = page.getByRole('dialog');
    await pane.getByLabel('What to export').selectOption('shown');
    await pane.getByRole('button', { name: /^Export \d+/ }).dblclick();
    await pane.getByRole('progressbar').waitFor();
    await page.waitForTimeout(300);
    await expect.poll(() => pane.getByRole('progressbar').count()).toBe(1);
    // Whoever closes the pane hears of the end all the same.
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    await page.getByText(/^Exported to /).waitFor();
    expect(studio.library.deliveries).toHaveLength(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
  });
});
