import { createHash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import { saveBrandVersion } from '../../../../electron/studio/brand/import-brand.ts';
import { runIdeation } from '../../../../electron/studio/ideation/run-ideation.ts';
import { followRun } from '../../../../electron/studio/jobs/follow-run.ts';
import { chooseTextModel } from '../../../../electron/studio/models/text-choice.ts';
import { createPlan } from '../../../../electron/studio/plan/create-plan.ts';
import { startBatch } from '../../../../electron/studio/plan/control-batch.ts';
import { createFakeEngines, createFakeModelStore } from '../../../support/fake-engine/create-fake-engines.ts';
import { makeImageJob } from '../../../support/fake-engine/make-jobs.ts';
import { addConcept, makePlan } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../support/studio/open-test-studio.ts';

let opened: TestStudio | null = null;
afterEach(async () => {
  await opened?.[Symbol.asyncDispose]();
  opened = null;
});

/** Any name is an installed model. */
function createManyModels() {
  const store = createFakeModelStore();
  const find: typeof store.find = async (kind, name) => {
    const model = await store.find(kind, null);
    if (name === null) return model;
    return { ...model, name, path: `/fake/${name}`, hash: createHash('sha256').update(name).digest('hex') };
  };
  return { ...store, find };
}

it('each recipe of two batches at once names the model that drew its picture', { timeout: 60_000 }, async () => {
  opened = await openTestStudio({ modelStore: createManyModels(), fake: { imageMs: 10 } });
  const { context } = opened.studio;
  const { brief, brandVersion } = await makePlan(context, 2);
  const { brandId, kit } = brandVersion;
  const plans = [];
  for (const model of ['red', 'blue']) {
    const version = await saveBrandVersion(context, brandId, { ...kit, style: { ...kit.style, model } }, new Map());
    const plan = createPlan(context, {
      briefId: brief.id,
      brandVersionId: version.id,
      name: model,
      conceptIds: [addConcept(context, brief, model, 'calm gradient')],
      formatIds: ['square-post'],
      locales: ['en'],
      variations: 6,
      seed: 1,
    });
    plans.push({ model, plan });
  }
  const made: { readonly job: string; readonly model: string }[] = [];
  const hold = context.engines.image.hold.bind(context.engines.image);
  Object.assign(context.engines.image, {
    hold: ((need, work) =>
      hold(need, (held) =>
        work({
          ...held,
          async run(job, call) {
            const result = await held.run(job, call);
            made.push({ job: String(need.model), model: result.model.name });
            return result;
          },
        }),
      )) satisfies typeof hold,
  });
  const batches = plans.map(({ plan: { id } }) => startBatch(context, id, null, 'owner'));
  for (const { id } of batches)
    await expect.poll(() => context.library.runs.get(id).state, { timeout: 40_000 }).toBe('finished');
  expect(made.every(({ job, model }) => job === model)).toBe(true);
  expect(new Set(made.map(({ model }) => model))).toEqual(new Set(['red', 'blue']));
  for (const {
    model,
    plan: { id },
  } of plans)
    for (const assetId of context.library.assets.ids(assetFilterSchema.parse({ planId: id }), 'oldest'))
      expect(context.library.assets.getMade(assetId).recipe.model.name).toBe(model);
});

it.each(['image', 'text', 'vision'] as const)(
  'a held %s model stays loaded while others want another',
  async (kind) => {
    const engines = createFakeEngines({ imageMs: 5 }, { models: createManyModels() });
    const client: { hold: (typeof engines.image)['hold'] } = engines[kind] as never;
    const seen: string[] = [];
    const work = (model: string) =>
      client.hold({ model }, async (held) => {
        for (let round = 0; round < 3; round += 1) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          const loaded = engines.status().find((status) => status.kind === kind)?.model;
          seen.push(`${model}:${held.info.name}:${loaded}`);
          if (kind === 'image') seen.push(`${model}:${(await held.run(makeImageJob())).model.name}:${model}`);
        }
      });
    await Promise.all(['a', 'b', 'a', 'c'].map(work));
    expect(seen.filter((line) => new Set(line.split(':')).size > 1)).toEqual([]);
    expect(seen.length).toBe(kind === 'image' ? 24 : 12);
    await engines[Symbol.asyncDispose]();
  },
);

it(
  'a run is written by its own text model, else by that of the campaign, else by the usual one',
  { timeout: 60_000 },
  async () => {
    opened = await openTestStudio({ modelStore: createManyModels() });
    const { context } = opened.studio;
    const { brief } = await makePlan(context, 1);
    const write = async (model?: string) => {
      const counts = { personas: 0, gaps: 0, concepts: 1 };
      const { id } = runIdeation(
        context,
        { briefId: brief.id, brandVersionId: null, ...counts, seed: 9, model },
        'tester',
      );
      await followRun(context, id, { signal: new AbortController().signal, onAbort: 'stops' });
      const newest = context.library.deliverables.board(brief.id).at(-1);
      return newest?.origin.kind === 'model' ? newest.origin.model : null;
    };
    const shipped = (await context.engines.models()).find(({ kind }) => kind === 'text')?.name;
    expect(await write()).toBe(shipped);
    await chooseTextModel(context, { briefId: null, name: 'usual' });
    expect(await write()).toBe('usual');
    expect(await chooseTextModel(context, { briefId: brief.id, name: 'campaign' })).toEqual({
      usual: 'usual',
      campaign: 'campaign',
    });
    expect(await write()).toBe('campaign');
    expect(await write('own')).toBe('own');
    await chooseTextModel(context, { briefId: brief.id, name: null });
    await chooseTextModel(context, { briefId: null, name: null });
    expect(await write()).toBe(shipped);
  },
);
