import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import type { AssetId } from '../../../../electron/contract/identifiers.ts';
import type { Library } from '../../../../electron/library/library.ts';
import type { PictureJob } from '../../../../scripts/proof/picture-jobs.ts';
import {
  createManualClock,
  createTestFolder,
  makePictureBytes,
  makeResult,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';
import { claimPicture, completePicture } from '../../../../scripts/proof/picture-jobs.ts';

/** What a library should hold after any series of steps, kept by the simplest means. */
type Model = {
  waiting: number;
  readonly assets: Map<AssetId, { stars: number; binned: boolean }>;
  readonly undo: { readonly before: Map<AssetId, number>; readonly after: Map<AssetId, number> }[];
  readonly redo: { readonly before: Map<AssetId, number>; readonly after: Map<AssetId, number> }[];
  inHand: PictureJob | null;
};

type Scene = {
  library: Library;
  readonly model: Model;
  readonly path: string;
  readonly clock: ReturnType<typeof createManualClock>;
  openings: number;
  pictures: number;
};
type Step = (scene: Scene) => Promise<void> | void;

const anyFilter = assetFilterSchema.parse({});
const visible = (model: Model) => [...model.assets].filter(([, { binned }]) => !binned).map(([id]) => id);
const pick = (ids: readonly AssetId[], numbers: readonly number[]) =>
  ids.length === 0 ? [] : [...new Set(numbers.map((number) => ids[number % ids.length] as AssetId))];

async function finishJob(scene: Scene): Promise<void> {
  const { library, model } = scene;
  const job = model.inHand ?? claimPicture(library, { worker: 'w', leaseMs: 1000 });
  if (job === null) {
    expect(model.waiting).toBe(0);
    return;
  }
  const hash = await library.store.put(makePictureBytes((scene.pictures += 1) % 7, 200));
  const outcome = completePicture(library, job, makeResult(job, hash));
  expect(outcome.kind).toBe('committed');
  if (outcome.kind === 'committed') {
    model.assets.set(outcome.assetId, { stars: 0, binned: false });
    model.waiting -= model.inHand === null ? 1 : 0;
    model.inHand = null;
  }
}

function rate({ library, model }: Scene, assetIds: readonly AssetId[], stars: number): void {
  if (assetIds.length === 0) {
    return;
  }
  library.verdicts.decide({ assetIds, decision: { axis: 'stars', value: stars }, reason: '', reviewer: 'ada' });
  const before = new Map(
    assetIds.map((id) => [id, model.assets.get(id)?.stars ?? 0] as const).filter(([, old]) => old !== stars),
  );
  if (before.size > 0) {
    model.undo.push({ before, after: new Map([...before.keys()].map((id) => [id, stars])) });
    model.redo.length = 0;
    applyStars(model, model.undo.at(-1)?.after ?? new Map());
  }
}

function applyStars(model: Model, values: ReadonlyMap<AssetId, number>): void {
  for (const [id, stars] of values) {
    const asset = model.assets.get(id);
    if (asset !== undefined) {
      asset.stars = stars;
    }
  }
}

/** Groups all of whose assets are gone for good are passed over. */
function takeBack({ library, model }: Scene, verb: 'undo' | 'redo'): void {
  const [from, to] = verb === 'undo' ? [model.undo, model.redo] : [model.redo, model.undo];
  const at = from.findLastIndex(({ after }) => [...after.keys()].some((id) => model.assets.has(id)));
  const group = from[at];
  if (group === undefined) {
    expect(() => library.verdicts[verb]('ada')).toThrow(expect.objectContaining({ code: 'review.nothingToUndo' }));
    return;
  }
  library.verdicts[verb]('ada');
  from.splice(at, 1);
  to.push(group);
  applyStars(model, verb === 'undo' ? group.before : group.after);
}

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>(finishJob) },
  {
    weight: 2,
    arbitrary: fc.constant<Step>(({ library, model }) => {
      model.inHand ??=
        (model.waiting -= 1) >= 0 ? claimPicture(library, { worker: 'w', leaseMs: 1000 }) : ((model.waiting = 0), null);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(({ library, model, clock }) => {
      clock.advance(2000);
      expect(library.jobs.releaseExpired()).toEqual(model.inHand === null ? [] : [model.inHand.jobId]);
      model.waiting += model.inHand === null ? 0 : 1;
      model.inHand = null;
    }),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(numbers, fc.nat({ max: 5 })).map<Step>(
      ([chosen, stars]) =>
        (scene) =>
          rate(scene, pick(visible(scene.model), chosen), stars),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('undo' as const, 'redo' as const).map<Step>((verb) => (scene) => takeBack(scene, verb)),
  },
  {
    weight: 2,
    arbitrary: numbers.map<Step>((chosen) => ({ library, model }) => {
      const ids = pick(visible(model), chosen);
      expect(library.assets.bin(ids)).toBe(ids.length);
      ids.forEach((id) => Object.assign(model.assets.get(id) ?? {}, { binned: true }));
    }),
  },
  {
    weight: 1,
    arbitrary: numbers.map<Step>((chosen) => ({ library, model }) => {
      const ids = pick([...model.assets.keys()], chosen);
      library.assets.restore(ids);
      ids.forEach((id) => Object.assign(model.assets.get(id) ?? {}, { binned: false }));
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(({ library, model }) => {
      const gone = [...model.assets].filter(([, { binned }]) => binned).map(([id]) => id);
      expect(library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER }).assets).toBe(gone.length);
      gone.forEach((id) => model.assets.delete(id));
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((scene) => {
      scene.library.close();
      scene.openings += 1;
      scene.library = openTestLibrary(scene.path, { clock: scene.clock, idStart: scene.openings * 1_000_000 });
      scene.model.waiting += scene.model.inHand === null ? 0 : 1;
      scene.model.inHand = null;
    }),
  },
);

function compare({ library, model }: Scene): void {
  const starsOf = (id: AssetId) => model.assets.get(id)?.stars ?? 0;
  const rated = visible(model).filter((id) => starsOf(id) >= 3);
  expect(library.assets.ids({ ...anyFilter, minStars: 3 }, 'oldest')).toEqual(rated);
  expect(library.assets.ids(anyFilter, 'oldest')).toEqual(visible(model));
  expect(library.assets.summaries(visible(model)).map(({ stars }) => stars)).toEqual(
    visible(model).map((id) => model.assets.get(id)?.stars),
  );
  expect(library.batches.countQueue()).toEqual({ waiting: model.waiting, running: model.inHand === null ? 0 : 1 });
}

describe('a library', () => {
  it('holds what a simple model holds after any series of steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        using folder = createTestFolder();
        const clock = createManualClock();
        const library = openTestLibrary(folder.path, { clock });
        const scene: Scene = {
          library,
          path: folder.path,
          clock,
          openings: 0,
          pictures: 0,
          model: { waiting: 12, assets: new Map(), undo: [], redo: [], inHand: null },
        };
        const { planId } = await preparePlan(library, { concepts: 1, formats: ['story'], variations: 12 });
        library.batches.start(planId, null, 'owner');
        try {
          for (const take of steps) {
            await take(scene);
            compare(scene);
          }
          expect((await scene.library.fsck({ read: 'all' })).findings).toEqual([]);
        } finally {
          scene.library.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
