import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import { jobIdSchema, runIdSchema } from '../../../../electron/contract/identifiers.ts';
import { claimPicture, completePicture } from '../../../../scripts/proof/picture-jobs.ts';
import { createTestFolder, makePictureBytes, makeResult, openTestLibrary } from '../../../support/library-fixtures.ts';

/** A database as an earlier version left it when it was cut off in the middle of its work; its objects are not there. */
function openEarlier(name: string) {
  const folder = createTestFolder();
  const file = fileURLToPath(new URL(`../../../support/fixtures/libraries/${name}.db.gz`, import.meta.url));
  mkdirSync(join(folder.path, 'objects'), { recursive: true });
  writeFileSync(join(folder.path, 'library.db'), gunzipSync(readFileSync(file)));
  const library = openTestLibrary(folder.path, { idStart: 1_000_000 });
  return { folder, library };
}

const id = (tail: string) => tail.padStart(26, '0');

it('a batch half done and a re-scoring in hand become runs that go on where they were', async () => {
  const { folder, library } = openEarlier('version-50');
  using _ = folder;
  expect(library.batches.get(runIdSchema.parse(id('f')))).toMatchObject({
    state: 'running',
    total: 8,
    done: 3,
    failed: 1,
    waiting: 4,
    running: 0,
  });
  expect(library.runs.get(runIdSchema.parse(id('f')))).toMatchObject({
    kind: 'batch',
    about: { planId: id('6') },
    firstFailure: { code: 'engine.failed' },
  });
  // What was in hand counts as begun, because that version did not tell.
  expect(library.jobs.get(jobIdSchema.parse(id('m')))).toMatchObject({ state: 'waiting', crashes: 1 });
  expect(claimPicture(library, { worker: 'w', leaseMs: 1000 })).toMatchObject({ jobId: id('m'), attempt: 2 });
  const [rescore] = library.rescores.list(5);
  expect(rescore).toMatchObject({ state: 'running', total: 3, done: 1, waiting: 2, versionNumber: 2 });
  const next = library.jobs.claim({ resource: 'processor', kinds: ['picture.rescore'], worker: 'w', leaseMs: 1000 });
  expect(next).toMatchObject({ index: 1, input: { brandVersionId: rescore?.brandVersionId } });
  expect(library.runs.list({ open: true }).map(({ kind }) => kind)).toEqual(['rescore', 'batch', 'batch']);
  expect(library.brandDrafts.get(library.brands.list()[0]?.id ?? ('' as never))).toMatchObject({
    kit: { name: 'Draft' },
  });
  const { findings } = await library.fsck({ read: 'none' });
  expect(findings.filter(({ kind }) => kind !== 'objectMissing')).toEqual([]);
  expect(readdirSync(join(folder.path, 'backups')).some((name) => name.includes('version-50'))).toBe(true);
  library.close();
});

it('jobs of a kind that this program does not know lie still and are shown', () => {
  const { folder, library } = openEarlier('version-50');
  using _ = folder;
  const run = library.runs.start({
    kind: 'flow' as never,
    title: 'From tomorrow',
    askedBy: 'owner',
    jobs: [{ kind: 'flow.step' as never, resource: 'processor', input: {} }],
  });
  expect(library.runs.get(run.id)).toMatchObject({ kind: 'flow', waiting: 1, state: 'running' });
  const claim = () =>
    library.jobs.claim({ resource: 'processor', kinds: ['picture.rescore'], worker: 'w', leaseMs: 1000 });
  expect([claim()?.runId, claim()?.runId, claim()]).not.toContain(run.id);
  library.close();
});

it('scores that followed the newest report of any version stand by the version that each belongs to', async () => {
  const { folder, library } = openEarlier('version-100');
  using _ = folder;
  const all = assetFilterSchema.parse({});
  const ids = library.assets.ids(all, 'oldest');
  const [passedThenFailed, failedThenPassed, measuredTwice, manyTimes] = ids;
  if (!passedThenFailed || !failedThenPassed || !measuredTwice || !manyTimes) throw new Error('too few assets');
  const [second, first] = library.scores.versions({ briefId: null, planId: null });
  if (!first || !second) throw new Error('too few versions');
  const passed = (judgedAgainst: typeof first.brandVersionId | null) =>
    library.assets.summaries(ids, judgedAgainst).map(({ compliant }) => compliant);
  expect(passed(null)).toEqual([true, false, true, true, true, true]);
  expect(passed(first.brandVersionId)).toEqual([true, false, true, true, true, true]);
  expect(passed(second.brandVersionId)).toEqual([false, true, null, false, null, null]);
  const filter = (compliance: 'passed' | 'failed', judgedAgainst: typeof first.brandVersionId | null) =>
    library.assets.ids({ ...all, compliance, judgedAgainst }, 'worst-compliance');
  expect(filter('failed', null)).toEqual([failedThenPassed]);
  expect(filter('failed', second.brandVersionId), 'worst first: 100 before 12').toEqual([passedThenFailed, manyTimes]);
  expect(
    library.assets.ids(all, 'worst-compliance').slice(0, 2),
    'the newest report of its own version counts',
  ).toEqual([failedThenPassed, measuredTwice]);
  expect(library.assets.reports(manyTimes)).toHaveLength(4);
  const { findings } = await library.fsck({ read: 'none' });
  expect(findings.filter(({ kind }) => kind !== 'objectMissing')).toEqual([]);
  expect(readdirSync(join(folder.path, 'backups')).some((name) => name.includes('version-100'))).toBe(true);
  library.close();
});

