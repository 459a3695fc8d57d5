import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assetFilterSchema } from '../../../../../electron/contract/asset.ts';
import type { MadeAsset } from '../../../../../electron/contract/asset.ts';
import { launchBrowser } from '../../../../support/browser.ts';
import { describeWithBrowser } from '../../../../support/needs.ts';
import { openPage } from '../../../../support/page-test.ts';
import { startStubStudio } from '../../../../support/stub-studio.ts';
import type { StubStudio } from '../../../../support/stub-studio.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const ASSETS = 3000;
const unreviewed = assetFilterSchema.parse({ statuses: ['unreviewed'] });

type Opened = {
  readonly page: Page;
  readonly studio: StubStudio;
  /** What Review opens on, in its order. */
  readonly opening: readonly MadeAsset[];
  readonly problems: readonly string[];
};

/** Opens Review on more pictures than a window holds names of; those of other windows take a while to come. */
async function withLongList(namesPaceMs: number, use: (opened: Opened) => Promise<void>): Promise<void> {
  const studio = await startStubStudio({ assetCount: ASSETS, namesPaceMs });
  const opening = studio.library.filterAssets(unreviewed).filter((asset) => asset.origin === 'made');
  const { page, context, problems } = await openPage(browser, `${studio.url}#/review`);
  try {
    await page.locator('[data-asset]').first().waitFor();
    await use({ page, studio, opening, problems });
  } finally {
    await context.close();
    await studio.close();
  }
}

const activeIndex = (page: Page) =>
  page.evaluate(() => {
    const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant');
    return Number(document.getElementById(id ?? '')?.dataset['index'] ?? Number.NaN);
  });
const gridName = (page: Page) => page.getByRole('grid').getAttribute('aria-label');

