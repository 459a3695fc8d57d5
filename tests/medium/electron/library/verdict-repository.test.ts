import { describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import type { ReviewStatus } from '../../../../electron/contract/asset.ts';
import { assetIdSchema, ownerId } from '../../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../../electron/contract/identifiers.ts';
import type { Decision } from '../../../../electron/contract/review.ts';
import type { Library } from '../../../../electron/library/library.ts';
import { completeJobs, createTestFolder, openTestLibrary, preparePlan } from '../../../support/library-fixtures.ts';

async function openWithAssets() {
  const folder = createTestFolder();
  const library = openTestLibrary(folder.path);
  const plan = await preparePlan(library);
  library.batches.start(plan.planId, null, 'owner');
  const assetIds = await completeJobs(library);
  return {
    library,
    assetIds,
    decide: decider(library),
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

const decider =
  (library: Library) =>
  (assetIds: readonly AssetId[], decision: Decision, reviewer = 'ada') =>
    library.verdicts.decide({ assetIds, decision, reason: 'too dark', reviewer });
const everything = assetFilterSchema.parse({});
const nothing = expect.objectContaining({ code: 'review.nothingToUndo' });

describe('decide', () => {
  it('writes a verdict for each asset whose value changes', async () => {
    using scene = await openWithAssets();
    const { library, decide } = scene;
    const [a, b] = scene.assetIds as [AssetId, AssetId];
    decide([a], { axis: 'stars', value: 3 });
    const { group, assets } = decide([b, a, b], { axis: 'stars', value: 3 });
    expect(assets.map(({ id, stars }) => ({ id, stars }))).toEqual([
      { id: b, stars: 3 },
      { id: a, stars: 3 },
    ]);
    expect(library.assets.get(a).verdicts).toHaveLength(1);
    expect(library.assets.get(b).verdicts).toEqual([
      {
        id: expect.any(String),
        assetId: b,
        axis: 'stars',
        before: '0',
        after: '3',
        reason: 'too dark',
        reviewer: 'ada',
        group,
        undoes: null,
        createdAtMs: expect.any(Number),
      },
    ]);
  });

  it('keeps the three axes apart', async () => {
    using scene = await openWithAssets();
    const [a] = scene.assetIds as [AssetId];
    scene.decide([a], { axis: 'flag', value: 'pick' });
    scene.decide([a], { axis: 'status', value: 'redo' });
    scene.decide([a], { axis: 'stars', value: 5 });
    expect(scene.library.assets.summaries([a])[0]).toMatchObject({ flag: 'pick', status: 'redo', stars: 5 });
  });

  it('changes nothing when one of the assets is unknown or in the bin', async () => {
    using scene = await openWithAssets();
    const [a, b] = scene.assetIds as [AssetId, AssetId];
    scene.library.assets.bin([b]);
    for (const bad of [b, assetIdSchema.parse('7zzzzzzzzzzzzzzzzzzzzzzzzz')]) {
      expect(() => scene.decide([a, bad], { axis: 'stars', value: 5 })).toThrow(
        expect.objectContaining({ code: 'asset.notFound', data: { id: bad } }),
      );
    }
    expect(scene.library.assets.get(a)).toMatchObject({ stars: 0, verdicts: [] });
  });
});

describe('undo and redo', () => {
  it('walk back and forth through groups of verdicts', async () => {
    using scene = await openWithAssets();
    const { library, decide } = scene;
    const [a, b] = scene.assetIds as [AssetId, AssetId];
    const starsOf = () => library.assets.summaries([a, b]).map(({ stars }) => stars);
    decide([a], { axis: 'stars', value: 1 });
    decide([a, b], { axis: 'stars', value: 2 });
    decide([b], { axis: 'stars', value: 3 });
    const walk: number[][] = [];
    for (const step of ['undo', 'undo', 'undo', 'redo', 'redo', 'undo', 'redo', 'redo'] as const) {
      library.verdicts[step]('ada');
      walk.push(starsOf());
    }
    expect(walk).toEqual([
      [2, 2],
      [1, 0],
      [0, 0],
      [1, 0],
      [2, 2],
      [1, 0],
      [2, 2],
      [2, 3],
    ]);
    expect(() => library.verdicts.redo('ada')).toThrow(nothing);
    expect(library.assets.get(b).verdicts.at(-1)).toMatchObject({
      before: '2',
      after: '3',
      undoes: expect.any(String),
    });
  });

  it('have nothing to do in the beginning, and no redo after a new decision', async () => {
    using scene = await openWithAssets();
    const { library, decide } = scene;
    const [a] = scene.assetIds as [AssetId];
    expect(() => library.verdicts.undo('ada')).toThrow(nothing);
    expect(() => library.verdicts.redo('ada')).toThrow(nothing);
    decide([a], { axis: 'flag', value: 'pick' });
    library.verdicts.undo('ada');
    decide([a], { axis: 'flag', value: 'reject' });
    expect(() => library.verdicts.redo('ada')).toThrow(nothing);
    library.verdicts.undo('ada');
    expect(() => library.verdicts.undo('ada')).toThrow(nothing);
  });

  it("keep to the reviewer's own decisions", async () => {
    using scene = await openWithAssets();
    const { library, decide } = scene;
    const [a, b] = scene.assetIds as [AssetId, AssetId];
    decide([a], { axis: 'stars', value: 4 }, 'ada');
    decide([b], { axis: 'stars', value: 5 }, 'ben');
    expect(library.verdicts.undo('ada').assets.map(({ id }) => id)).toEqual([a]);
    expect(() => library.verdicts.undo('ada')).toThrow(nothing);
    expect(library.verdicts.undo('ben').assets.map(({ id }) => id)).toEqual([b]);
  });

  it('are not moved by a decision that changed nothing', async () => {
    using scene = await openWithAssets();
    const { library, decide } = scene;
    const [a] = scene.assetIds as [AssetId];
    decide([a], { axis: 'stars', value: 4 });
    decide([a], { axis: 'stars', value: 4 });
    library.verdicts.undo('ada');
    expect(library.assets.summaries([a])[0]?.stars).toBe(0);
    expect(library.verdicts.redo('ada').assets[0]?.stars).toBe(4);
  });

  it('survive a restart, and pass over what left through the bin', async () => {
    using folder = createTestFolder();
    const first = openTestLibrary(folder.path);
    const plan = await preparePlan(first);
    first.batches.start(plan.planId, null, 'owner');
    const [a, b] = (await completeJobs(first)) as [AssetId, AssetId];
    decider(first)([a], { axis: 'stars', value: 1 });
    decider(first)([b], { axis: 'stars', value: 2 });
    first.close();
    using library = openTestLibrary(folder.path, { idStart: 100_000 });
    library.assets.bin([b]);
    library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
    expect(library.verdicts.undo('ada').assets.map(({ id, stars }) => ({ id, stars }))).toEqual([{ id: a, stars: 0 }]);
  });
});

/** Ada has joined as a reviewer and Bo as a producer; the owner is an admin. */
async function openWithPeople() {
  const scene = await openWithAssets();
  const { library } = scene;
  const [ada, bo] = (['reviewer', 'producer'] as const).map((role, index) => {
    const [code, token] = [new Uint8Array(32).fill(2 * index), new Uint8Array(32).fill(2 * index + 1)];
    library.invites.add({ hash: code, role, personId: null, invitedBy: ownerId, lastsMs: 60_000 });
    return library.invites.accept({ code, token, name: role }).id;
  });
  if (ada === undefined || bo === undefined) throw new Error('nobody joined');
  const [a] = scene.assetIds as [AssetId];
  const say = (reviewer: string, value: ReviewStatus) => scene.decide([a], { axis: 'status', value }, reviewer);
  const status = () => library.assets.summaries([a])[0]?.status;
  const standing = () => library.assets.get(a).standing.map(({ reviewer, value }) => `${reviewer} ${value}`);
  return { scene, library, a, ada, bo, say, status, standing };
}

describe('verdicts of several people', () => {
  it('stand side by side, also where they agree, and undo takes back only what its own person said', async () => {
    const { scene, library, ada, bo, say, status, standing } = await openWithPeople();
    using _ = scene;
    say(ada, 'approved');
    expect(say(bo, 'approved')).toMatchObject({ isWritten: true, assets: [{ status: 'approved' }] });
    expect(say(bo, 'approved').isWritten).toBe(false);
    expect(standing()).toEqual([`${bo} approved`, `${ada} approved`]);
    say(ownerId, 'rejected');
    library.verdicts.undo(ada);
    expect([status(), standing()]).toEqual(['rejected', [`${ownerId} rejected`, `${bo} approved`]]);
    library.verdicts.undo(ownerId);
    expect([status(), standing()]).toEqual(['approved', [`${bo} approved`]]);
    library.verdicts.undo(bo);
    expect([status(), standing()]).toEqual(['unreviewed', []]);
    library.verdicts.redo(ada);
    library.verdicts.redo(ownerId);
    expect([status(), standing()]).toEqual(['rejected', [`${ownerId} rejected`, `${ada} approved`]]);
  });

  it('say the status by the rule of the library, which says them all anew when it changes', async () => {
    const { scene, library, a, ada, bo, say, status, standing } = await openWithPeople();
    using _ = scene;
    const filtered = () => library.assets.ids({ ...everything, statuses: ['approved'] }, 'oldest');
    say(ada, 'approved');
    expect(library.verdicts.setRule({ kind: 'quorum', count: 2 })).toBe(1);
    expect([status(), filtered()]).toEqual(['unreviewed', []]);
    expect(say(bo, 'approved').assets).toMatchObject([{ status: 'approved' }]);
    expect(filtered()).toEqual([a]);
    say(ownerId, 'rejected');
    expect(status(), 'two of three approve').toBe('approved');
    expect(library.verdicts.setRule({ kind: 'unanimous' })).toBe(1);
    expect(status()).toBe('unreviewed');
    library.verdicts.undo(ownerId);
    expect(status()).toBe('approved');
    library.verdicts.setRule({ kind: 'role', role: 'producer' });
    say(ada, 'rejected');
    expect([status(), standing()]).toEqual(['approved', [`${ada} rejected`, `${bo} approved`]]);
    library.people.setRole(ada, 'admin');
    expect(status(), 'what Ada said counts with her new role').toBe('rejected');
    expect(library.verdicts.setRule({ kind: 'newest' })).toBe(0);
    expect(library.verdicts.rule()).toEqual({ kind: 'newest' });
    const { events } = library;
    const rules = events
      .list({ after: 0, upTo: events.latest().sequence, limit: 1000 })
      .filter(({ name }) => name === 'review.ruleChanged');
    expect(rules.map(({ detail }) => detail)).toEqual([
      { kind: 'quorum', count: '2' },
      { kind: 'unanimous' },
      { kind: 'role', role: 'producer' },
      { kind: 'newest' },
    ]);
  });

  it('ask for another take when the rule says redo, once', async () => {
    const { scene, library, ada, bo, say, status } = await openWithPeople();
    using _ = scene;
    library.verdicts.setRule({ kind: 'quorum', count: 2 });
    expect(say(ada, 'redo').retakes.jobIds).toEqual([]);
    expect(say(bo, 'redo').retakes.jobIds).toHaveLength(1);
    expect(say(ownerId, 'redo').retakes.jobIds).toEqual([]);
    expect(status()).toBe('redo');
  });
});
