import { isDeepStrictEqual } from 'node:util';
import type { Batch } from '../../contract/batch.ts';
import { assetFilterSchema } from '../../contract/asset.ts';
import type { AssetFilter } from '../../contract/asset.ts';
import type { BrandVersion } from '../../contract/brand.ts';
import type { Brief } from '../../contract/brief.ts';
import type { Delivery } from '../../contract/delivery.ts';
import { isStudioError, reviveError, StudioError } from '../../contract/errors.ts';
import type { DeliverableId, PlanId } from '../../contract/identifiers.ts';
import type { Plan } from '../../contract/plan.ts';
import type { FormatId } from '../../contract/format.ts';
import type { PictureSource } from '../../contract/recipe.ts';
import type { Run } from '../../contract/run.ts';
import { countCells } from '../../domain/production/plan-cells.ts';
import { exportDelivery } from '../deliver/export-delivery.ts';
import { runIdeation } from '../ideation/run-ideation.ts';
import { resumeRun } from '../jobs/control-run.ts';
import { followRun, readOutput, startPatience } from '../jobs/follow-run.ts';
import { startBatch } from './control-batch.ts';
import { watchBatch } from './watch-batch.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { createPlan } from './create-plan.ts';

/** Pictures that fail a check are made again with other seeds, up to this many times the wanted count in all. */
const MAX_CELLS_PER_IMAGE = 2;
/** How often the image model is loaded before its process counts as broken. */
const MAX_LOADS = 3;
const PERSONAS = 1;
const GAPS = 2;

export type ProduceInput = {
  /** The text model that writes concepts; left out, the campaign's, else the usual one. */
  readonly textModel?: string | undefined;
  readonly brief: Brief;
  readonly brandVersion: BrandVersion;
  /** Images that pass every check. */
  readonly count: number;
  readonly concepts: number;
  readonly seed: number;
  /** A picture in the store that all pictures are made from. */
  readonly source?: PictureSource;
  /** Default: the formats of the brief. */
  readonly formatIds: readonly FormatId[];
  readonly target: { readonly folder: string; readonly replace: boolean };
  /** Who asks for it. */
  readonly askedBy: string;
};

export type ProduceEvent =
  | { readonly type: 'ideation'; readonly run: Run }
  | { readonly type: 'batch'; readonly batch: Batch; readonly passed: number; readonly wanted: number }
  | { readonly type: 'export'; readonly done: number; readonly total: number };

export type ProduceSummary = {
  readonly planId: PlanId;
  readonly concepts: number;
  readonly wanted: number;
  readonly made: number;
  readonly passed: number;
  /** Of those that pass, how many did with their first try, and how often a picture was made again. */
  readonly passedFirst: number;
  readonly remade: number;
  readonly failedJobs: number;
  readonly imagesPerMinute: number | null;
  readonly delivery: Delivery;
};

export type ProduceCall = {
  readonly signal: AbortSignal;
  /** Told of the work that is under way when the signal aborts. Without it, it goes on with the library. */
  readonly onLeave?: (runId: Run['id']) => void;
  readonly onEvent: (event: ProduceEvent) => void;
  /** Longest time behind something that stands in the way, with nothing made meanwhile. Left out, it waits for ever. */
  readonly patienceMs?: number;
};

/**
 * The main job without a window: concepts, plan, pictures, export of what passes every check. Everything made is unreviewed and stays in
 * the library. What an earlier, interrupted call with the same input has made is used and not made again.
 */
