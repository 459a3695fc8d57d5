import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { BrandKit } from '../../../../electron/contract/brand.ts';
import type { AssetId, BrandVersionId } from '../../../../electron/contract/identifiers.ts';
import type { Rescore } from '../../../../electron/contract/scoring.ts';
import { importBrandFolder } from '../../../../electron/studio/brand/import-brand-folder.ts';
import { saveBrandVersion } from '../../../../electron/studio/brand/import-brand.ts';
import { createPlan } from '../../../../electron/studio/plan/create-plan.ts';
import { startBatch } from '../../../../electron/studio/plan/control-batch.ts';
import { watchBatch } from '../../../../electron/studio/plan/watch-batch.ts';
import { stopRun } from '../../../../electron/studio/jobs/control-run.ts';
import { startRescore, watchRescore } from '../../../../electron/studio/measure/control-rescore.ts';
import { makePlan } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../support/studio/open-test-studio.ts';

const CARD = new URL('../../../../electron/studio/compose/templates/card.json', import.meta.url);
const slow = { timeout: 240_000 };
const everything = { briefId: null, planId: null };

let opened: TestStudio | null = null;
afterEach(async () => {
  await opened?.[Symbol.asyncDispose]();
  opened = null;
});

/** Seeds come from the concepts' random ids, so now and then a picture fails its checks and a further take of it is made: count what is there. */
async function openWithPictures(count: number, realFinisher: boolean) {
  opened = await openTestStudio({ fake: { imageMs: 5 }, realFinisher });
  const { context } = opened.studio;
  const { plan, brandVersion } = await makePlan(context, count);
  for await (const _ of watchBatch(
    context,
    startBatch(context, plan.id, null, 'owner').id,
    AbortSignal.timeout(200_000),
  ));
  const assetIds = context.library.assets.idsOfBrandVersion(brandVersion.id);
  const freeze = (edit: (kit: BrandKit) => BrandKit) =>
    saveBrandVersion(context, brandVersion.brandId, edit(brandVersion.kit), new Map());
  return { context, assetIds, brandVersion, freeze };
}

async function follow(context: TestStudio['studio']['context'], { id }: Rescore): Promise<Rescore> {
  let last: Rescore | null = null;
  for await (const state of watchRescore(context, id, AbortSignal.timeout(200_000))) last = state;
  if (last === null) throw new Error('nothing was watched');
  return last;
}

/** A picture made under another version of the brand, in a plan of its own with the concepts that there are. */
async function makeUnder(context: TestStudio['studio']['context'], version: BrandVersionId, name: string) {
  const { library } = context;
  const [first] = library.plans.list(null);
  if (!first) throw new Error('no plan');
  const { briefId, conceptIds } = first;
  const axes = { formatIds: ['square-post' as const], locales: ['en'], variations: 1, seed: 11 };
  const plan = createPlan(context, { briefId, brandVersionId: version, name, conceptIds, ...axes });
  for await (const _ of watchBatch(
    context,
    startBatch(context, plan.id, null, 'owner').id,
    AbortSignal.timeout(200_000),
  ));
  const [assetId] = library.assets.idsOfBrandVersion(version);
  if (!assetId) throw new Error('no asset');
  return { planId: plan.id, assetId };
}

/** What the checks of one version say of a picture. */
const measured = ({ library }: TestStudio['studio']['context'], id: AssetId, version: BrandVersionId) =>
  library.scores
    .reports(id)
    .find(({ report }) => report.brandVersionId === version)
    ?.report.checks.map(({ name, score, threshold, passed }) => ({ name, score, threshold, passed }));