it('what the rows of an earlier version still know becomes its first events, in order and once', () => {
  const { folder, library } = openEarlier('version-50');
  using _ = folder;
  const told = library.events.list({ after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 10_000 });
  const subjects = (name: string) => told.filter((event) => event.name === name).flatMap(({ subject }) => subject);
  expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_event, index) => index + 1));
  expect(subjects('brief.created').toSorted()).toEqual(
    library.briefs
      .list()
      .map((brief) => brief.id)
      .toSorted(),
  );
  const assetIds = library.assets.ids(assetFilterSchema.parse({}), 'oldest');
  expect(subjects('asset.made').toSorted()).toEqual(assetIds.toSorted());
  expect(subjects('run.added').toSorted()).toEqual(
    library.runs
      .list({})
      .map((run) => run.id)
      .toSorted(),
  );
  const verdicts = assetIds.flatMap((assetId) => library.assets.get(assetId).verdicts);
  const given = told.filter(({ name }) => name.startsWith('verdict.'));
  expect(given.length).toBeGreaterThan(0);
  expect(given.map(({ cause }) => `${cause}`).toSorted()).toEqual(
    [...new Set(verdicts.map(({ group }) => group))].toSorted(),
  );
  expect(
    given.every(({ by, cause }) => verdicts.some((verdict) => verdict.group === cause && verdict.reviewer === by)),
  ).toBe(true);
  const [first] = given;
  expect(first?.detail).toEqual({ axis: expect.any(String), value: expect.any(String), reason: expect.any(String) });
  // What was in hand when that version was cut off is put back by this one, which is the first new event.
  expect(told.find(({ name }) => name === 'job.deferred')).toMatchObject({ by: '' });
  library.close();
});

it('people come into a library of before: its owner is the first, and what was signed with other words keeps them', () => {
  const { folder, library } = openEarlier('version-50');
  using _ = folder;
  expect(library.people.list()).toMatchObject([{ id: 'owner', name: 'owner', role: 'admin', takenBackAtMs: null }]);
  library.people.nameOwner('Mira');
  expect(library.people.list()).toMatchObject([{ id: 'owner', name: 'Mira', createdAtMs: expect.any(Number) }]);
  const words = library.assets
    .ids(assetFilterSchema.parse({}), 'oldest')
    .flatMap((assetId) => library.assets.get(assetId).verdicts.map(({ reviewer }) => reviewer));
  expect(words.length).toBeGreaterThan(0);
  for (const word of new Set(words))
    expect(library.people.find(word)?.name ?? word).toBe(word === 'owner' ? 'Mira' : word);
  library.close();
});

it('pictures of before are made ones with their verdicts, scores and searches, and numbers of what is gone stay gone', async () => {
  const { folder, library } = openEarlier('version-120');
  using _ = folder;
  const all = assetFilterSchema.parse({});
  const ids = library.assets.ids(all, 'oldest');
  expect(ids).toHaveLength(5);
  for (const assetId of ids) {
    const asset = library.assets.getMade(assetId);
    expect(asset).toMatchObject({ medium: 'picture', origin: 'made', durationMs: null, pages: null });
    expect([asset.recipe.width, asset.report.brandVersionId]).toEqual([asset.width, asset.brandVersionId]);
  }
  const [first, second, third] = ids;
  if (!first || !second || !third) throw new Error('too few assets');
  expect(library.assets.get(first)).toMatchObject({ status: 'approved', verdicts: [{ reason: 'good' }] });
  expect(library.assets.get(first).thumbnails).not.toBeNull();
  expect(library.assets.get(third).stars).toBe(4);
  expect(library.assets.art(first)).not.toBeNull();
  const own = { ...all, origins: ['made' as const], media: ['picture' as const] };
  expect(library.assets.ids(own, 'oldest')).toEqual(ids);
  expect(library.assets.ids({ ...all, origins: ['imported'] }, 'oldest')).toEqual([]);
  expect(library.assets.ids({ ...all, compliance: 'failed' }, 'oldest')).toHaveLength(2);
  expect(library.assets.counts(all)).toMatchObject({ total: 5, approved: 2, judged: 5 });
  expect(library.verdicts.undo('owner').assets.map(({ id: changed }) => changed)).toEqual([third]);
  // The sixth picture was deleted for good; the next one must not take its place in the order of commits.
  const job = claimPicture(library, { worker: 'w', leaseMs: 1000 });
  if (job === null) throw new Error('no job is left');
  const hash = await library.store.put(makePictureBytes(9));
  const made = completePicture(library, job, makeResult(job, hash));
  if (made.kind === 'stale') throw new Error('the job was ours');
  expect(library.assets.ids(all, 'oldest')).toEqual([...ids, made.assetId]);
  const { findings } = await library.fsck({ read: 'none' });
  expect(findings.filter(({ kind }) => kind !== 'objectMissing')).toEqual([]);
  expect(readdirSync(join(folder.path, 'backups')).some((name) => name.includes('version-120'))).toBe(true);
  library.close();
  const connection = new Database(join(folder.path, 'library.db'), { readonly: true });
  expect(connection.prepare('SELECT max(sequence) FROM assets').pluck().get()).toBe(7);
  connection.close();
});