export async function produceBrief(
  context: StudioContext,
  input: ProduceInput,
  call: ProduceCall,
): Promise<ProduceSummary> {
  await assertModelLoads(context, input, call.signal);
  const conceptIds = await findConcepts(context, input, call);
  const plan = findPlan(context, input, conceptIds) ?? makePlan(context, input, conceptIds);
  await makePictures(context, input, plan, call);
  const filter = filterOf(plan, 'passed');
  const made = countMade(context, plan);
  const delivery = await exportSet(context, input, filter, call);
  const tries = context.library.plans.tries(plan.id);
  const secondsPerImage = context.rate.secondsPerImage();
  return {
    planId: plan.id,
    concepts: conceptIds.length,
    wanted: input.count,
    made,
    passed: context.library.assets.counts(filter).total,
    passedFirst: tries.find(({ number }) => number === 1)?.passed ?? 0,
    remade: tries.filter(({ number }) => number > 1).reduce((sum, { made }) => sum + made, 0),
    failedJobs: context.library.plans.cells(plan.id).filter(({ status }) => status === 'failed').length,
    imagesPerMinute: secondsPerImage === null ? null : 60 / secondsPerImage,
    delivery,
  };
}

/** A model or LoRA that is missing or damaged is said now, not after the writing. A process that dies while it loads is given another try. */
async function assertModelLoads(
  { engines }: StudioContext,
  { brandVersion }: ProduceInput,
  signal: AbortSignal,
): Promise<void> {
  const { model, loras } = brandVersion.kit.style;
  for (let tries = 1; ; tries += 1) {
    try {
      await engines.image.ensureLoaded({ signal, loras, ...(model === null ? {} : { model }) });
      return;
    } catch (error) {
      const isDeath = isStudioError(error) && (error.code === 'engine.crashed' || error.code === 'engine.hung');
      if (!isDeath || tries >= MAX_LOADS || signal.aborted) throw error;
    }
  }
}

async function exportSet(
  context: StudioContext,
  { brief, target, askedBy }: ProduceInput,
  filter: AssetFilter,
  { signal, onEvent, patienceMs }: ProduceCall,
): Promise<Delivery> {
  const begun = exportDelivery(context, { name: brief.fields.name, filter, target }, askedBy);
  // A small export may be over before its job is ever seen in hand.
  onEvent({ type: 'export', done: 0, total: context.library.assets.counts(filter).total });
  const run = await followRun(context, begun.id, {
    signal,
    onAbort: 'stops',
    ...(patienceMs !== undefined && { patienceMs }),
    onRun: ({ inHand: [job] }) => {
      if (job !== undefined) onEvent({ type: 'export', done: job.done, total: job.total });
    },
  });
  const delivery = readOutput(context, run, 'delivery.write');
  onEvent({ type: 'export', done: delivery.files, total: delivery.files });
  return delivery;
}

function countMade({ library }: StudioContext, plan: Plan): number {
  return library.assets.counts(filterOf(plan, 'any')).total;
}

/** Where not one picture could be made, the reason is worth more than an empty export. */
function assertAnyMade(context: StudioContext, plan: Plan): void {
  if (countMade(context, plan) > 0) return;
  for (const { id } of context.library.batches.list(plan.id, 200)) {
    const [failed] = context.library.batches.failures(id);
    if (failed !== undefined) throw reviveError(failed.error);
  }
}

function filterOf(plan: Plan, compliance: AssetFilter['compliance']): AssetFilter {
  return assetFilterSchema.parse({ planId: plan.id, compliance });
}

