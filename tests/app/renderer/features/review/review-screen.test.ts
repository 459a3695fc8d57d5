import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assetIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { launchBrowser } from '../../../../support/browser.ts';
import { describeWithBrowser } from '../../../../support/needs.ts';
import { openPage } from '../../../../support/page-test.ts';
import { expectAccessible } from '../../../../support/run-main-job.ts';
import { startStubStudio } from '../../../../support/stub-studio.ts';
import type { StubStudio } from '../../../../support/stub-studio.ts';

let browser: Browser;
let studio: StubStudio;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openReview(assetCount = 48) {
  studio = await startStubStudio({ assetCount });
  const opened = await openPage(browser, `${studio.url}#/review`);
  await opened.page.locator('[data-asset]').first().waitFor();
  const close = async () => {
    await opened.context.close();
    await studio.close();
  };
  return { ...opened, close };
}

/** What the studio holds of the asset at a place of the list that newest-first and unreviewed give. */
function unreviewed(index: number) {
  const assets = studio.library.filterAssets({
    briefId: null,
    planId: null,
    batchId: null,
    statuses: [],
    origins: [],
    media: [],
    flags: [],
    minStars: 0,
    formatIds: [],
    compliance: 'any',
    failedCheck: null,
    judgedAgainst: null,
    text: '',
  });
  return assets.filter(({ id }) => opening.includes(id))[index];
}
let opening: string[] = [];
function rememberOpening() {
  opening = studio.library
    .filterAssets({
      briefId: null,
      planId: null,
      batchId: null,
      statuses: ['unreviewed'],
      origins: [],
      media: [],
      flags: [],
      minStars: 0,
      formatIds: [],
      compliance: 'any',
      failedCheck: null,
      judgedAgainst: null,
      text: '',
    })
    .map(({ id }) => id);
}
const settle = (page: Page) => page.waitForTimeout(150);
const selectedCount = (page: Page) => page.locator('[role=gridcell][aria-selected=true]').count();

/** Width over height of a picture of the stub. */
function shapeOf(id: string): number {
  const asset = studio.library.assets.get(assetIdSchema.parse(id));
  return asset ? asset.width / asset.height : 0;
}

