import { afterEach, expect, it } from 'vitest';
import { describeWithBrowser } from '../../support/needs.ts';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

async function writeConcepts(page: StubPage['page']): Promise<void> {
  await page.getByRole('link', { name: /Spring launch Lumen Oat/ }).click();
  await page.getByRole('article', { name: 'Foam that waits for you' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page
    .locator('#board')
    .getByText(/^Writing concept/)
    .first()
    .waitFor();
}

describeWithBrowser('ActivityScreen', () => {
  it('shows a batch that runs, pauses and goes on by a key, and leads to its plan', async () => {
    stub = await openStubPage('#/library', { paceMs: 300 });
    const { page, complaints } = stub;
    await page.getByRole('link', { name: /images to go/ }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'Spring launch' }).waitFor();
    await page.getByRole('progressbar', { name: 'Progress of Spring launch' }).waitFor();
    await page.keyboard.press('Space');
    await inspector.getByText('Images, paused').waitFor();
    await page.keyboard.press('Space');
    // The stub has nothing left to draw, so what goes on ends.
    await inspector.getByText(/Images, (running|finished)/).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await inspector.getByRole('link', { name: 'Open the plan' }).click();
    await page.getByRole('heading', { name: 'Produce', level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('tells what failed and what was healed, tries again, and moves what has ended under its day', async () => {
    stub = await openStubPage('#/library', { paceMs: 30, failConcepts: 1 }, { colorScheme: 'light' });
    const { page } = stub;
    await writeConcepts(page);
    await page.evaluate(() => (location.hash = '#/activity'));
    const today = page.getByRole('region', { name: 'Today' });
    const ideas = today.getByRole('button', { name: /Ideas/ });
    await ideas.getByText('1 failed').waitFor();
    await ideas.click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'What failed' }).waitFor();
    await inspector.getByRole('heading', { name: 'What was healed' }).waitFor();
    await inspector.getByText('The text engine crashed').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'With failures' }).click();
    await page.getByLabel('Kind of work').selectOption('export');
    await page.getByText('Nothing failed').waitFor();
  });

  it('goes from line to line by keys, and opens what a line is about', async () => {
    stub = await openStubPage('#/library', { paceMs: 30 });
    const { page } = stub;
    await writeConcepts(page);
    await page.evaluate(() => (location.hash = '#/activity'));
    const today = page.getByRole('region', { name: 'Today' });
    await today.getByRole('button', { name: /Ideas/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('Ideas, finished').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ideate', level: 1 }).waitFor();
  });
});