/** Concepts that are there already, and as many new ones as are missing. */
async function findConcepts(
  context: StudioContext,
  { brief, brandVersion, concepts, seed, askedBy, textModel }: ProduceInput,
  { signal, onEvent, onLeave, patienceMs }: ProduceCall,
): Promise<DeliverableId[]> {
  const listed = () => context.library.deliverables.board(brief.id);
  const follow = async (runId: Run['id']) =>
    followRun(context, runId, {
      signal,
      onAbort: 'goesOn',
      onRun: (run) => onEvent({ type: 'ideation', run }),
      ...(patienceMs !== undefined && { patienceMs }),
    }).finally(() => {
      if (signal.aborted) onLeave?.(runId);
    });
  // What an interrupted call began is finished first.
  for (const { id, state } of context.library.runs.list({
    kinds: ['ideation'],
    open: true,
    briefId: brief.id,
    limit: 200,
  })) {
    if (state === 'paused') resumeRun(context, id);
    await follow(id);
  }
  const missing = concepts - listed().filter(({ content }) => content.kind === 'concept').length;
  let failure: StudioError | null = null;
  if (missing > 0) {
    const has = (kind: string) => listed().some(({ content }) => content.kind === kind);
    const counts = { personas: has('persona') ? 0 : PERSONAS, gaps: has('gap') ? 0 : GAPS, concepts: missing };
    const begun = runIdeation(
      context,
      { briefId: brief.id, brandVersionId: brandVersion.id, ...counts, seed, model: textModel },
      askedBy,
    );
    const { firstFailure } = await follow(begun.id);
    if (firstFailure !== null) failure = reviveError(firstFailure);
  }
  const ids = listed()
    .filter(({ content }) => content.kind === 'concept')
    .slice(0, concepts)
    .map(({ id }) => id);
  if (ids.length === 0)
    throw failure ?? new StudioError('plan.empty', 'There is no concept to make pictures of.', { missing: 'concepts' });
  context.library.deliverables.choose(ids, true);
  return ids;
}

function planName({ brief, count }: ProduceInput): string {
  return `${brief.fields.name}, ${count} images`.slice(0, 120);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function findPlan({ library }: StudioContext, input: ProduceInput, conceptIds: readonly DeliverableId[]): Plan | null {
  return (
    library.plans
      .list(input.brief.id)
      .find(
        (plan) =>
          plan.name === planName(input) &&
          plan.brandVersionId === input.brandVersion.id &&
          plan.seed === input.seed &&
          isDeepStrictEqual(plan.source, input.source) &&
          isSame(plan.conceptIds, conceptIds) &&
          isSame(plan.formatIds, input.formatIds),
      ) ?? null
  );
}

function makePlan(context: StudioContext, input: ProduceInput, conceptIds: readonly DeliverableId[]): Plan {
  const axes = { conceptIds: [...conceptIds], formatIds: [...input.formatIds], locales: input.brief.fields.locales };
  const perVariation = countCells({ ...axes, variations: 1 });
  const variations = Math.max(1, Math.ceil((MAX_CELLS_PER_IMAGE * input.count) / perVariation));
  return createPlan(context, {
    ...axes,
    variations,
    briefId: input.brief.id,
    brandVersionId: input.brandVersion.id,
    name: planName(input),
    seed: input.seed,
    ...(input.source && { source: input.source }),
  });
}

/** Makes the first cells of the plan, then further ones for those that did not pass, until enough pass or the plan is used up. */
async function makePictures(
  context: StudioContext,
  { count, askedBy }: ProduceInput,
  plan: Plan,
  { signal, onEvent, onLeave, patienceMs }: ProduceCall,
): Promise<void> {
  const { library } = context;
  const patience = startPatience(context, 'batch', patienceMs);
  const countPassed = () => library.assets.counts(filterOf(plan, 'passed')).total;
  while (true) {
    for (const { id, state } of library.batches
      .list(plan.id, 200)
      .filter((batch) => batch.state === 'running' || batch.state === 'paused')) {
      if (state === 'paused') resumeRun(context, id);
      for await (const batch of watchBatch(context, id, signal)) {
        onEvent({ type: 'batch', batch, passed: countPassed(), wanted: count });
        patience?.look(countMade(context, plan));
      }
      if (signal.aborted) onLeave?.(id);
      signal.throwIfAborted();
    }
    const cells = library.plans.cells(plan.id);
    const used = cells.filter(({ status }) => status !== 'empty').length;
    const wanted = Math.min(count * MAX_CELLS_PER_IMAGE - used, count - countPassed());
    const next = cells.filter(({ status }) => status === 'empty').slice(0, Math.max(0, wanted));
    if (next.length === 0) return assertAnyMade(context, plan);
    startBatch(
      context,
      plan.id,
      next.map(({ id }) => id),
      askedBy,
    );
  }
}
