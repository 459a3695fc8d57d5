import { afterEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { describeWithBrowser } from '../../support/needs.ts';
import { openStubPage } from '../../support/open-stub-page.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

/** Regions that scroll and that keys reach neither themselves nor through a control that is always there: a greyed-out or missing one takes no focus. */
function findUnreachableRegions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const focusable = 'a[href], button:not(:disabled), input:not(:disabled), textarea, select, [tabindex="0"]';
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowY))
      .filter((element) => element.scrollHeight > element.clientHeight + 1)
      .filter((element) => element.tabIndex < 0 && element.querySelector(focusable) === null)
      .map((element) => `${element.tagName} ${element.className}`);
  });
}

describeWithBrowser('every screen', () => {
  it.each(['library', 'ideate', 'brand', 'produce', 'review', 'compliance', 'models', 'activity'])(
    'lets keys scroll what scrolls: %s',
    async (screen) => {
      stub = await openStubPage(`#/${screen}`, {}, { viewport: { width: 1000, height: 360 } });
      const { page } = stub;
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(400);
      expect(await findUnreachableRegions(page)).toEqual([]);
    },
  );

  it('lets keys scroll the checks when none of them fails, so that none has anything to press', async () => {
    stub = await openStubPage('#/compliance', {}, { viewport: { width: 1000, height: 360 } });
    const { page } = stub;
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.getByRole('button', { expanded: false, name: /that no image fails/ }).click();
    await page.evaluate(() => {
      for (const button of document.querySelectorAll('main li button, main li a')) button.remove();
    });
    expect(await findUnreachableRegions(page)).toEqual([]);
    await page.getByRole('region', { name: 'Compliance' }).focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => (document.activeElement?.scrollTop ?? 0) > 0);
  });
});
