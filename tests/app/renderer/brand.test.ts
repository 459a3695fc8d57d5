import { afterEach, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import { describeWithBrowser } from '../../support/needs.ts';
import type { StubPage } from '../../support/open-stub-page.ts';
import { readExampleFile } from '../../support/stub-studio/stub-content.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('BrandScreen', () => {
  it('shows the kit in its own fonts and logos under the content security policy', async () => {
    stub = await openStubPage('#/brand', {}, { colorScheme: 'light' });
    const { page, complaints } = stub;
    await page.getByRole('img', { name: 'Sample picture in this kit' }).waitFor();
    const specimen = page.getByText('Foam that waits for you', { exact: true });
    await expect
      .poll(() => specimen.evaluate((element) => getComputedStyle(element).fontFamily))
      .toMatch(/kit-[0-9a-f]{16}/);
    const logo = page.getByRole('img', { name: 'Word mark, night ink' });
    await logo.scrollIntoViewIfNeeded();
    await expect.poll(() => logo.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('changes the sample as the kit is edited, saves a new version and keeps the old ones', async () => {
    stub = await openStubPage('#/brand');
    const { page, studio } = stub;
    const sample = page.getByRole('img', { name: 'Sample picture in this kit' });
    const before = await sample.getAttribute('src');
    await page.getByLabel('Hex value of Delivery blue').fill('AA0000');
    await page.keyboard.press('Enter');
    await expect.poll(() => sample.getAttribute('src')).not.toBe(before);
    await page.getByText('Edited', { exact: true }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: /Version 4/ }).waitFor();
    expect(studio.library.versions.map(({ number, kit }) => [number, kit.palette[1]?.hex])).toEqual([
      [1, '#2352d1'],
      [2, '#2352d1'],
      [3, '#2352d1'],
      [4, '#aa0000'],
    ]);
    expect(await page.getByRole('button', { name: /Save as version 5/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /Version 1/ }).click();
    await page.getByText(/You look at version 1/).waitFor();
  });

  it('sets every limit, chooses LoRAs with their weight, and lists templates, and the version that is saved holds them', async () => {
    stub = await openStubPage('#/brand');
    const { page, studio } = stub;
    for (const [label, key] of [
      ['Foreign colours, at most', 'ArrowLeft'],
      ['Reading level, at most', 'ArrowRight'],
      ['Distance to the style, at most', 'ArrowRight'],
      ['Distance to other pictures, at least', 'ArrowRight'],
      ['Enlargement, at most', 'ArrowLeft'],
      ['A picture is made', 'End'],
    ] as const) {
      await page.getByRole('slider', { name: label }).focus();
      await page.keyboard.press(key);
    }
    await page.getByLabel('Add a LoRA').selectOption('loras/oat-grain');
    await page.getByRole('slider', { name: 'loras/oat-grain' }).focus();
    await page.keyboard.press('ArrowRight');
    const also = page.getByRole('group', { name: 'Also offered' });
    await also.getByRole('button', { name: 'Card' }).click();
    await also.getByRole('button', { name: 'Framed' }).click();
    await also.getByRole('button', { name: 'Card' }).click();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: /Version 4/ }).waitFor();
    const kit = studio.library.versions[3]?.kit;
    if (!kit) throw new Error('no version');
    expect(kit.templates).toEqual(['framed']);
    expect(kit.style.loras).toEqual([{ name: 'loras/oat-grain', hash: '', weight: 0.85 }]);
    expect(kit.thresholds).toMatchObject({
      offPalette: 0.11,
      readingLevel: 61,
      styleDistance: 0.32,
      sameness: 0.03,
      enlargement: 7.5,
      tries: 6,
    });
    await page.getByRole('button', { name: 'Remove loras/oat-grain' }).click();
    await page.getByText('Edited', { exact: true }).waitFor();
  });

  it('says that a LoRA of the kit is not installed on this machine', async () => {
    stub = await openStubPage('#/brand');
    const { page, studio } = stub;
    const version = studio.library.versions[2];
    if (!version) throw new Error('no version');
    Object.assign(version.kit.style, { loras: [{ name: 'loras/gone', hash: '', weight: 1 }] });
    await page.reload();
    await page.getByText('Not installed on this machine.').waitFor();
  });

  it('says how many fields to mend and does not save meanwhile', async () => {
    stub = await openStubPage('#/brand');
    const { page } = stub;
    await page.getByLabel('Name', { exact: true }).first().fill('');
    await page.getByText('1 field to mend before it can be saved').waitFor();
    expect(await page.getByRole('button', { name: /Save as version/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('1 field to mend before it can be saved').waitFor({ state: 'detached' });
  });

  it('keeps an edit as a draft, shows what differs, and finds it again after a reload', async () => {
    stub = await openStubPage('#/brand');
    const { page } = stub;
    await page.getByLabel('Hex value of Delivery blue').fill('AA0000');
    await page.keyboard.press('Enter');
    await page.getByText('Edited', { exact: true }).waitFor();
    await page.keyboard.press('d');
    const difference = page.getByRole('dialog', { name: 'What differs between versions' });
    await difference.getByText('1 difference').waitFor();
    await difference.getByText('#aa0000').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(1000);
    await page.reload();
    await page.getByText('Edited', { exact: true }).waitFor();
    await expect.poll(() => page.getByLabel('Hex value of Delivery blue').inputValue()).toBe('#aa0000');
  });

  it('keeps a discarded edit discarded although its draft was on the way to the library', async () => {
    stub = await openStubPage('#/brand');
    const { page, studio } = stub;
    const { promise, resolve: land } = Promise.withResolvers<void>();
    studio.library.draftsMayLand = promise;
    const blue = page.getByLabel('Hex value of Delivery blue');
    await blue.fill('AA0000');
    await page.keyboard.press('Enter');
    const edited = page.getByText('Edited', { exact: true });
    await edited.waitFor();
    await page.waitForTimeout(1000);
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await edited.waitFor({ state: 'detached' });
    land();
    await page.waitForTimeout(1000);
    expect([await edited.count(), await blue.inputValue()]).toEqual([0, '#2352d1']);
    await page.reload();
    await blue.waitFor();
    await page.waitForTimeout(500);
    expect([await edited.count(), await blue.inputValue()]).toEqual([0, '#2352d1']);
  });

  it('reads swatches and a drawing that is refused, and takes only what is confirmed into the draft', async () => {
    stub = await openStubPage('#/brand');
    const { page } = stub;
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Import a brand' });
    await dialog.getByLabel('Choose files').setInputFiles([
      { name: 'more.gpl', mimeType: 'text/plain', buffer: Buffer.from('GIMP Palette\n1 90 60 Moss\n9 9 9 Coal\n') },
      {
        name: 'bad.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      },
    ]);
    await dialog.getByRole('button', { name: 'Read the files' }).click();
    const confirm = page.getByRole('dialog', { name: 'Confirm what was read' });
    await confirm
      .getByRole('alert')
      .getByText(/bad.svg: .*script/)
      .waitFor();
    expect(await confirm.getByRole('button', { name: /Add 0 to the draft/ }).isDisabled()).toBe(true);
    await confirm.getByLabel(/Moss/).check();
    expect(await findAxeViolations(page)).toEqual([]);
    await confirm.getByRole('button', { name: 'Add 1 to the draft of Lumen Oat' }).click();
    await confirm.waitFor({ state: 'detached' });
    await page.getByLabel('Hex value of Moss').waitFor();
    await expect.poll(() => page.getByLabel('Hex value of Coal').count()).toBe(0);
  });

  it('shows the colours of a theme apart and says which were clipped, so that ticking all takes one palette', async () => {
    stub = await openStubPage('#/brand');
    const { page } = stub;
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const sheet = ':root{--leaf:color(display-p3 0 1 0);--paper:#fff8ee} .dark{--paper:#101418} ';
    await page
      .getByLabel('Choose files')
      .setInputFiles([{ name: 'theme.css', mimeType: 'text/css', buffer: Buffer.from(sheet) }]);
    await page.getByRole('button', { name: 'Read the files' }).click();
    const confirm = page.getByRole('dialog', { name: 'Confirm what was read' });
    await confirm.getByText('leaf #00ff00 clipped to sRGB').waitFor();
    const usual = confirm.getByRole('region', { name: 'Colours', exact: true });
    const dark = confirm.getByRole('region', { name: 'Colours of the theme “dark”' });
    await usual.getByRole('button', { name: 'Tick all' }).click();
    await expect.poll(() => usual.getByRole('checkbox', { checked: true }).count()).toBe(2);
    await expect.poll(() => dark.getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('imports a kit with its files and refuses one that cannot be used with its field', async () => {
    stub = await openStubPage('#/brand');
    const { page, studio } = stub;
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Import a brand' });
    const input = dialog.getByLabel('Choose files');
    const kit = readExampleFile('brand.json').toString();
    await input.setInputFiles({
      name: 'brand.json',
      mimeType: 'application/json',
      buffer: Buffer.from(kit.replace('"#2352d1"', '"blueish"')),
    });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByRole('alert').getByText('The brand kit cannot be used: palette.1.hex').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await input.setInputFiles([
      { name: 'brand.json', mimeType: 'application/json', buffer: Buffer.from(kit) },
      { name: 'logo-dark.svg', mimeType: 'image/svg+xml', buffer: readExampleFile('logo-dark.svg') },
    ]);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(studio.library.versions.length).toBe(4);
  });
});
