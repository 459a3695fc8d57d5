import { afterEach, expect, it } from 'vitest';
import { describeWithBrowser } from '../../../../support/needs.ts';
import { findAxeViolations, openStubPage } from '../../../../support/open-stub-page.ts';
import type { StubPage } from '../../../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

const german = ['Der Schaum wartet', 'Hafer aus dem Baltikum, im Glas.', 'Flasche probieren'] as const;

describeWithBrowser('the words of a plan', () => {
  it('are written by language, survive a closed pane, and are set over the art that is there', async () => {
    stub = await openStubPage('#/produce');
    const { page, complaints, studio } = stub;
    const [plan] = studio.library.plans.values();
    if (plan) studio.library.plans.set(plan.id, { ...plan, locales: ['en', 'de'] });
    await page.reload();
    await page.getByRole('button', { name: 'Words' }).click();
    const pane = page.getByRole('dialog', { name: 'Words' });
    const first = pane.getByRole('listitem').first();
    await pane.getByLabel('Language').selectOption('de');
    await first.getByLabel('Headline').fill(german[0]);
    await first.getByText('belong together').waitFor();
    await expect
      .poll(() => pane.getByRole('button', { name: 'Save 1 change' }).getAttribute('aria-disabled'))
      .toBe('true');
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });

    await page.keyboard.press('e');
    await pane.getByLabel('Language').selectOption('de');
    await expect.poll(() => first.getByLabel('Headline').inputValue()).toBe(german[0]);
    await first.getByLabel('Body').fill(german[1]);
    await first.getByLabel('Call to action').fill(german[2]);
    expect(await findAxeViolations(page)).toEqual([]);
    await pane.getByRole('button', { name: 'Save 1 change' }).click();
    await pane.getByRole('button', { name: 'Save 0 changes' }).waitFor();
    await pane
      .getByLabel('Language')
      .locator('option:checked')
      .getByText('1 of 4 written')
      .waitFor({ state: 'attached' });
    expect([...studio.library.copies.values()]).toMatchObject([
      { locale: 'de', formatId: null, words: { headline: german[0] } },
    ]);
    expect(complaints).toEqual([]);
  });

  it('go out as a table and come in again, and a wrong table says what is wrong with it', async () => {
    stub = await openStubPage('#/produce');
    const { page } = stub;
    await page.getByRole('button', { name: 'Words' }).click();
    const pane = page.getByRole('dialog', { name: 'Words' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      pane.getByRole('button', { name: 'Export a table' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('plan-words.csv');
    const take = (text: string) =>
      pane
        .getByLabel('Import a table')
        .setInputFiles({ name: 'words.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await take('Name,Age\nAda,36');
    await pane.getByText('Nothing was taken in').waitFor();
    await pane.getByText('row 1 has no column "Concept id"').waitFor();
    await take('Concept id,Language');
    await page.getByText('3 texts taken in, 1 were there already, 2 are still empty.').waitFor();
  });
});
