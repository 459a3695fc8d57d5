import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../../../support/open-stub-page.ts';
import type { StubPage } from '../../../../support/open-stub-page.ts';
import { addImported } from '../../../../support/stub-studio/add-imported.ts';

let opened: StubPage;
beforeEach(async () => {
  opened = await openStubPage('#/review', { assetCount: 8 });
});
afterEach(() => opened.close());

/** Drops files as a hand would, over what holds the grid. */
async function drop(selector: string, names: readonly string[]) {
  const transfer = await opened.page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const name of given) data.items.add(new File([`bytes of ${name}`], name));
    return data;
  }, names);
  const target = opened.page.locator(selector).first();
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await opened.page.getByText('to import them').waitFor();
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}

const tile = (name: string) => opened.page.getByRole('gridcell', { name });

describe("files of one's own in Review", () => {
  it('are dropped onto the grid, come in as a run, and stand in the grid by their names', async () => {
    const { page, studio } = opened;
    await page.getByRole('grid').waitFor();
    await drop('[data-review-grid]', ['Bottle.jpg', 'notes.md', 'layers.psd']);
    await page.getByText('Importing 3 files').waitFor();
    await expect
      .poll(() => [...studio.library.assets.values()].filter(({ origin }) => origin === 'imported').length)
      .toBe(2);
    await page.getByRole('button', { name: 'Activity' }).click();
    await page.getByText('File import').last().waitFor();
    await page.getByText('Bottle.jpg').first().click();
    await page.getByText('2 files added').waitFor();
    await page.getByText('it is neither a picture nor a sound').waitFor();
    await page.getByRole('link', { name: 'Review the files' }).click();
    await tile('Bottle.jpg').waitFor();
    await tile('notes.md').waitFor();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(2);
    expect(opened.complaints).toEqual([]);
  });

  it('come in without the one that did not get through, which is named', async () => {
    const { page } = opened;
    await page.route('**/uploads', (route) => route.abort(), { times: 1 });
    await page
      .locator('[data-import-files]')
      .setInputFiles(
        ['Lost.png', 'Kept.png'].map((name) => ({ name, mimeType: 'image/png', buffer: Buffer.from(name) })),
      );
    await page.getByText('Importing 1 file').waitFor();
    await page.getByText(/1 stays out\. Lost\.png: /).waitFor();
  });

  it('are chosen with the button, of Library too', async () => {
    const { page, studio } = opened;
    await page
      .locator('[data-import-files]')
      .setInputFiles({ name: 'One.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    await page.getByText('Importing 1 file').waitFor();
    await page.goto(`${studio.url}#/library`);
    await page
      .locator('[data-import-files]')
      .setInputFiles({ name: 'Two.png', mimeType: 'image/png', buffer: Buffer.from('y') });
    await expect
      .poll(() => [...studio.library.assets.values()].filter(({ origin }) => origin === 'imported').length)
      .toBe(2);
  });

  it('show where they came from, play, can be read, and cannot be made again', async () => {
    const { page, studio } = opened;
    addImported(studio.library, {
      name: 'notes.md',
      medium: 'document',
      mediaType: 'text/markdown',
      excerpt: 'The bottle stands left.',
    });
    addImported(studio.library, { name: 'jingle.wav', medium: 'audio', mediaType: 'audio/wav', durationMs: 2000 });
    addImported(studio.library, { name: 'Bottle.jpg', medium: 'picture', mediaType: 'image/jpeg' });
    await page.reload();
    await tile('Bottle.jpg').click();
    await page.getByText('Import source').waitFor();
    await page.getByText('image/jpeg').waitFor();
    const redo = page.getByRole('button', { name: 'Redo', exact: true });
    await expect.poll(() => redo.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('d');
    await page.getByText('An imported file has no recipe, so it cannot be made again').first().waitFor();
    await page.keyboard.press('a');
    await expect
      .poll(() => [...studio.library.assets.values()].find(({ headline }) => headline === 'Bottle.jpg')?.status)
      .toBe('approved');
    await page.keyboard.press('v');
    await page.getByText('Variations need a picture that was made here').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const player = page.getByLabel('Play jingle.wav');
    await player.waitFor();
    await expect.poll(() => player.evaluate((audio) => Math.round((audio as HTMLAudioElement).duration))).toBe(2);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('article').getByText('The bottle stands left.').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  it('become the source of a plan', async () => {
    const { page, studio } = opened;
    addImported(studio.library, { name: 'Bottle.jpg', medium: 'picture', mediaType: 'image/jpeg' });
    await page.reload();
    await tile('Bottle.jpg').click();
    await page.getByRole('button', { name: 'Use as source of a plan' }).click();
    await page.getByText('Starts from a picture').waitFor();
    await page.getByRole('button', { name: 'Choose all' }).click();
    const known = new Set(studio.library.plans.keys());
    await page.getByRole('button', { name: /^Produce \d+/ }).click();
    await expect.poll(() => studio.library.plans.size).toBe(known.size + 1);
    const plan = [...studio.library.plans.values()].find(({ id }) => !known.has(id));
    const picture = [...studio.library.assets.values()].find(({ headline }) => headline === 'Bottle.jpg');
    expect(plan?.source).toEqual({ hash: picture?.hash, strength: 0.6, mask: null });
  });

  it('are narrowed to by origin and kind', async () => {
    const { page, studio } = opened;
    addImported(studio.library, { name: 'jingle.wav', medium: 'audio', mediaType: 'audio/wav', durationMs: 2000 });
    await page.reload();
    await tile('jingle.wav').waitFor();
    await page.getByRole('button', { name: 'Source', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Sounds' }).click();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(1);
    await page.getByRole('button', { name: 'Sounds', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Made here' }).click();
    await page.getByText('Nothing matches').waitFor();
  });
});