describeWithBrowser('the review screen', () => {
  test('opens on what is unreviewed and decides by keys, with undo and redo', async () => {
    const { page, problems, close } = await openReview();
    rememberOpening();
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-label')).toBe(`${opening.length} images`);
    await page.keyboard.press('a');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('p');
    await page.keyboard.press('4');
    await expect
      .poll(() => [unreviewed(0)?.status, unreviewed(1)?.flag, unreviewed(1)?.stars])
      .toEqual(['approved', 'pick', 4]);
    expect(await page.getByRole('grid').getAttribute('aria-label'), 'a decided image keeps its place').toBe(
      `${opening.length} images`,
    );
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => [unreviewed(1)?.flag === 'pick', unreviewed(1)?.stars === 4]).toEqual([false, false]);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => unreviewed(1)?.flag).toBe('pick');
    await page.keyboard.press('l');
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-label')).toBe(`${opening.length - 1} images`);
    expect(problems).toEqual([]);
    await close();
  });

  test('Shift decides and advances; the grid decides for the selection, the loupe for one', async () => {
    const { page, close } = await openReview();
    rememberOpening();
    await page.keyboard.press('Shift+3');
    await page.keyboard.press('Shift+r');
    await expect.poll(() => [unreviewed(0)?.stars, unreviewed(1)?.status]).toEqual([3, 'rejected']);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await selectedCount(page)).toBe(3);
    await page.keyboard.press('d');
    await expect.poll(() => [2, 3, 4].map((index) => unreviewed(index)?.status)).toEqual(['redo', 'redo', 'redo']);
    await page.keyboard.press('Space');
    await page.locator('[data-picture]').first().waitFor();
    await page.keyboard.press('a');
    await expect.poll(() => [2, 3, 4].map((index) => unreviewed(index)?.status)).toEqual(['redo', 'redo', 'approved']);
    await page.keyboard.press('Escape');
    expect(await selectedCount(page)).toBe(3);
    await close();
  });

  test('selects by click, Ctrl-click, Shift-click and Ctrl-A', async () => {
    const { page, close } = await openReview();
    const tile = (index: number) => page.locator(`[data-index="${index}"]`);
    await tile(1).click();
    await tile(3).click({ modifiers: ['Control'] });
    expect(await selectedCount(page)).toBe(2);
    await tile(5).click({ modifiers: ['Shift'] });
    expect(await selectedCount(page)).toBe(3);
    await page.keyboard.press('Control+a');
    await expect.poll(() => page.getByRole('status').first().textContent()).toContain('24');
    await close();
  });

  test('compares, zooms and surveys', async () => {
    const { page, problems, close } = await openReview();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('c');
    await page.getByRole('region', { name: 'Candidate' }).waitFor();
    await page.getByText('Recipe: what differs').waitFor();
    expect(await page.getByText('Seed', { exact: true }).count(), 'the seed differs').toBe(1);
    expect(await page.getByText('Scheduler', { exact: true }).count(), 'the scheduler is the same').toBe(0);
    await page.keyboard.press('z');
    await expect.poll(() => page.getByText('100 %', { exact: true }).count()).toBe(2);
    await page.keyboard.press('m');
    await page.getByRole('slider', { name: 'Border between select and candidate' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect.poll(() => page.locator('[data-survey]').count()).toBe(3);
    await page.getByRole('button', { name: 'Take out of the survey' }).first().click();
    await expect.poll(() => page.locator('[data-survey]').count()).toBe(2);
    expect(problems).toEqual([]);
    await close();
  });

  test('bins with undo and lands on the next image', async () => {
    const { page, close } = await openReview();
    rememberOpening();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    await expect.poll(() => studio.library.binned.size).toBe(1);
    await expect.poll(() => page.locator('[aria-selected=true]').getAttribute('data-asset')).toBe(opening[2]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => studio.library.binned.size).toBe(0);
    await expect.poll(() => page.locator('[data-index="1"]').getAttribute('data-asset')).toBe(opening[1]);
    await close();
  });

  test('draws the region of a check over the picture', async () => {
    const { page, close } = await openReview();
    await page.keyboard.press('Space');
    await page.getByRole('group', { name: /^Contrast: / }).hover();
    await page.locator('[data-region]').first().waitFor();
    await page.mouse.move(0, 0);
    await expect.poll(() => page.locator('[data-region]').count()).toBe(0);
    await close();
  });

  test('exports what is approved and names the folder', async () => {
    const { page, close } = await openReview();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Folder name').fill('First round');
    await dialog.getByRole('button', { name: /^Export \d+ images$/ }).click();
    await dialog.getByText('first-round').waitFor();
    await close();
  });

  test('makes variations of the picture under the cursor and leads to them', async () => {
    const { page, close, problems } = await openReview();
    rememberOpening();
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog', { name: 'Variations' });
    await dialog.getByRole('button', { name: 'Make 4 pictures' }).waitFor();
    await expectAccessible(page, 'Variations');
    await dialog.getByLabel('Pictures for each format').fill('0');
    await dialog.getByText('Give a whole number from 1 to 100.').waitFor();
    expect(await dialog.getByRole('button', { name: /^Make/ }).isDisabled()).toBe(true);
    await dialog.getByLabel('Pictures for each format').fill('3');
    const others = dialog.locator('button[aria-pressed=false]');
    await others.first().click();
    await dialog.getByRole('slider').press('Home');
    await dialog.getByText('Near: colours and light change').waitFor();
    const known = new Set(studio.library.plans.keys());
    await dialog.getByRole('button', { name: 'Make 6 pictures' }).click();
    await page.getByText('Making 6 variations').waitFor();
    const plan = [...studio.library.plans.values()].find(({ id }) => !known.has(id));
    const original = studio.library.made().find(({ id }) => id === opening[0]);
    expect(plan).toMatchObject({
      conceptIds: [original?.conceptId],
      cellCount: 6,
      source: { hash: original?.hash, strength: 0.2 },
    });
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await expect.poll(() => page.url()).toContain(`plan=${plan?.id}`);
    expect(problems).toEqual([]);
    await close();
  });

  test('says the format under a picture, and the facts of a picture above what it passes', async () => {
    const { page, close } = await openReview();
    const tile = page.getByRole('gridcell').first();
    const id = await tile.getAttribute('data-asset');
    const asset = studio.library.assets.get(assetIdSchema.parse(id));
    const caption = tile.locator('[aria-hidden] .truncate').first();
    await expect.poll(() => caption.textContent()).toMatch(/^(Square post 1:1|Portrait post 4:5|Story 9:16)$/);
    await expect.poll(() => caption.textContent()).not.toContain(asset?.headline);
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'Passed checks' }).waitFor();
    const headings = await inspector.getByRole('heading', { level: 2 }).allTextContents();
    expect(headings.slice(0, 3)).toEqual(['Compliance', 'Image', 'Passed checks']);
    await close();
  });

  test('makes variations of every picture that is selected, each in its own format', async () => {
    const { page, close, problems } = await openReview();
    await page.getByRole('gridcell').first().click();
    for (let at = 0; at < 3; at += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.getByText('Decisions go to all 4 selected images').first().waitFor();
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog', { name: 'Variations' });
    await dialog.getByText('each of the 4 selected').waitFor();
    await expect
      .poll(() => dialog.getByRole('button', { name: 'Each in its own' }).getAttribute('aria-pressed'))
      .toBe('true');
    await dialog.getByLabel('Pictures for each format').fill('2');
    const selected = await page
      .locator('[aria-selected=true][data-asset]')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-asset') ?? ''));
    const known = new Set(studio.library.plans.keys());
    await dialog.getByRole('button', { name: 'Make 8 pictures' }).click();
    await page.getByText('Making 8 variations').waitFor();
    const plans = [...studio.library.plans.values()].filter(({ id }) => !known.has(id));
    const originals = selected.map((id) => studio.library.assets.get(assetIdSchema.parse(id)));
    expect(new Set(plans.map(({ source }) => source?.hash))).toEqual(new Set(originals.map((asset) => asset?.hash)));
    for (const plan of plans)
      expect(plan.formatIds).toEqual([originals.find((asset) => asset?.hash === plan.source?.hash)?.formatId]);
    await page.getByRole('button', { name: 'Activity' }).click();
    await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('keeps the proportions of unlike pictures in the slider, and the edges of both in sight', async () => {
    const { page, close } = await openReview();
    // Neighbours of unlike formats are found by their shapes.
    const tiles = await page
      .locator('[data-asset]')
      .evaluateAll((found) =>
        found.map((tile) => ({ place: tile.getAttribute('data-place'), id: tile.getAttribute('data-asset') ?? '' })),
      );
    const first = tiles[0];
    const other = tiles.find(({ id }) => shapeOf(id) !== shapeOf(first?.id ?? ''));
    await page.locator(`[data-place="${first?.place}"]`).click();
    await page.locator(`[data-place="${other?.place}"]`).click({ modifiers: ['Control'] });
    await page.keyboard.press('c');
    await page.keyboard.press('m');
    await page.getByRole('slider', { name: 'Border between select and candidate' }).waitFor();
    await expect.poll(() => page.locator('[data-edge]').count()).toBe(2);
    const shapes = async (selector: string) =>
      (
        await page
          .locator(selector)
          .evaluateAll((boxes) =>
            boxes.map((box) => box.getBoundingClientRect().width / box.getBoundingClientRect().height),
          )
      ).toSorted((a, b) => a - b);
    const wanted = [shapeOf(first?.id ?? ''), shapeOf(other?.id ?? '')].toSorted((a, b) => a - b);
    for (const found of [await shapes('[data-picture]'), await shapes('[data-edge]')])
      for (const [index, shape] of found.entries()) expect(shape).toBeCloseTo(wanted[index] ?? 0, 2);
    await close();
  });

  test('holds a scroll bar that never moves over thousands of images', async () => {
    const { page, close } = await openReview(3000);
    const grid = page.getByRole('grid');
    const heightBefore = await grid.evaluate((element) => element.scrollHeight);
    await page.keyboard.press('End');
    await settle(page);
    await expect.poll(() => page.locator('[data-asset] img').count()).toBeGreaterThan(0);
    expect(await grid.evaluate((element) => element.scrollHeight)).toBe(heightBefore);
    expect(await page.locator('[data-asset]').count(), 'only the window is drawn').toBeLessThan(80);
    await close();
  });

  test.each(['dark', 'light'] as const)('has no serious accessibility violation in the %s theme', async (theme) => {
    studio = await startStubStudio({ assetCount: 24 });
    const { page, context } = await openPage(browser, `${studio.url}#/review`, { theme });
    await page.locator('[data-asset]').first().waitFor();
    await page.getByRole('heading', { name: 'Compliance' }).waitFor();
    await expectAccessible(page, 'Review');
    await page.keyboard.press('Space');
    await page.locator('[data-picture]').first().waitFor();
    await expectAccessible(page, 'Review');
    await page.keyboard.press('c');
    await page.getByText('Recipe: what differs').waitFor();
    await expectAccessible(page, 'Review');
    await context.close();
    await studio.close();
  });
});