describeWithBrowser('a list that is longer than its first window', () => {
  test('keys pressed before the names are here are neither dropped nor hit another picture, and counts follow', async () => {
    await withLongList(1500, async ({ page, opening, problems }) => {
      const before = opening.length;
      const [approved] = [
        (await page.getByRole('button', { name: /^Approved \d+$/ }).textContent())?.match(/\d+/)?.[0],
      ];
      await page.keyboard.press('End');
      await page.keyboard.press('a');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('4');
      await expect.poll(() => activeIndex(page)).toBe(before - 2);
      expect(
        await page.locator(`[data-index="${before - 1}"]`).getAttribute('data-asset'),
        'still nameless',
      ).toBeNull();
      const box = await page.locator(`[data-index="${before - 1}"]`).boundingBox();
      await expect.poll(() => opening.at(-1)?.status, { timeout: 10_000 }).toBe('approved');
      await expect.poll(() => opening.at(-2)?.stars).toBe(4);
      expect(opening.filter(({ status }) => status !== 'unreviewed')).toEqual([opening.at(-1)]);
      await page.getByRole('button', { name: `Approved ${Number(approved) + 1}` }).waitFor();
      await page.locator(`[data-asset="${opening.at(-1)?.id}"] img`).waitFor();
      expect(
        await page.locator(`[data-asset="${opening.at(-1)?.id}"]`).boundingBox(),
        'a placeholder has its size',
      ).toEqual(box);
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await expect.poll(() => [opening.at(-1)?.status, opening.at(-2)?.stars === 4]).toEqual(['unreviewed', false]);
      expect(problems).toEqual([]);
    });
  });

  test('selects everything and ranges over windows that are not here, decides on them and takes it back', async () => {
    await withLongList(30, async ({ page, opening, problems }) => {
      const flagged = () => opening.filter(({ flag }) => flag === 'reject').length;
      const alone = flagged();
      await page.keyboard.press('Control+a');
      await expect
        .poll(() => page.getByRole('status').first().textContent())
        .toContain(opening.length.toLocaleString('en'));
      await page.keyboard.press('x');
      await expect.poll(flagged, { timeout: 10_000 }).toBe(opening.length);
      await page.keyboard.press('Control+z');
      await expect.poll(flagged, { timeout: 10_000 }).toBe(alone);
      await page.locator('[data-index="2"]').click();
      await page.keyboard.press('Shift+End');
      await page.keyboard.press('5');
      await expect
        .poll(() => opening.filter(({ stars }) => stars === 5).length, { timeout: 10_000 })
        .toBe(opening.length - 2);
      expect([0, 1].map((index) => opening[index]?.stars === 5)).toEqual([false, false]);
      expect(problems).toEqual([]);
    });
  });

  test('throws a range away and brings it back to its places', async () => {
    await withLongList(30, async ({ page, studio, opening, problems }) => {
      const name = await gridName(page);
      await page.keyboard.press('End');
      await page.keyboard.press('Shift+PageUp');
      await page.keyboard.press('Delete');
      await expect.poll(() => studio.library.binned.size, { timeout: 10_000 }).toBeGreaterThan(3);
      const binned = studio.library.binned.size;
      expect(await gridName(page)).toBe(`${(opening.length - binned).toLocaleString('en')} images`);
      expect(await activeIndex(page), 'the one before').toBe(opening.length - binned - 1);
      await page.keyboard.press('Control+z');
      await expect.poll(() => studio.library.binned.size, { timeout: 10_000 }).toBe(0);
      await expect.poll(() => gridName(page)).toBe(name);
      await expect
        .poll(() => page.locator(`[data-index="${opening.length - 1}"]`).getAttribute('data-asset'))
        .toBe(opening.at(-1)?.id);
      expect(problems).toEqual([]);
    });
  });

  test('compares and looks at pictures across the border of two windows', async () => {
    await withLongList(300, async ({ page, opening }) => {
      await page.keyboard.press('End');
      await page.keyboard.press('c');
      await page.getByRole('region', { name: 'Candidate' }).waitFor();
      await expect.poll(() => page.locator('[data-picture]').count(), { timeout: 10_000 }).toBe(2);
      await page.keyboard.press('p');
      await expect.poll(() => opening.at(-2)?.flag).toBe('pick');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Home');
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+a');
      await page.keyboard.press('Shift+r');
      await expect.poll(() => [opening[0]?.status, opening[1]?.status]).toEqual(['approved', 'rejected']);
    });
  });

  test('stands still while pictures arrive and people decide', async () => {
    await withLongList(30, async ({ page, studio, opening, problems }) => {
      const [like] = opening;
      if (like === undefined) throw new Error('no picture');
      const arriving = setInterval(() => studio.library.arrive(like), 60);
      try {
        for (const index of Array.from({ length: 30 }, (_, at) => at)) {
          await expect
            .poll(() => page.locator('[aria-selected=true]').getAttribute('data-asset'))
            .toBe(opening[index]?.id);
          await page.keyboard.press('Shift+a');
          await page.waitForTimeout(40);
        }
        await page.getByRole('button', { name: /^Update the list: \d+ new/ }).waitFor({ timeout: 10_000 });
      } finally {
        clearInterval(arriving);
      }
      await expect
        .poll(() => opening.slice(0, 31).map(({ status }) => status))
        .toEqual([...Array.from({ length: 30 }, () => 'approved'), 'unreviewed']);
      await expect.poll(() => page.locator('[data-index="29"]').getAttribute('data-asset')).toBe(opening[29]?.id);
      const arrived = studio.library.assets.size - ASSETS;
      await expect.poll(() => gridName(page)).toBe(`${(opening.length + arrived).toLocaleString('en')} images`);
      await page.keyboard.press('l');
      const sorted = opening.length + arrived - 30;
      await expect.poll(() => gridName(page)).toBe(`${sorted.toLocaleString('en')} images`);
      expect(await page.locator('[aria-selected=true]').getAttribute('data-asset'), 'the cursor stays').toBe(
        opening[30]?.id,
      );
      expect(problems).toEqual([]);
    });
  });

  test('a list that the studio let go is opened again when names of it are wanted', async () => {
    await withLongList(0, async ({ page, studio, opening }) => {
      studio.library.lists.clear();
      await page.keyboard.press('End');
      const last = opening.length - 1;
      await expect
        .poll(() => page.locator(`[data-index="${last}"]`).getAttribute('data-asset'), { timeout: 15_000 })
        .toBe(opening[last]?.id);
      expect(await activeIndex(page)).toBe(last);
    });
  });

  test('a studio that started anew is asked for the list again, and the cursor stays', async () => {
    await withLongList(0, async ({ page, studio, opening }) => {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      studio.library.lists.clear();
      studio.dropConnections();
      await expect
        .poll(() => page.locator('[aria-selected=true]').getAttribute('data-asset'), { timeout: 15_000 })
        .toBe(opening[2]?.id);
      await page.waitForTimeout(1500);
      await page.keyboard.press('a');
      await expect.poll(() => opening[2]?.status, { timeout: 10_000 }).toBe('approved');
    });
  });
});
