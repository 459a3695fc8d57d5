import { afterEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { screens } from '../../../renderer/app/routes.ts';
import { launchBrowser } from '../../support/browser.ts';
import { describeWithBrowser } from '../../support/needs.ts';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import type { StubPage } from '../../support/open-stub-page.ts';
import { findLayoutFaults } from '../../support/walk/find-layout-faults.ts';
import { findSlugs } from '../../support/walk/find-slugs.ts';
import { walkStates } from '../../support/walk/walk-states.ts';
import type { WalkState } from '../../support/walk/walk-states.ts';

const sizes = [
  [640, 400],
  [900, 700],
  [1280, 800],
  [1920, 1080],
] as const;

let stub: StubPage | null = null;
afterEach(async () => {
  await stub?.close();
  stub = null;
});

const walk = screens.flatMap((screen) =>
  walkStates[screen].map((state) => ({ title: `${screen}, ${state.name}`, screen, state })),
);

async function openState(screen: string, state: WalkState, prepare?: (page: Page) => Promise<void>): Promise<StubPage> {
  const opened = await openStubPage(
    `#/${screen}${state.address ?? ''}`,
    { assetCount: state.assetCount ?? 48 },
    { colorScheme: 'dark' },
  );
  stub = opened;
  const { page } = opened;
  await prepare?.(page);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settle(page, 400);
  await state.enter?.(opened);
  await settle(page);
  return opened;
}

/** Long enough for the stub to answer and for a layout to stand; nothing here is told when the last picture has come. */
async function settle(page: Page, timeMs = 150): Promise<void> {
  await page.waitForTimeout(timeMs);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

describeWithBrowser('every screen in every state', () => {
  it.each(walk)('overflows, overprints and cuts off nothing at any size: $title', async ({ screen, state }) => {
    const { page, complaints } = await openState(screen, state);
    const faults: Record<string, string[]> = {};
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await settle(page);
      faults[`${width} x ${height}`] = await findLayoutFaults(page);
    }
    faults['in words'] = await findSlugs(page);
    faults['dark, by axe'] = await findAxeViolations(page);
    await page.setViewportSize({ width: 640, height: 400 });
    await page.emulateMedia({ colorScheme: 'light' });
    faults['light, by axe'] = await findAxeViolations(page);
    faults['told by the browser'] = complaints;
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
  });

  it.each(walk)('holds text of twice the size: $title', async ({ screen, state }) => {
    const { page } = await openState(screen, state, async (opened) => {
      const session = await opened.context().newCDPSession(opened);
      await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      await opened.reload();
    });
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('26px');
    expect(await findLayoutFaults(page)).toEqual([]);
  });
});

describeWithBrowser('in a small window', () => {
  it('keeps the screens behind a menu, and the inspector over the work until Escape', async () => {
    stub = await openStubPage('#/review', {}, { viewport: { width: 640, height: 400 } });
    const { page } = stub;
    await page.getByRole('gridcell').first().click();
    await expect.poll(() => page.getByRole('navigation').count()).toBe(0);
    await page.keyboard.press('i');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('button', { name: 'Approve' }).waitFor();
    expect(await findLayoutFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await inspector.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show the screens' }).click();
    const rail = page.getByRole('navigation', { name: 'Screens' });
    await rail.waitFor();
    expect(await findLayoutFaults(page)).toEqual([]);
    expect(await findAxeViolations(page)).toEqual([]);
    await rail.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    await rail.waitFor({ state: 'detached' });
  });
});

describeWithBrowser('the walk itself', () => {
  it.each([
    [
      'shortened without a title',
      '<p style="width:40px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">a long line of text</p>',
    ],
    ['cut off', '<div style="height:10px;overflow:hidden"><p style="margin:0">first</p><p>second</p></div>'],
    ['cut off', '<p style="position:absolute;left:95vw;white-space:nowrap">beyond the edge of the window</p>'],
    [
      'overprinted',
      '<p style="position:absolute;top:9px">one text</p><p style="position:absolute;top:12px">two texts</p>',
    ],
    ['control cut off', '<div style="width:30px;overflow:hidden"><button style="width:90px">Go</button></div>'],
    ['disabled without a reason', '<button disabled>Go</button>'],
    ['covered', '<button>Go</button><div style="position:fixed;inset:0"></div>'],
    ['wider than its place', '<div style="width:90px;overflow:auto"><div style="width:200px;height:9px"></div></div>'],
  ])('finds what is %s', async (kind, html) => {
    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.setContent(`<body style="margin:8px">${html}</body>`);
    const faults = await findLayoutFaults(page);
    await browser.close();
    expect(faults.map((fault) => fault.split(/:| by/)[0])).toContain(kind);
  });
});
