import { percentile } from './fake-studio.ts';
import { gallerySearches } from './gallery-copy.ts';
import type { GalleryPage } from './gallery-page.ts';

export type GalleryEffort = {
  readonly assets: number;
  /** How many questions and jumps are measured of each sort. */
  readonly steps: number;
  readonly keys: number;
  readonly frames: number;
};

/** A brisk turn of the wheel: a row of tiles in about four frames. */
const SCROLL_STEP_PX = 48;
/** Between two inputs, as a quick person leaves them. */
const PAUSE_MS = 150;
const jumpKeys = ['End', 'Home'];
const slow = (values: readonly number[]) => percentile(values, 0.95);
const repeat = <Item>(items: readonly Item[], count: number): Item[] =>
  Array.from({ length: count }, (_, at) => items[at % items.length]).filter((item) => item !== undefined);
const mean = (total: number, count: number) => total / count;

/** Scrolls, filters, searches, jumps and decides in an open Review. `...BusyMs` is main-thread time of the page for each step. */
export async function measurePage(
  gallery: GalleryPage,
  effort: GalleryEffort,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const measures = [measureScroll, measureFilters, measureSearches, measureJumps, measureKeys];
  const figures: Record<string, unknown> = {};
  for (const measure of measures) {
    const found = await measure(gallery, effort);
    progress(JSON.stringify(found));
    Object.assign(figures, found);
  }
  return figures;
}

async function measureScroll(gallery: GalleryPage, { frames }: GalleryEffort) {
  let gapsMs: readonly number[] = [];
  let bareShare = 0;
  const busyMs = await gallery.busyMs(async () => {
    ({ gapsMs, bareShare } = await gallery.scroll(SCROLL_STEP_PX, frames));
  });
  const tenths = gapsMs.map((gap) => Math.round(gap * 10) / 10);
  return { scrollFrameP95Ms: slow(tenths), scrollBareShare: bareShare, scrollBusyMs: mean(busyMs, frames) };
}

/** Presses of status facets and of the picks, each of which asks another question; the last leads back to the first. */
async function measureFilters(gallery: GalleryPage, { steps }: GalleryEffort) {
  const { page } = gallery;
  const status = (at: number) => page.getByRole('group', { name: 'Status' }).getByRole('button').nth(at);
  const picks = page.getByRole('group', { name: 'Flag' }).getByRole('button').first();
  const [unreviewed, approved, redo] = [status(0), status(1), status(3)];
  const presses = [approved, unreviewed, redo, approved, unreviewed, redo, picks, picks];
  const listMs: number[] = [];
  const tilesMs: number[] = [];
  const busyMs = await gallery.busyMs(async () => {
    for (const button of repeat(presses, steps)) {
      await page.waitForTimeout(PAUSE_MS);
      const [list, tiles] = await gallery.timed(['list', 'tiles'], () => button.click());
      listMs.push(list);
      tilesMs.push(tiles);
    }
  });
  return {
    filterP95Ms: slow(listMs),
    filterP50Ms: percentile(listMs, 0.5),
    filterPicturesP95Ms: slow(tilesMs),
    filterBusyMs: mean(busyMs, listMs.length),
  };
}

async function measureSearches(gallery: GalleryPage, { steps }: GalleryEffort) {
  const { page } = gallery;
  const field = page.locator('[data-review-search]');
  const listMs: number[] = [];
  for (const words of repeat(gallerySearches, steps)) {
    await page.waitForTimeout(PAUSE_MS);
    const [list] = await gallery.timed(['list'], () => field.fill(words));
    listMs.push(list);
    await page.waitForTimeout(PAUSE_MS);
    await gallery.timed(['tiles'], () => field.fill(''));
  }
  return { searchP95Ms: slow(listMs), searchP50Ms: percentile(listMs, 0.5) };
}

async function measureJumps(gallery: GalleryPage, { steps }: GalleryEffort) {
  const { page } = gallery;
  await page.locator('[data-asset]').first().click();
  const tilesMs: number[] = [];
  for (const key of repeat(jumpKeys, steps)) {
    await page.waitForTimeout(PAUSE_MS);
    const [tiles] = await gallery.timed(['tiles'], () => page.keyboard.press(key));
    tilesMs.push(tiles);
  }
  return { jumpP95Ms: slow(tilesMs) };
}

/** Steps through large pictures; every second key approves and goes on. */
async function measureKeys(gallery: GalleryPage, { keys }: GalleryEffort) {
  const { page } = gallery;
  await gallery.timed(['picture'], () => page.keyboard.press('Space'));
  const pictureMs: number[] = [];
  const busyMs = await gallery.busyMs(async () => {
    for (let key = 0; key < keys; key += 1) {
      await page.waitForTimeout(PAUSE_MS);
      const [picture] = await gallery.timed(['picture'], () =>
        page.keyboard.press(key % 2 === 0 ? 'ArrowRight' : 'Shift+A'),
      );
      pictureMs.push(picture);
    }
  });
  return {
    keyToNextP95Ms: slow(pictureMs),
    keyToNextP50Ms: percentile(pictureMs, 0.5),
    keyBusyMs: mean(busyMs, keys),
  };
}
