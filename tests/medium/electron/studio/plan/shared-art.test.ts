import { afterEach, describe, expect, it, vi } from 'vitest';
import { assetFilterSchema } from '../../../../../electron/contract/asset.ts';
import type { MadeAsset } from '../../../../../electron/contract/asset.ts';
import type { BatchId, PlanId } from '../../../../../electron/contract/identifiers.ts';
import { writeCopies } from '../../../../../electron/studio/copy/write-copies.ts';
import { retryFailedJobs } from '../../../../../electron/studio/jobs/control-run.ts';
import { startBatch } from '../../../../../electron/studio/plan/control-batch.ts';
import { createPlan } from '../../../../../electron/studio/plan/create-plan.ts';
import { editDeliverable } from '../../../../../electron/studio/ideation/edit-deliverable.ts';
import { saveBrandVersion } from '../../../../../electron/studio/brand/import-brand.ts';
import { makePlan } from '../../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../../support/studio/open-test-studio.ts';

const slow = { timeout: 120_000 };
let opened: TestStudio;
afterEach(() => opened[Symbol.asyncDispose]());

const library = () => opened.studio.context.library;

async function finish(batchId: BatchId): Promise<void> {
  await vi.waitFor(() => expect(library().batches.get(batchId).state).toBe('finished'), {
    timeout: 100_000,
    interval: 50,
  });
}

/** Everything that was made, oldest first. */
function readAssets(planId: PlanId): MadeAsset[] {
  return library()
    .assets.ids(assetFilterSchema.parse({ planId }), 'oldest')
    .map((id) => library().assets.getMade(id));
}

const count = (kind: string) => library().jobs.recentDurationsMs(kind, 1000).length;

/** A plan of one concept in three languages; `tries` of 1 makes no picture again. */
async function makeLanguages(variations: number, thresholds: object, imagePrompt?: string) {
  opened = await openTestStudio({ realFinisher: true, crashLimits: { breakerCrashes: 100 } });
  const { context } = opened.studio;
  const { plan: pattern, brandVersion } = await makePlan(context, 1, {
    concepts: 1,
    ...(imagePrompt && { imagePrompt }),
  });
  const { id: brandVersionId } = await saveBrandVersion(
    context,
    brandVersion.brandId,
    { ...brandVersion.kit, thresholds: { ...brandVersion.kit.thresholds, ...thresholds } },
    new Map(),
  );
  const [conceptId] = pattern.conceptIds;
  if (conceptId === undefined) throw new Error('no concept');
  const plan = createPlan(context, {
    ...pattern,
    brandVersionId,
    name: 'Three languages',
    formatIds: ['link-card'],
    locales: ['en', 'de', 'el'],
    variations,
    templates: [],
    source: undefined,
  });
  const words = { headline: 'Der Morgen', body: 'Aus Hafer.', callToAction: 'Los' };
  writeCopies(context.library, plan.id, [{ conceptId, locale: 'de', formatId: null, words }]);
  return { context, plan, words };
}

describe('a picture and its translations', slow, () => {
  it('are drawn once and share their art; each says its own words', async () => {
    const { context, plan, words } = await makeLanguages(2, { tries: 1 });
    await finish(startBatch(context, plan.id, null, 'owner').id);
    expect([count('picture.make'), count('picture.compose')]).toEqual([2, 4]);
    const assets = readAssets(plan.id);
    expect(assets).toHaveLength(6);
    for (const [, own] of Map.groupBy(assets, ({ recipe }) => recipe.seed)) {
      expect(new Set(own.map(({ locale }) => locale))).toEqual(new Set(['en', 'de', 'el']));
      expect(new Set(own.map(({ id }) => library().assets.art(id))).size).toBe(1);
      expect(own.find(({ locale }) => locale === 'de')?.headline).toBe(words.headline);
      expect(own.find(({ locale }) => locale === 'en')?.headline).not.toBe(words.headline);
    }
    expect(library().pictures.staleWords(plan.id)).toEqual([]);
  });

  it('wait for the last try of the one that is drawn', async () => {
    // Nothing can reach it, so that every picture is tried as often as the kit allows.
    const { context, plan } = await makeLanguages(1, { tries: 2, paletteDistance: 0.001 });
    const batch = startBatch(context, plan.id, null, 'owner');
    await finish(batch.id);
    const drawn = readAssets(plan.id).filter(({ remake }) => remake === null || remake.cause === 'checks');
    const english = drawn.filter(({ locale }) => locale === 'en');
    expect(english).toHaveLength(2);
    const last = english.at(-1);
    const art = last && library().assets.art(last.id);
    for (const locale of ['de', 'el']) {
      const [first, second] = drawn.filter((asset) => asset.locale === locale);
      expect(first && library().assets.art(first.id)).toBe(art);
      // What fails over shared art gets art of its own.
      expect(second && library().assets.art(second.id)).not.toBe(art);
    }
  });

  it('take the art of a picture that is there when their cell comes later', async () => {
    const { context, plan } = await makeLanguages(1, { tries: 1 });
    const cells = library().plans.cells(plan.id);
    const of = (locale: string) => cells.filter((cell) => cell.locale === locale).map(({ id }) => id);
    await finish(startBatch(context, plan.id, of('el'), 'owner').id);
    await finish(startBatch(context, plan.id, of('de'), 'owner').id);
    expect([count('picture.make'), count('picture.compose')]).toEqual([1, 1]);
    const [greek, german] = readAssets(plan.id);
    expect(german && library().assets.art(german.id)).toBe(greek && library().assets.art(greek.id));
    // A further take is another picture.
    await finish(startBatch(context, plan.id, of('de'), 'owner').id);
    expect(count('picture.make')).toBe(2);
  });

  it('fail with a sentence where the one that is drawn cannot be made, and are made when that one is tried again', async () => {
    const { context, plan } = await makeLanguages(1, { tries: 1 }, 'a calm field [[short]]');
    const batch = startBatch(context, plan.id, null, 'owner');
    await finish(batch.id);
    expect(library().batches.get(batch.id)).toMatchObject({ done: 0, failed: 3 });
    expect(
      library()
        .batches.failures(batch.id)
        .filter(({ error }) => error.code === 'job.needFailed'),
    ).toHaveLength(2);
    const [conceptId] = plan.conceptIds;
    if (conceptId === undefined) throw new Error('no concept');
    const { id, content } = library().deliverables.latest(conceptId);
    if (content.kind !== 'concept') throw new Error('no concept');
    editDeliverable(context, id, { kind: 'concept', concept: { ...content.concept, imagePrompt: 'a calm field' } });
    retryFailedJobs(context, batch.id);
    await finish(batch.id);
    expect(library().batches.get(batch.id)).toMatchObject({ done: 3, failed: 0 });
    expect(count('picture.make')).toBe(1);
  });
});
