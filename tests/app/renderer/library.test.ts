import { afterEach, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import { describeWithBrowser } from '../../support/needs.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('LibraryScreen', () => {
  it('shows campaigns, runs and what waits, without a serious finding of axe in either theme', async () => {
    stub = await openStubPage('#/library', {}, { colorScheme: 'dark' });
    const { page, complaints } = stub;
    await page.getByRole('link', { name: /24 images to review in Spring launch/ }).waitFor();
    await page.getByText('48 of 60').waitFor();
    await page
      .getByRole('link', { name: /Spring launch Lumen Oat/ })
      .getByText('8 approved')
      .waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows what lies in the bin, puts it back, and deletes it for good only when asked twice', async () => {
    stub = await openStubPage('#/library', {}, { colorScheme: 'dark' });
    const { page, studio, complaints } = stub;
    const assets = [...studio.library.assets.values()].slice(0, 3);
    const [concept] = studio.library.deliverables.values();
    for (const { id } of [...assets, ...(concept ? [concept] : [])]) studio.library.binned.add(id);
    await page.reload();
    await page.getByRole('button', { name: 'Bin, 4 things' }).click();
    const dialog = page.getByRole('dialog', { name: 'Bin' });
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(4);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await findAxeViolations(page)).toEqual([]);

    await dialog.getByRole('listitem').last().getByRole('button').click();
    await page.getByText('1 thing put back').waitFor();
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(3);
    expect(studio.library.binned.has(String(assets[0]?.id))).toBe(false);

    await dialog.getByRole('button', { name: 'Empty the bin' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/cannot be undone/)
      .waitFor();
    // Enter keeps: the harmless answer has the focus.
    await page.keyboard.press('Enter');
    expect(studio.library.binned.size).toBe(3);
    await dialog.getByRole('button', { name: 'Empty the bin' }).click();
    await dialog.getByRole('button', { name: 'Delete 3 things for good' }).click();
    await dialog.getByText('Nothing lies in the bin.').waitFor();
    expect(studio.library.binned.size).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Bin, 0 things' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('makes a brief from five lines by keys alone', async () => {
    stub = await openStubPage('#/library');
    const { page } = stub;
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'New brief' });
    await dialog.waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog.getByText('Fill this in, one line').count()).toBe(5);
    expect(await findAxeViolations(page)).toEqual([]);
    for (const text of ['Summer: "cold"', 'Lumen Oat', 'an oat drink', 'people in heat', 'drink it cold']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Ideate' }).waitFor();
    await expect.poll(() => page.getByLabel('Brief', { exact: true }).first().inputValue()).not.toBe('');
    await expect.poll(() => page.locator('#brief-text').inputValue()).toContain('name: "Summer: \\"cold\\""');
  });

  it('imports a good brief file and refuses a bad one with its line', async () => {
    stub = await openStubPage('#/library');
    const { page } = stub;
    const input = page.locator('input[type=file]:not([data-import-files])');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await input.setInputFiles({
      name: 'bad.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('---\nname: x\nproduct\n---\n'),
    });
    await page
      .getByRole('alert')
      .getByText(/Line 3 cannot be read/)
      .waitFor();
    await input.setInputFiles({
      name: 'latin.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xe9, 0xff]),
    });
    await page.getByRole('alert').getByText(/UTF-8/).first().waitFor();
    await input.setInputFiles({
      name: 'good.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('---\nname: From a file\nproduct: p\nwhat: w\naudience: a\ngoal: g\n---\n'),
    });
    await page.getByRole('heading', { level: 1, name: 'Ideate' }).waitFor();
    await expect.poll(() => page.locator('#brief-text').inputValue()).toContain('From a file');
  });

  it('says what lives here when there is nothing yet', async () => {
    stub = await openStubPage('#/models', { assetCount: 0 });
    const { page, studio } = stub;
    await page.getByRole('button', { name: 'starter-text' }).waitFor();
    studio.library.briefs.clear();
    studio.library.deliverables.clear();
    await page.keyboard.press('Alt+1');
    await page.getByText('Every campaign begins with a brief').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Alt+2');
    await page.getByText('Ideas grow from a brief').waitFor();
  });
});
