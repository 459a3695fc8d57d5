import { describe, expect, it } from 'vitest';
import { batchSchema } from '../../../../../electron/contract/batch.ts';
import { briefSummarySchema } from '../../../../../electron/contract/brief.ts';
import { planSchema } from '../../../../../electron/contract/plan.ts';
import { listWaiting } from '../../../../../renderer/features/library/waiting-list.ts';

const id = (digit: number) => String(digit).padStart(26, '0');
const brief = (
  digit: number,
  name: string,
  counts: Partial<Record<'conceptCount' | 'assetCount' | 'unreviewedCount' | 'approvedCount', number>>,
) =>
  briefSummarySchema.parse({
    id: id(digit),
    name,
    product: 'p',
    goal: 'g',
    updatedAtMs: 1,
    conceptCount: 0,
    assetCount: 0,
    unreviewedCount: 0,
    approvedCount: 0,
    covers: [],
    ...counts,
  });
const plan = planSchema.parse({
  id: id(8),
  briefId: id(1),
  brandVersionId: id(9),
  name: 'Plan A',
  conceptIds: [id(7)],
  formatIds: ['story'],
  locales: ['en'],
  variations: 1,
  seed: 1,
  cellCount: 1,
  createdAtMs: 1,
});
const batch = (state: string, failed: number) =>
  batchSchema.parse({
    id: id(5),
    planId: plan.id,
    state,
    total: 9,
    done: 4,
    failed,
    waiting: 5,
    inHand: [],
    imagesPerMinute: null,
    remaining: null,
    waitingFor: null,
    latestAssetIds: [],
    remade: 0,
    startedAtMs: 1,
    finishedAtMs: null,
  });

describe('listWaiting', () => {
  it('asks for the next step of each campaign, and for nothing when all is judged', () => {
    const briefs = [
      brief(1, 'A', { conceptCount: 2, assetCount: 9, unreviewedCount: 3 }),
      brief(2, 'B', { conceptCount: 4 }),
      brief(3, 'C', {}),
      brief(4, 'D', { conceptCount: 1, assetCount: 5 }),
    ];
    expect(listWaiting(briefs, [], []).map(({ text, destination }) => [text, destination.screen])).toEqual([
      ['3 images to review in A', 'review'],
      ['4 concepts to produce in B', 'produce'],
      ['C has no concepts yet', 'ideate'],
    ]);
  });

  it('puts what failed and what is paused first', () => {
    const items = listWaiting([brief(1, 'A', {})], [batch('paused', 1)], [plan]);
    expect(items.map(({ text }) => text)).toEqual([
      '1 image failed in Plan A',
      'Plan A is paused, 5 to go',
      'A has no concepts yet',
    ]);
    expect(items[0]?.destination).toEqual({
      screen: 'produce',
      parts: [id(1)],
      parameters: { plan: id(8), batch: id(5) },
    });
  });
});