describe('scoring again', () => {
  it(
    'measures sameness anew: a picture that looks like one made before it fails, the first one does not',
    slow,
    async () => {
      const { context, assetIds, freeze } = await openWithPictures(2, true);
      const wary = await freeze((kit) => ({ ...kit, thresholds: { ...kit.thresholds, sameness: 1 } }));
      await follow(context, startRescore(context, wary.id, everything, 'owner'));
      const check = (at: number) => {
        const id = assetIds[at];
        if (!id) throw new Error('no asset');
        const reports = context.library.scores.reports(id);
        const newest = reports.find(({ report }) => report.brandVersionId === wary.id);
        return newest?.report.checks.find(({ name }) => name === 'sameness');
      };
      expect(check(0)).toMatchObject({ passed: true, threshold: 1, score: 1 });
      expect(check(1)).toMatchObject({
        passed: false,
        threshold: 1,
        reason: expect.stringMatching(/nearly the same as/),
      });
    },
  );

  it('measures the same picture the same under the same rules, and by the new rules under new ones', slow, async () => {
    const { context, assetIds, freeze, brandVersion } = await openWithPictures(2, true);
    const { library } = context;
    const [assetId] = assetIds;
    if (!assetId) throw new Error('no asset');
    const same = await freeze((kit) => ({ ...kit, voice: { ...kit.voice, tone: 'another tone' } }));
    expect(await follow(context, startRescore(context, same.id, everything, 'owner'))).toMatchObject({
      done: assetIds.length,
      failed: 0,
    });
    expect(measured(context, assetId, same.id)).toEqual(measured(context, assetId, brandVersion.id));

    const strict = await freeze((kit) => ({
      ...kit,
      type: { ...kit.type, headline: { ...kit.type.headline, minSizePx: 300 } },
      logos: kit.logos.map((logo) => ({ ...logo, minWidthPx: 900 })),
      voice: { ...kit.voice, neverSay: ['Baltic'] },
      policy: { requiredLines: [{ market: 'en', line: 'Drink responsibly' }], forbiddenClaims: [] },
    }));
    await follow(context, startRescore(context, strict.id, everything, 'owner'));
    const failed = measured(context, assetId, strict.id)?.filter(({ passed }) => !passed);
    expect(failed?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['text-fit', 'logo-size', 'required-terms']),
    );
    expect(measured(context, assetId, brandVersion.id)).toEqual(measured(context, assetId, same.id));
    expect(library.scores.reports(assetId)).toHaveLength(3);
  });

  it('measures a picture with a legal line where that line made its other texts stand', slow, async () => {
    const { context, brandVersion } = await openWithPictures(2, true);
    const policy = { requiredLines: [{ market: 'en', line: 'Shake well before opening' }], forbiddenClaims: [] };
    const lawful = await saveBrandVersion(context, brandVersion.brandId, { ...brandVersion.kit, policy }, new Map());
    const { planId, assetId } = await makeUnder(context, lawful.id, 'With a legal line');
    const same = await saveBrandVersion(
      context,
      brandVersion.brandId,
      { ...lawful.kit, voice: { ...lawful.kit.voice, tone: 'another tone' } },
      new Map(),
    );
    await follow(context, startRescore(context, same.id, { briefId: null, planId }, 'owner'));
    expect(measured(context, assetId, same.id)).toContainEqual(
      expect.objectContaining({ name: 'required-terms', passed: true }),
    );
    expect(measured(context, assetId, same.id)).toEqual(measured(context, assetId, lawful.id));
  });

  it(
    'measures a picture in the template file of the kit that it was made with, which the new version has no more',
    slow,
    async () => {
      const { context, brandVersion } = await openWithPictures(2, true);
      const { library } = context;
      const own = { ...JSON.parse(await readFile(CARD, 'utf8')), name: 'our-card', title: 'Our card' };
      const withOwn = await saveBrandVersion(
        context,
        brandVersion.brandId,
        { ...brandVersion.kit, template: 'our-card.json' },
        new Map([['our-card.json', new TextEncoder().encode(JSON.stringify(own))]]),
      );
      const { planId, assetId } = await makeUnder(context, withOwn.id, 'With a template of our own');
      expect(library.assets.getMade(assetId).recipe.template).toMatchObject({ name: 'our-card' });
      const without = await saveBrandVersion(context, brandVersion.brandId, brandVersion.kit, new Map());
      const run = await follow(context, startRescore(context, without.id, { briefId: null, planId }, 'owner'));
      expect(run).toMatchObject({ failed: 0, firstFailure: null });
      expect(measured(context, assetId, without.id)).toBeDefined();
      expect(measured(context, assetId, without.id)).toEqual(measured(context, assetId, withOwn.id));
    },
  );

  it('finds that a picture carries a logo that the version does not have', slow, async () => {
    const { context, assetIds, brandVersion } = await openWithPictures(2, true);
    const square = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path d="M0 0h20v20H0z"/></svg>',
    );
    const logos = [{ ...brandVersion.kit.logos[0], name: 'Square', file: 'square.svg' }] as BrandKit['logos'];
    const rebranded = await saveBrandVersion(
      context,
      brandVersion.brandId,
      { ...brandVersion.kit, logos },
      new Map([['square.svg', square]]),
    );
    await follow(context, startRescore(context, rebranded.id, everything, 'owner'));
    const [assetId] = assetIds;
    const newest = assetId && context.library.scores.reports(assetId).at(-1)?.report;
    expect(newest?.checks.find(({ name }) => name === 'logo')).toMatchObject({ passed: false });
  });

  it('goes on where it was when the studio was closed in between, and stops when told', slow, async () => {
    const { context, freeze, assetIds } = await openWithPictures(4, true);
    const total = assetIds.length;
    const version = await freeze((kit) => ({ ...kit, name: 'Lumen Oat two' }));
    const run = startRescore(context, version.id, everything, 'owner');
    const folder = opened?.folder ?? '';
    await opened?.close();
    opened = await openTestStudio({ libraryFolder: folder });
    const again = opened.studio.context;
    expect(await follow(again, run)).toMatchObject({ state: 'finished', total, done: total, failed: 0 });
    const third = await saveBrandVersion(
      again,
      version.brandId,
      { ...version.kit, name: 'Lumen Oat three' },
      new Map(),
    );
    const stopped = stopRun(again, startRescore(again, third.id, everything, 'owner').id);
    expect(stopped.state).toBe('stopped');
    expect((await follow(again, again.library.rescores.get(stopped.id))).done).toBeLessThan(total);
  });

  it('says of a picture without its art that it must be made again', slow, async () => {
    const { context, freeze, assetIds } = await openWithPictures(2, false);
    const version = await freeze((kit) => ({ ...kit, name: 'Lumen Oat two' }));
    const ended = await follow(context, startRescore(context, version.id, everything, 'owner'));
    expect(ended).toMatchObject({ state: 'finished', done: 0, failed: assetIds.length });
    expect(ended.firstFailure).toMatch(/Make another take of its cell/);
    expect(() => startRescore(context, version.id, { briefId: null, planId: null }, 'owner')).not.toThrow();
  });

  it('knows the same kit from disk again although a draft lies beside it', slow, async () => {
    const { context, brandVersion } = await openWithPictures(2, false);
    context.library.brandDrafts.save(brandVersion.brandId, brandVersion.id, brandVersion);
    const again = await importBrandFolder(
      context,
      new URL('../../../../examples/lumen-oat/brand.json', import.meta.url).pathname,
    );
    expect(again.id).toBe(brandVersion.id);
  });
});
