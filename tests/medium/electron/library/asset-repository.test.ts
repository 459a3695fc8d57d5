import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assetFilterSchema,
  assetSortSchema,
  flagSchema,
  reviewStatusSchema,
} from '../../../../electron/contract/asset.ts';
import type { AssetFilter, AssetSort, AssetSummary } from '../../../../electron/contract/asset.ts';
import type { AssetId, BriefId } from '../../../../electron/contract/identifiers.ts';
import { assetIdSchema, batchIdSchema, brandVersionIdSchema } from '../../../../electron/contract/identifiers.ts';
import { layoutFormats } from '../../../../electron/contract/format.ts';
import type { Library } from '../../../../electron/library/library.ts';
import {
  completeJobs,
  createTestFolder,
  makeReport,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';

const filterOf = (wanted: Partial<AssetFilter> = {}) => assetFilterSchema.parse(wanted);
const all = filterOf();
const unknownId = assetIdSchema.parse('7zzzzzzzzzzzzzzzzzzzzzzzzz');

const any = <Value>(wanted: readonly Value[], value: Value) => wanted.length === 0 || wanted.includes(value);

describe('a library with two briefs', () => {
  const folder = createTestFolder();
  let library: Library;
  let made: AssetId[] = [];
  const briefOf = new Map<AssetId, BriefId>();
  let secondBrief: BriefId;

  beforeAll(async () => {
    library = openTestLibrary(folder.path);
    for (const formats of [
      ['square-post', 'story'],
      ['landscape', 'link-card', 'story'],
    ] as const) {
      const plan = await preparePlan(library, { formats, variations: 5 });
      library.batches.start(plan.planId, null, 'owner');
      const assets = await completeJobs(library, 100, (index) => (index * 7) % 15);
      assets.forEach((id) => briefOf.set(id, plan.briefId));
      made = [...made, ...assets];
      secondBrief = plan.briefId;
    }
    const decide = (assetIds: AssetId[], decision: Parameters<Library['verdicts']['decide']>[0]['decision']) =>
      library.verdicts.decide({ assetIds, decision, reason: '', reviewer: 'ada' });
    decide(
      made.filter((_, index) => index % 3 === 0),
      { axis: 'stars', value: 4 },
    );
    decide(
      made.filter((_, index) => index % 7 === 1),
      { axis: 'stars', value: 2 },
    );
    decide(
      made.filter((_, index) => index % 4 === 1),
      { axis: 'status', value: 'approved' },
    );
    decide(
      made.filter((_, index) => index % 5 === 2),
      { axis: 'flag', value: 'pick' },
    );
    library.assets.bin(made.filter((_, index) => index % 11 === 5));
  });
  afterAll(() => {
    library.close();
    folder[Symbol.dispose]();
  });

  /** The same question answered slowly, from summaries and whole assets. */
  function answerSlowly(filter: AssetFilter, sort: AssetSort): AssetId[] {
    const fits = (summary: AssetSummary) =>
      (filter.briefId === null || briefOf.get(summary.id) === filter.briefId) &&
      any(filter.statuses, summary.status) &&
      any(filter.flags, summary.flag) &&
      any(filter.formatIds, summary.formatId) &&
      summary.stars >= filter.minStars &&
      (filter.compliance === 'any' || summary.compliant === (filter.compliance === 'passed')) &&
      filter.text
        .toLowerCase()
        .split(/\s+/)
        .every((word) => `${summary.headline} taste it soft gradient`.toLowerCase().includes(word));
    const scoreOf = (id: AssetId) => library.assets.getMade(id).report.checks[0]?.score ?? 0;
    const orders: Record<AssetSort, (a: AssetSummary, b: AssetSummary) => number> = {
      oldest: (a, b) => made.indexOf(a.id) - made.indexOf(b.id),
      newest: (a, b) => made.indexOf(b.id) - made.indexOf(a.id),
      stars: (a, b) => b.stars - a.stars || made.indexOf(b.id) - made.indexOf(a.id),
      'worst-compliance': (a, b) => scoreOf(b.id) - scoreOf(a.id) || made.indexOf(a.id) - made.indexOf(b.id),
    };
    return library.assets
      .summaries(made)
      .filter(fits)
      .sort(orders[sort])
      .map(({ id }) => id);
  }

  it('answers every filter and order as a slow look at each asset does', () => {
    const filters = fc.record({
      briefId: fc.constantFrom(null, secondBrief),
      statuses: fc.subarray([...reviewStatusSchema.options]),
      flags: fc.subarray([...flagSchema.options]),
      formatIds: fc.subarray([...layoutFormats]),
      minStars: fc.integer({ min: 0, max: 5 }),
      compliance: fc.constantFrom('any' as const, 'passed' as const, 'failed' as const),
      text: fc.constantFrom('', 'morning', 'Morning 3', 'soft gra', 'taste', 'nowhere'),
    });
    fc.assert(
      fc.property(filters, fc.constantFrom(...assetSortSchema.options), (wanted, sort) => {
        const filter = filterOf(wanted);
        const expected = answerSlowly(filter, sort);
        expect(library.assets.ids(filter, sort)).toEqual(expected);
        const summaries = library.assets.summaries(expected);
        const count = (fits: (summary: AssetSummary) => boolean) => summaries.filter(fits).length;
        expect(library.assets.counts(filter)).toEqual({
          total: expected.length,
          unreviewed: count(({ status }) => status === 'unreviewed'),
          approved: count(({ status }) => status === 'approved'),
          rejected: 0,
          redo: 0,
          picks: count(({ flag }) => flag === 'pick'),
          judged: expected.length,
          compliant: count(({ compliant }) => compliant === true),
        });
      }),
      { numRuns: 150 },
    );
  });

  it('gives summaries in the order asked and leaves out what is gone', () => {
    const [first, second, third] = library.assets.ids(all, 'oldest');
    if (first === undefined || second === undefined || third === undefined) {
      throw new Error('too few assets');
    }
    expect(library.assets.summaries([third, unknownId, first, third]).map(({ id }) => id)).toEqual([
      third,
      first,
      third,
    ]);
  });

  it('finds nothing under what is not in the library', () => {
    const nowhere = filterOf({ batchId: batchIdSchema.parse('7zzzzzzzzzzzzzzzzzzzzzzzzz') });
    expect(library.assets.ids(nowhere, 'newest')).toEqual([]);
    expect(library.assets.counts(nowhere).total).toBe(0);
    expect(() => library.assets.getMade(unknownId)).toThrow(
      expect.objectContaining({ code: 'asset.notFound', data: { id: unknownId } }),
    );
  });

  it('bins and restores each asset once', () => {
    const [first, second] = library.assets.ids(all, 'newest');
    if (first === undefined || second === undefined) {
      throw new Error('too few assets');
    }
    const before = library.assets.ids(all, 'newest');
    expect(library.assets.bin([first, second, first, unknownId])).toBe(2);
    expect(library.assets.bin([first])).toBe(0);
    expect(library.assets.ids(all, 'newest')).toEqual(before.slice(2));
    expect(library.assets.summaries([first])).toEqual([]);
    expect(library.assets.getMade(first).id).toBe(first);
    expect(library.assets.restore([first, second, unknownId])).toBe(2);
    expect(library.assets.ids(all, 'newest')).toEqual(before);
  });

  it('follows the newest report against the version of the making and keeps the earlier ones', () => {
    const [id] = library.assets.ids(filterOf({ compliance: 'passed' }), 'newest');
    if (id === undefined) {
      throw new Error('no asset passed');
    }
    const before = library.assets.getMade(id);
    const failed = makeReport(before.brandVersionId, 100);
    expect(library.assets.addReport(id, failed)).toMatchObject({ compliant: false, failedChecks: ['palette'] });
    expect(library.assets.reports(id)).toEqual([before.report, failed]);
    expect(library.assets.ids(all, 'worst-compliance')[0]).toBe(id);
    library.assets.addReport(id, before.report);
    expect(library.assets.idsOfBrandVersion(before.brandVersionId)).toContain(id);
  });

  it('keeps the scores against two versions apart in filters, orders, counts and summaries', () => {
    const passed = library.assets.ids(filterOf({ compliance: 'passed' }), 'oldest');
    const [failsLater, passesLater] = passed;
    const [failed] = library.assets.ids(filterOf({ compliance: 'failed' }), 'oldest');
    if (failsLater === undefined || passesLater === undefined || failed === undefined) {
      throw new Error('too few assets');
    }
    const { brandVersionId } = library.assets.getMade(failsLater);
    const { brandId, kit, files } = library.brands.version(brandVersionId);
    const { id: judgedAgainst } = library.brands.addVersion(brandId, { kit, files });
    const before = library.assets.counts(all);
    const order = library.assets.ids(all, 'worst-compliance');
    library.assets.addReport(failsLater, makeReport(judgedAgainst, 90));
    library.assets.addReport(passesLater, makeReport(judgedAgainst, 2));
    library.assets.addReport(failed, makeReport(judgedAgainst, 3));

    expect(library.assets.counts(all)).toEqual(before);
    expect(library.assets.ids(filterOf({ compliance: 'passed' }), 'oldest')).toEqual(passed);
    expect(library.assets.ids(all, 'worst-compliance')).toEqual(order);
    expect(library.assets.ids(filterOf({ judgedAgainst, compliance: 'failed' }), 'oldest')).toEqual([failsLater]);
    expect(library.assets.ids(filterOf({ judgedAgainst, compliance: 'passed' }), 'oldest').toSorted()).toEqual(
      [passesLater, failed].toSorted(),
    );
    expect(library.assets.ids(filterOf({ judgedAgainst, failedCheck: 'palette' }), 'oldest')).toEqual([failsLater]);
    expect(library.assets.counts(filterOf({ judgedAgainst }))).toMatchObject({
      total: before.total,
      judged: 3,
      compliant: 2,
    });
    expect(library.assets.ids(filterOf({ judgedAgainst }), 'worst-compliance').slice(0, 3)).toEqual([
      failsLater,
      failed,
      passesLater,
    ]);
    expect(library.assets.summaries([failsLater, failed], judgedAgainst)).toMatchObject([
      { compliant: false, failedChecks: ['palette'], judgedBy: { brandVersionId: judgedAgainst, number: 2 } },
      { compliant: true, failedChecks: [], judgedBy: { brandVersionId: judgedAgainst, number: 2 } },
    ]);
    const unjudged = library.assets.ids(filterOf({ judgedAgainst }), 'worst-compliance').at(-1) ?? unknownId;
    expect(library.assets.summaries([unjudged], judgedAgainst)).toMatchObject([{ compliant: null, judgedBy: null }]);
    expect(library.assets.summaries([failsLater])).toMatchObject([{ compliant: true, judgedBy: { number: 1 } }]);
    expect(library.assets.getMade(failsLater, judgedAgainst).report).toMatchObject({ brandVersionId: judgedAgainst });
    expect(library.assets.getMade(failsLater).report).toMatchObject({ brandVersionId });
    expect(library.assets.reports(failsLater)).toHaveLength(2);

    library.assets.addReport(failsLater, makeReport(judgedAgainst, 1));
    expect(library.assets.ids(filterOf({ judgedAgainst, compliance: 'failed' }), 'oldest')).toEqual([]);
    expect(() => library.assets.addReport(failed, makeReport(brandVersionIdSchema.parse(unknownId)))).toThrow(
      expect.objectContaining({ code: 'brand.notFound' }),
    );
  });
});
