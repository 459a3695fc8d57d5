import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBatch } from '../../../../../electron/studio/plan/control-batch.ts';
import { varyPicture } from '../../../../../electron/studio/plan/vary-picture.ts';
import { assetFilterSchema } from '../../../../../electron/contract/asset.ts';
import type { MadeAsset as Asset } from '../../../../../electron/contract/asset.ts';
import type { PlanId } from '../../../../../electron/contract/identifiers.ts';
import { makePlan } from '../../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../../support/studio/open-test-studio.ts';

let opened: TestStudio;
let original: Asset;

async function makeAll(planId: PlanId): Promise<Asset[]> {
  const { library } = opened.studio.context;
  const cells = library.plans.cells(planId).length;
  const read = () =>
    library.assets.ids(assetFilterSchema.parse({ planId }), 'oldest').map((id) => library.assets.getMade(id));
  await vi.waitFor(() => expect(new Set(read().map(({ cellId }) => cellId)).size).toBe(cells), {
    timeout: 60_000,
    interval: 50,
  });
  return read();
}

beforeAll(async () => {
  opened = await openTestStudio({ realFinisher: true });
  const { context } = opened.studio;
  const { plan } = await makePlan(context, 1, { concepts: 1 });
  startBatch(context, plan.id, null, 'owner');
  const [first] = await makeAll(plan.id);
  if (first === undefined) throw new Error('no picture was made');
  original = first;
});
afterAll(() => opened[Symbol.asyncDispose]());

describe('varyPicture', { timeout: 120_000 }, () => {
  it('makes new pictures from what lies under type and logo, in every format asked for', async () => {
    const { context } = opened.studio;
    const variations = varyPicture(
      context,
      {
        assetId: original.id,
        strength: 0.5,
        formatIds: ['link-card', 'square-post'],
        count: 2,
        seed: 3,
        name: 'Variations',
      },
      'owner',
    );
    expect(variations.briefId).toBe(original.briefId);
    const made = await makeAll(variations.planId);
    const source = { hash: context.library.assets.art(original.id), strength: 0.5, mask: null };
    expect(new Set(made.map(({ formatId }) => formatId))).toEqual(new Set(['link-card', 'square-post']));
    for (const asset of made) {
      expect(asset.recipe.source).toEqual(source);
      expect(asset.recipe.template).toMatchObject({
        name: original.recipe.template?.name,
        headline: original.headline,
      });
      expect([asset.conceptId, asset.brandVersionId, asset.locale]).toEqual([
        original.conceptId,
        original.brandVersionId,
        original.locale,
      ]);
      expect(asset.hash).not.toBe(original.hash);
    }
  });

  it('says why a picture without its art cannot be varied, and leaves no plan behind', () => {
    const { context } = opened.studio;
    const before = context.library.plans.list(null).length;
    const bare = {
      ...context,
      library: { ...context.library, assets: { ...context.library.assets, art: () => null } },
    };
    const ask = () =>
      varyPicture(
        bare,
        { assetId: original.id, strength: 0.5, formatIds: ['story'], count: 1, seed: 1, name: 'None' },
        'owner',
      );
    expect(ask).toThrow(expect.objectContaining({ code: 'library.unsupportedFile' }));
    expect(context.library.plans.list(null).length).toBe(before);
  });
});
