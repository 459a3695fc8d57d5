import { afterEach, expect, it } from 'vitest';
import { describeWithBrowser } from '../../support/needs.ts';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('SettingsScreen', () => {
  it('lists people, invites by a link, changes roles and names, and takes rights back', async () => {
    stub = await openStubPage('#/library');
    const { page, complaints } = stub;
    await page.getByRole('link', { name: 'Mira Lund admin' }).click();
    const rows = page.getByRole('row');
    await rows.filter({ hasText: 'Mira Lund' }).getByText('Owner of this machine').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);

    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Role').selectOption('producer');
    await dialog.getByText('may decide, and make briefs, brands, images and exports').waitFor();
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = dialog.getByLabel('Link');
    await expect.poll(() => link.inputValue()).toMatch(/^http:\/\/192\.168\.1\.20:4870\/\?invite=[\w-]{43}$/);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('listitem').filter({ hasText: 'From Mira Lund' }).getByText('Producer').waitFor();
    await page.getByRole('button', { name: 'Take this invitation back' }).click();
    await page.getByText('Nobody is invited at the moment.').waitFor();

    await page.getByLabel('Role of Bo Reyes').selectOption('viewer');
    await page.getByRole('button', { name: 'Change the name Ada Okafor' }).click();
    await dialog.getByLabel('Name').fill('Bo Reyes');
    await dialog.getByRole('button', { name: 'Save name' }).click();
    await dialog.getByText('There is a Bo Reyes here already').waitFor();
    await dialog.getByLabel('Name').fill('Ada O.');
    await page.keyboard.press('Enter');
    await rows.filter({ hasText: 'Ada O.' }).waitFor();
    await page.getByRole('button', { name: 'Take back the rights of Bo Reyes' }).click();
    await dialog.getByRole('button', { name: 'Take rights back' }).click();
    await rows.filter({ hasText: 'Bo Reyes' }).getByText('Rights taken back').waitFor();
    const owner = page.getByRole('button', { name: 'Take back the rights of Mira Lund' });
    await expect.poll(() => owner.getAttribute('title')).toBe('The owner of this machine stays an admin.');
    await page.getByLabel('The status is').selectOption('quorum');
    await page.getByLabel('People who have to agree').selectOption('3');
    await page.getByText('Until then, and where two sides are equal').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('a viewer sees everything and reads why they may do nothing else', async () => {
    stub = await openStubPage('#/settings', { role: 'viewer' }, { colorScheme: 'light' });
    const { page } = stub;
    const why = /^You are a viewer here. This takes the role \w+, which an admin can give you\.$/;
    const invite = page.getByRole('button', { name: /^Invite/ });
    await expect.poll(() => invite.getAttribute('title')).toMatch(why);
    await invite.click({ force: true });
    await page.keyboard.press('n');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.evaluate(() => (location.hash = '#/review'));
    await page.getByRole('gridcell').first().click();
    const approve = page.getByRole('button', { name: 'Approve', exact: true });
    await expect.poll(() => approve.getAttribute('title')).toMatch(why);
    const approved = [...stub.studio.library.assets.values()].filter(({ status }) => status === 'approved').length;
    await page.keyboard.press('a');
    await approve.click({ force: true });
    await page.waitForTimeout(200);
    expect([...stub.studio.library.assets.values()].filter(({ status }) => status === 'approved')).toHaveLength(
      approved,
    );
    expect(await findAxeViolations(page)).toEqual([]);
    await page.evaluate(() => (location.hash = '#/library'));
    await expect.poll(() => page.getByRole('button', { name: 'New brief' }).getAttribute('title')).toMatch(why);
  });
});

describeWithBrowser('AssetInspector', () => {
  it('lists who says what of a picture, by name, and the rule that makes one status of it', async () => {
    stub = await openStubPage('#/settings');
    const { page, studio } = stub;
    for (const asset of studio.library.assets.values()) {
      const said = { axis: 'status' as const, reason: '', createdAtMs: studio.library.nowMs };
      asset.standing = [
        { ...said, reviewer: '2'.padStart(26, '0'), value: 'rejected', reason: 'too dark' },
        { ...said, reviewer: 'owner', value: 'approved' },
        { ...said, reviewer: 'browser', axis: 'stars', value: '4' },
        { ...said, reviewer: '1'.padStart(26, '0'), value: 'unreviewed' },
      ];
    }
    await page.getByLabel('The status is').selectOption('unanimous');
    await page.evaluate(() => (location.hash = '#/review'));
    await page.getByRole('gridcell').first().click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('listitem').filter({ hasText: 'Bo Reyes' }).getByText('Rejected').waitFor();
    await inspector.getByRole('listitem').filter({ hasText: 'Mira Lund' }).getByText('Approved').waitFor();
    await inspector.getByRole('listitem').filter({ hasText: 'browser' }).getByText('4 stars').waitFor();
    await expect.poll(() => inspector.getByText('Ada Okafor').count()).toBe(0);
    await inspector.getByText('Status by the rule of this library: what all who decided agree on').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });
});

describeWithBrowser('a page whose rights were taken back', () => {
  it('says so instead of waiting for the studio', async () => {
    stub = await openStubPage('#/library');
    const { page, studio } = stub;
    await page.getByRole('link', { name: 'Mira Lund admin' }).waitFor();
    studio.refuse();
    await page.getByRole('status').getByText('The studio does not let this browser in any more').waitFor();
  });
});

describeWithBrowser('JoinScreen', () => {
  it('asks a guest for a name, nothing else, and comes in with it', async () => {
    stub = await openStubPage('#/join', { role: 'guest' });
    const { page, complaints } = stub;
    await page.getByRole('heading', { name: 'Join Example library' }).waitFor();
    await page.getByText('Mira Lund invites you as reviewer.').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await expect.poll(() => page.getByRole('navigation').count()).toBe(0);
    await page.getByLabel('Your name').fill('Ada Okafor');
    await page.keyboard.press('Enter');
    await page.getByText('There is a Ada Okafor here already').waitFor();
    await page.getByLabel('Your name').fill('Dana Petit');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Library', level: 1 }).waitFor();
    await page.getByRole('link', { name: /Dana Petit/ }).waitFor();
    expect(complaints).toEqual([]);
  });
});
