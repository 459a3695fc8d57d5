import { afterEach, expect, it } from 'vitest';
import { describeWithBrowser } from '../../../support/needs.ts';
import { findAxeViolations, openStubPage } from '../../../support/open-stub-page.ts';
import type { StubPage } from '../../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('formats of a plan', () => {
  it('adds one in millimetres, chosen at once, and takes it out of the list again', async () => {
    stub = await openStubPage('#/library');
    const { page, complaints } = stub;
    await page.getByRole('link', { name: /Spring launch Lumen Oat/ }).click();
    await page.getByRole('article', { name: 'Foam that waits for you' }).click();
    await page.keyboard.press('Shift+Enter');
    const formats = page.getByRole('region', { name: 'Formats' });
    await formats
      .getByRole('group', { name: /Display advertising/ })
      .getByRole('button', { name: /Billboard/ })
      .waitFor();
    await formats.getByRole('button', { name: 'New format' }).click();
    const pane = page.getByRole('dialog', { name: 'New format' });
    await pane.getByLabel('Name').fill('Roll-up');
    await pane.getByLabel('Unit').selectOption('mm');
    await pane.getByLabel('Width').fill('85');
    await pane.getByLabel('Height').fill('2000');
    await pane.getByRole('alert').waitFor();
    await pane.getByLabel('Height').fill('200');
    await pane.getByText('1004 × 2362 pixels').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    const own = formats.getByRole('group', { name: 'Of this library' });
    await own.getByRole('button', { name: /^Roll-up/, pressed: true }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await own.getByRole('button', { name: 'Remove Roll-up from the list' }).click();
    await own.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
