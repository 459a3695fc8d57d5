import { afterEach, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import { describeWithBrowser } from '../../support/needs.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('Frame', () => {
  it('goes to every screen by key and by the rail, and stays on each with Escape', async () => {
    stub = await openStubPage('#/library');
    const { page, complaints } = stub;
    const heading = page.getByRole('heading', { level: 1 });
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    for (const [key, title] of [
      ['Alt+2', 'Ideate'],
      ['Alt+3', 'Brand'],
      ['Alt+4', 'Produce'],
      ['Alt+5', 'Review'],
      ['Alt+6', 'Compliance'],
      ['Alt+7', 'Models'],
      ['Alt+8', 'Activity'],
    ] as const) {
      await page.keyboard.press(key);
      await heading.filter({ hasText: title }).waitFor();
      await page.keyboard.press('Escape');
      await heading.filter({ hasText: title }).waitFor();
    }
    await page.getByRole('link', { name: 'Brand' }).click();
    await heading.filter({ hasText: 'Brand' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('finds actions and content in the palette and runs what is chosen', async () => {
    stub = await openStubPage('#/models');
    const { page } = stub;
    await page.getByRole('button', { name: 'starter-text' }).waitFor();
    await page.keyboard.press('Control+k');
    const search = page.getByRole('combobox', { name: 'Search or run' });
    await search.fill('go brand');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Brand' }).waitFor();
    await page.keyboard.press('Control+k');
    await search.fill('four ingr');
    await page.getByRole('option', { name: /Four ingredients, one good cup/ }).click();
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('heading', { name: 'Four ingredients, one good cup' })
      .waitFor();
    await page.keyboard.press('Control+k');
    await search.fill('qqqq');
    await page.getByText('Nothing matches "qqqq".').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('lists the keys of the screen, and rests them while a pane is open', async () => {
    stub = await openStubPage('#/library');
    const { page } = stub;
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.getByText('New brief').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('keeps theme and surround over a reload', async () => {
    stub = await openStubPage('#/library', {}, { colorScheme: 'dark' });
    const { page } = stub;
    const root = page.locator('html');
    const look = async () => [await root.getAttribute('data-theme'), await root.getAttribute('data-surround')];
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    expect(await look()).toEqual(['dark', 'grey']);
    await page.keyboard.press('Shift+T');
    await page.keyboard.press('Shift+T');
    await page.keyboard.press('\\');
    expect(await look()).toEqual(['light', 'black']);
    await page.reload();
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    expect(await look()).toEqual(['light', 'black']);
  });

  it('says that the connection is lost, comes back by itself and shows what changed meanwhile', async () => {
    stub = await openStubPage('#/library');
    const { page, studio } = stub;
    await page.getByRole('link', { name: /Refill bottle Lumen Oat/ }).waitFor();
    const add = (name: string) =>
      studio.library.addBrief(`---\nname: ${name}\nproduct: p\nwhat: w\naudience: a\ngoal: g\n---\n`, 0);
    studio.dropConnections();
    studio.events.tell('brief.created', [add('Late arrival').id]);
    await page.getByText('Connection lost, trying again').waitFor();
    await page.getByRole('link', { name: /Late arrival p/ }).waitFor();
    // Where nobody can say what happened meanwhile, everything is asked again.
    add('Untold arrival');
    studio.events.forget();
    studio.dropConnections();
    await page.getByRole('link', { name: /Untold arrival p/ }).waitFor();
    await page.getByRole('contentinfo', { name: 'Status' }).getByText('Offline').waitFor();
  });

  it('answers in the status bar what runs, how long still and what leaves the machine', async () => {
    stub = await openStubPage('#/library');
    const { page } = stub;
    const bar = page.getByRole('contentinfo', { name: 'Status' });
    await bar.getByText('12 images to go').waitFor();
    await bar.getByText('62 s left').waitFor();
    await bar.getByRole('button', { name: /Image Image 13 of 24/ }).click();
    await page.getByRole('dialog', { name: 'Image' }).getByText('starter-image').waitFor();
    await page.keyboard.press('Escape');
    await bar.getByRole('button', { name: 'Offline' }).click();
    await page.getByText('Nothing leaves this machine.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Library');
  });
});
