import { afterEach, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import { describeWithBrowser } from '../../support/needs.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

async function openBoard(options: Parameters<typeof openStubPage>[1] = {}) {
  stub = await openStubPage('#/library', options);
  const { page } = stub;
  await page.getByRole('link', { name: /Spring launch Lumen Oat/ }).click();
  await page.getByRole('article', { name: 'Foam that waits for you' }).waitFor();
  return page;
}

describeWithBrowser('IdeateScreen', () => {
  it('chooses concepts by click and key and leads to Produce with the choice', async () => {
    const page = await openBoard();
    await page.getByRole('article', { name: 'Foam that waits for you' }).click();
    await page.getByRole('button', { name: 'Produce 3 images…' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Produce 6 images…' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: 'Produce 12 images…' }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(stub.complaints).toEqual([]);
    await page.keyboard.press('Shift+Enter');
    await page.getByRole('heading', { level: 1, name: 'Produce' }).waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#\/produce\/[0-9a-z]{26}/);
  });

  it('streams cards while the model writes, shows what failed, and keeps what is finished after a stop', async () => {
    const page = await openBoard({ paceMs: 500, failConcepts: 1 });
    await page.keyboard.press('Control+Enter');
    await page
      .locator('#board')
      .getByText(/^Writing concept 1 of 6/)
      .waitFor();
    await page.getByText('The text model did not manage this concept').waitFor();
    const cards = page.locator('#board [data-card]');
    // The stub begins with seven cards; the run of six, one of which fails, would end at twelve.
    await expect.poll(() => cards.count(), { timeout: 30_000 }).toBeGreaterThan(7);
    await page.keyboard.press('Control+.');
    await page.getByRole('button', { name: /More concepts/ }).waitFor();
    expect(
      await page
        .locator('#board')
        .getByText(/^Writing concept/)
        .count(),
    ).toBe(0);
    const kept = await cards.count();
    expect(kept).toBeGreaterThan(7);
    expect(kept).toBeLessThan(12);
  });

  it('edits a card in place, leaves it with Escape and saves it with Enter', async () => {
    const page = await openBoard();
    await page.getByRole('article', { name: 'Foam that waits for you' }).focus();
    await page.keyboard.press('e');
    const headline = page.getByLabel('Headline');
    await headline.fill('Changed my mind');
    await headline.press('Escape');
    await page.getByRole('article', { name: 'Foam that waits for you' }).waitFor();
    await page.keyboard.press('e');
    await headline.fill('');
    await headline.press('Enter');
    await page.getByText('This needs a word or two').waitFor();
    await headline.fill('Foam with patience');
    await headline.press('Enter');
    await page.getByRole('article', { name: 'Foam with patience' }).waitFor();
    await expect.poll(() => page.getByRole('article', { name: 'Foam that waits for you' }).count()).toBe(0);
  });

  it('bins a card and takes it back from the notice', async () => {
    const page = await openBoard();
    await page.getByRole('article', { name: 'Nothing to confess' }).focus();
    await page.keyboard.press('Delete');
    await page.getByRole('article', { name: 'Nothing to confess' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('article', { name: 'Nothing to confess' }).waitFor();
  });

  it('marks a bad line of the brief while it is typed, and saves it when it is mended', async () => {
    const page = await openBoard();
    const editor = page.locator('#brief-text');
    const text = await editor.inputValue();
    await editor.fill(text.replace('goal:', 'gaol:'));
    await page.getByRole('alert').getByText('Line 6, gaol').waitFor();
    expect(await page.getByRole('button', { name: /More concepts/ }).isDisabled()).toBe(true);
    expect(await findAxeViolations(page)).toEqual([]);
    await editor.fill(text.replace('Spring launch', 'Spring, again'));
    await editor.press('Control+s');
    await page.getByText('Saved just now').waitFor();
    expect([...stub.studio.library.briefs.values()].map(({ fields }) => fields.name)).toContain('Spring, again');
  });

  it('shows what a card was built on', async () => {
    const page = await openBoard();
    await page.getByRole('article', { name: 'Four ingredients, one good cup' }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('foams at 55 to 65 °C without splitting').waitFor();
    await inspector.getByText('starter-text').waitFor();
    await page.keyboard.press('i');
    await inspector.waitFor({ state: 'detached' });
  });
});
