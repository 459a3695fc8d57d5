import type { Page } from 'playwright-core';
import type { ScreenName } from '../../../renderer/app/routes.ts';
import type { StubPage } from '../open-stub-page.ts';

export interface WalkState {
  /** What there is to be seen, after the screen's name. */
  name: string;
  /** Behind `#/<screen>`. */
  address?: string;
  /** Pictures in the library; 48 where nothing is said. */
  assetCount?: number;
  /** Brings the page from the address into the state. */
  enter?: (stub: StubPage) => Promise<void>;
}

const press =
  (...keys: readonly string[]) =>
  async ({ page }: StubPage): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(120);
    }
  };
const openPane =
  (...keys: readonly string[]) =>
  async (stub: StubPage): Promise<void> => {
    await press(...keys)(stub);
    await stub.page.getByRole('dialog').waitFor();
  };

async function select(page: Page, count: number): Promise<void> {
  await page.getByRole('gridcell').first().click();
  for (let at = 1; at < count; at += 1) await page.keyboard.press('Shift+ArrowRight');
}
const withSelection =
  (count: number, ...keys: readonly string[]) =>
  async (stub: StubPage): Promise<void> => {
    await select(stub.page, count);
    await press(...keys)(stub);
  };

async function emptyLibrary({ page, studio: { library } }: StubPage): Promise<void> {
  for (const part of [library.briefs, library.deliverables, library.plans, library.cells, library.batches])
    part.clear();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
}
const firstBrief = async ({ page, studio: { library } }: StubPage): Promise<void> => {
  await page
    .getByRole('combobox')
    .first()
    .selectOption([...library.briefs.keys()][0] ?? '');
  await page.getByRole('article').first().waitFor();
};
const onFirstBrief =
  (then: (stub: StubPage) => Promise<void>) =>
  async (stub: StubPage): Promise<void> => {
    await firstBrief(stub);
    await then(stub);
  };
const secondBrief = async ({ page, studio: { library } }: StubPage): Promise<void> => {
  await page
    .getByRole('combobox')
    .first()
    .selectOption([...library.briefs.keys()][1] ?? '');
};

/** Every screen in every state that a test visits. A screen without a row does not compile. */
export const walkStates: Record<ScreenName, readonly WalkState[]> = {
  library: [
    { name: 'filled' },
    { name: 'empty', assetCount: 0, enter: emptyLibrary },
    { name: 'new brief', enter: openPane('n') },
    { name: 'bin', enter: openPane('b') },
    { name: 'palette', enter: openPane('Control+k') },
    { name: 'keys', enter: openPane('?') },
  ],
  ideate: [
    { name: 'filled', enter: firstBrief },
    { name: 'no briefs', assetCount: 0, enter: emptyLibrary },
    { name: 'nothing written', enter: secondBrief },
    { name: 'a card chosen', enter: onFirstBrief(async ({ page }) => page.getByRole('article').nth(3).click()) },
    { name: 'a card edited', enter: onFirstBrief(async ({ page }) => page.getByRole('article').nth(3).dblclick()) },
    {
      name: 'a bad brief',
      enter: async ({ page }) => {
        // In one column the brief comes forward first.
        if (!(await page.locator('#brief-text').isVisible())) await page.keyboard.press('b');
        await page.locator('#brief-text').fill('---\nname: x\n---\n');
      },
    },
    { name: 'settings', enter: async ({ page }) => page.getByRole('button', { name: /^\d+ concepts/ }).click() },
  ],
  brand: [
    { name: 'filled' },
    { name: 'import', enter: openPane('Control+o') },
    { name: 'difference', enter: openPane('d') },
  ],
  produce: [
    { name: 'running' },
    { name: 'new plan', address: '?new=1' },
    {
      name: 'no concepts',
      address: '?new=1',
      enter: async (stub) => {
        await stub.page.getByRole('combobox', { name: 'Brief' }).selectOption({ label: 'Refill bottle' });
      },
    },
    { name: 'nothing to plan', assetCount: 0, enter: emptyLibrary },
    {
      name: 'new format',
      address: '?new=1',
      enter: async ({ page }) => page.getByRole('button', { name: 'New format' }).click(),
    },
    { name: 'a cell', enter: press('ArrowRight', 'ArrowDown') },
    { name: 'words', enter: openPane('e') },
  ],
  review: [
    { name: 'grid' },
    { name: 'empty', assetCount: 0 },
    { name: 'selection', enter: withSelection(4) },
    { name: 'loupe', enter: withSelection(1, 'Space') },
    { name: 'compare', enter: withSelection(3, 'c') },
    { name: 'survey', enter: withSelection(4, 'n') },
    { name: 'export', enter: openPane('e') },
    { name: 'variations', enter: withSelection(4, 'v') },
  ],
  compliance: [{ name: 'filled' }, { name: 'empty', assetCount: 0 }],
  models: [{ name: 'filled' }, { name: 'add', enter: openPane('n') }],
  settings: [{ name: 'filled' }, { name: 'invite', enter: openPane('n') }],
  activity: [
    { name: 'filled' },
    { name: 'only failed', enter: async ({ page }) => page.getByRole('button', { name: 'Failed' }).click() },
  ],
};
