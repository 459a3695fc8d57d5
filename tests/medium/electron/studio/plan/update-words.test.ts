import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { assetFilterSchema } from '../../../../../electron/contract/asset.ts';
import type { MadeAsset as Asset } from '../../../../../electron/contract/asset.ts';
import type { BatchId, DeliverableId } from '../../../../../electron/contract/identifiers.ts';
import { editDeliverable } from '../../../../../electron/studio/ideation/edit-deliverable.ts';
import { listHeadlines } from '../../../../../electron/studio/plan/list-headlines.ts';
import { startBatch, updateWords } from '../../../../../electron/studio/plan/control-batch.ts';
import type { MadePlan } from '../../../../support/studio/make-plan.ts';
import { makePlan } from '../../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../../support/studio/open-test-studio.ts';

let opened: TestStudio;
let made: MadePlan;
let originals: Asset[];
let originalCount: number;

const library = () => opened.studio.context.library;
const assets = () =>
  library()
    .assets.ids(assetFilterSchema.parse({ planId: made.plan.id }), 'oldest')
    .map((id) => library().assets.getMade(id));

/** A cell's newest picture in the plan's order: one that fails its checks is tried again, and then a cell has several. */
const newestOfCells = () => [...new Map(assets().map((asset) => [asset.cellId, asset])).values()];

async function finish(batchId: BatchId): Promise<void> {
  await vi.waitFor(() => expect(library().batches.get(batchId).state).toBe('finished'), {
    timeout: 60_000,
    interval: 50,
  });
}

function sayInstead(conceptId: DeliverableId, headline: string): void {
  const { id, content } = library().deliverables.latest(conceptId);
  if (content.kind !== 'concept') throw new Error('no concept');
  editDeliverable(opened.studio.context, id, { kind: 'concept', concept: { ...content.concept, headline } });
}

beforeAll(async () => {
  opened = await openTestStudio({ realFinisher: true });
  made = await makePlan(opened.studio.context, 4);
  await finish(startBatch(opened.studio.context, made.plan.id, null, 'owner').id);
  originals = newestOfCells();
  originalCount = assets().length;
});
afterAll(() => opened[Symbol.asyncDispose]());

describe('updateWords', { timeout: 120_000 }, () => {
  it('has nothing to do while every picture says what its concept says', () => {
    expect(library().pictures.staleWords(made.plan.id)).toEqual([]);
    expect(() => updateWords(opened.studio.context, made.plan.id, null, 'owner')).toThrow('Every picture says');
  });

  it('sets a new headline over the art that is there, for the pictures of its concept alone, and draws nothing', async () => {
    const [conceptId] = made.conceptIds;
    if (conceptId === undefined) throw new Error('no concept');
    sayInstead(conceptId, 'Foam at dawn');
    const drawn = library().jobs.recentDurationsMs('picture.make', 100).length;
    const own = originals.filter((asset) => asset.conceptId === conceptId);
    expect(
      library()
        .pictures.staleWords(made.plan.id)
        .map(({ assetId }) => assetId),
    ).toEqual(own.map(({ id }) => id));
    const batch = updateWords(opened.studio.context, made.plan.id, null, 'owner');
    await finish(batch.id);
    const takes = assets().slice(originalCount);
    expect(takes.map(({ cellId }) => cellId)).toEqual(own.map(({ cellId }) => cellId));
    for (const [at, take] of takes.entries()) {
      const before = own[at];
      expect(take.headline).toBe('Foam at dawn');
      expect(take.hash).not.toBe(before?.hash);
      expect(library().assets.art(take.id)).toBe(before && library().assets.art(before.id));
      const { template, ...drawing } = take.recipe;
      const { template: templateBefore, ...drawingBefore } = before?.recipe ?? {};
      expect(drawing).toEqual(drawingBefore);
      expect(template).toEqual({ ...templateBefore, headline: 'Foam at dawn' });
      expect(take.report?.checks.find(({ name }) => name === 'sameness')?.passed).toBe(
        before?.report?.checks.find(({ name }) => name === 'sameness')?.passed,
      );
    }
    expect(listHeadlines(library(), made.plan.id)).toContainEqual({ conceptId, headline: 'Foam at dawn' });
    expect(library().jobs.recentDurationsMs('picture.make', 100)).toHaveLength(drawn);
    expect(library().jobs.recentDurationsMs('picture.compose', 100)).toHaveLength(takes.length);
    expect(library().pictures.staleWords(made.plan.id)).toEqual([]);
  });

  it('sets words a second time without calling the takes of one cell the same', async () => {
    const [conceptId] = made.conceptIds;
    if (conceptId === undefined) throw new Error('no concept');
    sayInstead(conceptId, 'Foam at noon');
    const [first] = library().pictures.staleWords(made.plan.id);
    if (first === undefined) throw new Error('nothing is stale');
    await finish(updateWords(opened.studio.context, made.plan.id, [first.cellId], 'owner').id);
    const newest = assets().at(-1);
    expect(newest?.cellId).toBe(first.cellId);
    expect(newest?.report?.checks.find(({ name }) => name === 'sameness')).toMatchObject({ passed: true });
    expect(library().pictures.staleWords(made.plan.id)).toHaveLength(1);
  });
});
