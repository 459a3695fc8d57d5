import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import type { AssetId } from '../../../../electron/contract/identifiers.ts';
import { actAs } from '../../../../electron/library/database/acting.ts';
import type { Library } from '../../../../electron/library/library.ts';
import { claimPicture, completePicture } from '../../../../scripts/proof/picture-jobs.ts';
import {
  completeJobs,
  createTestFolder,
  makeBriefText,
  makePictureBytes,
  makeResult,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';

const decider = join(import.meta.dirname, '..', '..', '..', 'support', 'decide-for-ever.ts');
const all = (library: Library) => library.events.list({ after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 1_000_000 });
const since = (library: Library, sequence: number) => all(library).filter((event) => event.sequence > sequence);

async function openWithPlan() {
  const folder = createTestFolder();
  const library = openTestLibrary(folder.path);
  const plan = await preparePlan(library);
  return {
    library,
    plan,
    path: folder.path,
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('a change and its event are one fact', () => {
  it('an event of a job that cannot be committed is not there either', async () => {
    using scene = await openWithPlan();
    const { library } = scene;
    const batch = library.batches.start(scene.plan.planId, null, 'ada');
    const job = claimPicture(library, { worker: 'w', leaseMs: 1000 });
    if (job === null) throw new Error('no job');
    const before = library.events.latest().sequence;
    let heard = 0;
    library.events.onCommit(() => (heard += 1));
    const result = makeResult(job, await library.store.put(makePictureBytes(1, 200)));
    expect(() =>
      library.jobs.complete(job, (sequence) => {
        library.pictures.commit(sequence, result);
        throw new Error('the power goes');
      }),
    ).toThrow('the power goes');
    expect([library.events.latest().sequence, heard]).toEqual([before, 0]);

    const outcome = completePicture(library, job, result);
    const assetId = outcome.kind === 'committed' ? outcome.assetId : null;
    expect(since(library, before)).toMatchObject([
      { sequence: before + 1, name: 'asset.made', subject: [assetId], by: 'ada', cause: job.jobId },
      { sequence: before + 2, name: 'job.done', subject: [job.jobId], by: 'ada', cause: batch.id },
    ]);
    expect(heard).toBe(1);
  });

  it('a process that is killed while it decides leaves as many events as decisions', { timeout: 60_000 }, async () => {
    using scene = await openWithPlan();
    const { library, path } = scene;
    library.batches.start(scene.plan.planId, null, 'owner');
    const assetIds = await completeJobs(library);
    library.close();
    for (const afterMs of [3, 17, 40, 90]) {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', decider, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    using reopened = openTestLibrary(path, { idStart: 5_000_000 });
    const groups = new Set(assetIds.flatMap((id) => reopened.assets.get(id).verdicts.map(({ group }) => group)));
    const told = all(reopened).filter(({ name }) => name.startsWith('verdict.'));
    expect(groups.size).toBeGreaterThan(4);
    expect(told.map(({ cause }) => `${cause}`).toSorted()).toEqual([...groups].toSorted());
    expect(told.every(({ by, subject }) => by === 'ada' && subject.length === 1)).toBe(true);
    const sequences = all(reopened).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  });

  it('nobody can change or delete one', async () => {
    using scene = await openWithPlan();
    scene.library.close();
    const connection = new Database(join(scene.path, 'library.db'));
    for (const sql of ['UPDATE events SET "by" = \'eve\'', 'DELETE FROM events WHERE sequence = 1'])
      expect(() => connection.exec(sql)).toThrow('append-only');
    connection.close();
  });
});

describe('events', () => {
  it('of many things at once are few rows', async () => {
    using scene = await openWithPlan();
    const { library } = scene;
    let before = library.events.latest().sequence;
    library.batches.start(scene.plan.planId, null, 'owner');
    expect(since(library, before).map(({ name }) => name)).toEqual(['run.added']);
    const assetIds = await completeJobs(library);
    before = library.events.latest().sequence;
    library.verdicts.decide({ assetIds, decision: { axis: 'status', value: 'redo' }, reason: '', reviewer: 'bo' });
    const [given, ...added] = since(library, before);
    expect(given).toMatchObject({
      name: 'verdict.given',
      by: 'bo',
      subject: assetIds,
      detail: { axis: 'status', value: 'redo', reason: '' },
    });
    expect(added).toMatchObject([{ name: 'run.added', by: 'bo', cause: given?.cause }]);
    before = library.events.latest().sequence;
    library.verdicts.undo('bo');
    expect(since(library, before).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['verdict.undone', 'run.shortened', 'run.finished']),
    );
    before = library.events.latest().sequence;
    library.events.record(
      'model.installed',
      Array.from({ length: 25_000 }, (_, index) => `m${index}`),
    );
    expect(since(library, before).map(({ subject }) => subject.length)).toEqual([10_000, 10_000, 5_000]);
  });

  it('are told in the name of who acts, and of the studio where nobody does', async () => {
    using scene = await openWithPlan();
    const { library } = scene;
    const before = library.events.latest().sequence;
    const brief = await actAs({ by: 'ada' }, async () => {
      await Promise.resolve();
      return library.briefs.create(makeBriefText('One'));
    });
    library.briefs.update(brief.id, makeBriefText('Two'));
    expect(since(library, before)).toMatchObject([
      { name: 'brief.created', subject: [brief.id], by: 'ada' },
      { name: 'brief.edited', subject: [brief.id], by: 'studio' },
    ]);
  });

  it('say nothing where nothing changed', async () => {
    using scene = await openWithPlan();
    const { library } = scene;
    library.batches.start(scene.plan.planId, null, 'owner');
    const [assetId] = (await completeJobs(library)) as [AssetId];
    library.assets.bin([assetId]);
    const before = library.events.latest().sequence;
    library.assets.bin([assetId]);
    library.settings.set('x', 1);
    expect(library.events.latest().sequence).toBe(before);
    library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
    expect(since(library, before)).toMatchObject([{ name: 'asset.deleted', subject: [assetId] }]);
    expect(library.assets.ids(assetFilterSchema.parse({}), 'oldest')).not.toContain(assetId);
  });
});

describe('a cursor', () => {
  it('keeps the place of its consumer over a restart, and never moves back', () => {
    using folder = createTestFolder();
    const library = openTestLibrary(folder.path);
    library.briefs.create(makeBriefText());
    expect(library.events.cursor('webhooks')).toBe(0);
    library.events.advance('webhooks', 1);
    library.events.advance('webhooks', 0);
    library.close();
    using reopened = openTestLibrary(folder.path, { idStart: 1000 });
    expect([reopened.events.cursor('webhooks'), reopened.events.cursor('flows')]).toEqual([1, 0]);
  });
});
