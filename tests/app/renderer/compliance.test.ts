import { afterEach, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import { describeWithBrowser } from '../../support/needs.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('ComplianceScreen', () => {
  it('counts every check, worst first, and is readable in both themes', async () => {
    stub = await openStubPage('#/compliance', {}, { colorScheme: 'light' });
    const { page, complaints } = stub;
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    const failures = await page.getByText(/^\d+ of \d+ fail$/).allTextContents();
    const counts = failures.map((text) => Number.parseInt(text, 10));
    expect(counts.length).toBeGreaterThan(0);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(0);
    await page.getByText(/pass every check/).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says in one line what no image fails, and that rejected pictures are not counted', async () => {
    stub = await openStubPage('#/compliance');
    const { page, studio } = stub;
    const rejected = [...studio.library.assets.values()].filter(
      ({ status, flag }) => status === 'rejected' || flag === 'reject',
    );
    await page.getByText(`${rejected.length} rejected or superseded are not counted`).waitFor();
    const line = page.getByRole('button', { name: /checks that no image fails/ });
    await line.waitFor();
    const headings = page.getByRole('main').getByRole('heading', { level: 2 });
    const failing = await headings.count();
    await expect.poll(() => line.getAttribute('aria-expanded')).toBe('false');
    await line.click();
    await expect.poll(() => headings.count()).toBeGreaterThan(failing + 5);
  });

  it('leads by key to the pictures that fail, worst first', async () => {
    stub = await openStubPage('#/compliance');
    const { page } = stub;
    const first = await page.getByRole('main').getByRole('heading', { level: 2 }).first().textContent();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `fails ${first ?? ''}` }).waitFor();
    await page.getByRole('button', { name: `fails ${first ?? ''}` }).click();
    await page.getByRole('button', { name: `fails ${first ?? ''}` }).waitFor({ state: 'detached' });
  });

  it('scores again against another version and tells of the run', async () => {
    stub = await openStubPage('#/compliance');
    const { page } = stub;
    await page.getByText(/images have no score against it/).waitFor();
    await page.getByRole('button', { name: 'Score again' }).click();
    await page.getByText(/scored, finished/).waitFor();
  });
});
