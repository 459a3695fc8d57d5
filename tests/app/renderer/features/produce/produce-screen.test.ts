import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../../../support/browser.ts';
import { describeWithBrowser } from '../../../../support/needs.ts';
import { openPage } from '../../../../support/page-test.ts';
import { expectAccessible } from '../../../../support/run-main-job.ts';
import { startStubStudio } from '../../../../support/stub-studio.ts';
import type { StubLibrary } from '../../../../support/stub-studio/stub-library.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openProduce({ assetCount = 0, paceMs = 5 } = {}) {
  const studio = await startStubStudio({ assetCount, paceMs });
  const opened = await openPage(browser, `${studio.url}#/produce?new=1`);
  await opened.page.getByText('0 of 4 chosen').waitFor();
  const close = async () => {
    await opened.context.close();
    await studio.close();
  };
  return { ...opened, studio, close };
}

/** As a person's edit on the board does. */
function editHeadline(library: StubLibrary, from: string, to: string): void {
  const earlier = [...library.deliverables.values()].find(
    ({ content }) => content.kind === 'concept' && content.concept.headline === from,
  );
  if (earlier?.content.kind !== 'concept') throw new Error(`no concept says "${from}"`);
  const concept = { ...earlier.content.concept, headline: to };
  const edited = library.addDeliverable(earlier.briefId, { kind: 'concept', concept });
  library.deliverables.set(edited.id, { ...edited, origin: { kind: 'edit', of: earlier.id } });
}

describeWithBrowser('the production screen', () => {
  test('says what is missing, forecasts, produces, reports and leads to Review', async () => {
    const { page, studio, problems, close } = await openProduce();
    await page.getByText('Choose at least one concept.').waitFor();
    expect(await page.getByRole('button', { name: 'Produce', exact: false }).last().isDisabled()).toBe(true);
    await page.getByRole('button', { name: /Foam that waits/ }).click();
    await page.getByRole('button', { name: /Nothing to confess/ }).click();
    await page.getByLabel('Variations of each').fill('2');
    await page.getByText('2 concepts × 3 formats × 1 locale × 2 variations').waitFor();
    await page.getByText(/s an image/).waitFor();
    await page.getByRole('button', { name: /^Produce 12 images/ }).click();
    await page.getByRole('heading', { name: 'Finished' }).waitFor();
    expect(
      [...studio.library.plans.values()].map(({ conceptIds, variations }) => [conceptIds.length, variations]),
    ).toEqual([[2, 2]]);
    await page.getByText(/pass every check/).waitFor();
    await page.getByRole('button', { name: /Show why/ }).click();
    await page.getByText('The image engine crashed').waitFor();
    await page.getByRole('button', { name: 'Retry the failed' }).first().click();
    await expect.poll(() => studio.library.assets.size).toBe(12);
    await page.getByRole('link', { name: /^Review \d+ images?$/ }).click();
    await page.locator('[data-asset]').first().waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('sets a changed headline over the art that is there, for the pictures of its concept', async () => {
    const { page, studio, problems, close } = await openProduce();
    await page.getByRole('button', { name: /Foam that waits/ }).click();
    await page.getByRole('button', { name: /Nothing to confess/ }).click();
    await page.getByRole('button', { name: /^Produce 6 images/ }).click();
    await page.getByRole('heading', { name: 'Finished' }).waitFor();
    const update = page.getByRole('button', { name: /^Update the words of/ });
    await expect.poll(() => update.count()).toBe(0);
    const saying = (headline: string) =>
      [...studio.library.assets.values()].filter((asset) => asset.headline === headline).length;
    const before = studio.library.assets.size;
    const own = saying('Foam that waits for you');
    editHeadline(studio.library, 'Foam that waits for you', 'Foam at dawn');
    await page.reload();
    await page.getByText('Foam at dawn').first().waitFor();
    await page.getByRole('button', { name: `Update the words of ${own} images` }).click();
    await expect.poll(() => saying('Foam at dawn')).toBe(own);
    expect(studio.library.assets.size).toBe(before + own);
    await expect.poll(() => update.count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  test('pauses with the space bar, resumes, and stops', async () => {
    const { page, studio, close } = await openProduce({ paceMs: 300 });
    await page.getByRole('button', { name: 'Choose all' }).click();
    await page.getByText('4 of 4 chosen').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Running' }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'Running' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    expect([...studio.library.batches.values()].map(({ state }) => state)).toEqual(['stopped']);
    await page.getByRole('button', { name: /missing/ }).waitFor();
    await close();
  });

  test('makes another take of a cell, a row or a column and shows the takes', async () => {
    const { page, studio, close } = await openProduce();
    await page.getByRole('button', { name: 'Choose all' }).click();
    await page.getByText('4 of 4 chosen').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Finished' }).waitFor();
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('d');
    await page.getByRole('group', { name: 'Takes' }).getByRole('button').nth(1).waitFor();
    const sizes = () => [...studio.library.batches.values()].map(({ total }) => total);
    expect(sizes()).toEqual([12, 1]);
    await page.getByRole('button', { name: 'Another take of every Story' }).click();
    await expect.poll(sizes).toEqual([12, 1, 4]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+d');
    await expect.poll(sizes).toEqual([12, 1, 4, 3]);
    await close();
  });

  test('refuses what is no number or language tag, and says what would be right', async () => {
    const { page, close } = await openProduce();
    await page.getByLabel('Variations of each').fill('1.5');
    await page.getByText('A whole number from 1 to 1,000').waitFor();
    await page.getByLabel('Locales').fill('en, english!');
    await page.getByText('Not a language tag: english!').waitFor();
    await close();
  });

  test.each(['dark', 'light'] as const)('has no serious accessibility violation in the %s theme', async (theme) => {
    const studio = await startStubStudio({ assetCount: 24 });
    const { page, context } = await openPage(browser, `${studio.url}#/produce?new=1`, { theme });
    await page.getByText('0 of 4 chosen').waitFor();
    await expectAccessible(page, 'Produce');
    await page.goto(`${studio.url}#/produce`);
    await page.getByRole('gridcell').first().click();
    await page.getByText('Another take').first().waitFor();
    await expectAccessible(page, 'Produce');
    await context.close();
    await studio.close();
  });
});
