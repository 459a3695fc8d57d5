import Database from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import type { ComplianceCheck, ComplianceReport } from '../../../../electron/contract/compliance.ts';
import type { AssetId, BrandVersionId } from '../../../../electron/contract/identifiers.ts';
import { SCORE_BUCKETS } from '../../../../electron/contract/scoring.ts';
import type { Library } from '../../../../electron/library/library.ts';
import {
  completeJobs,
  createTestFolder,
  makeKit,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';

type Row = Omit<ComplianceCheck, 'reason' | 'region' | 'passed'> & { assetId: AssetId; report: number; passed: number };

/** The checks that count, asked of the rows themselves: the newest report of each picture against a version, or against that of the making (''). */
const standingChecks = `
WITH newest AS (
  SELECT assets.sequence AS asset, assets.id AS assetId, (SELECT max(reports.sequence) FROM reports WHERE asset_sequence = assets.sequence AND report ->> 'brandVersionId' =
    iif(:version = '', (SELECT id FROM brand_versions WHERE sequence = assets.brand_version_sequence), :version)) AS report
  FROM assets WHERE binned_at_ms IS NULL AND status <> 'rejected' AND flag IS NOT 'reject' AND (:plan = '' OR plan_sequence = (SELECT sequence FROM plans WHERE id = :plan))
)
SELECT assetId, report, name, unit, passed, isLightness,
  CASE WHEN NOT isLightness THEN score WHEN better = 'higher' THEN score - threshold ELSE threshold - score END AS score,
  iif(isLightness, 0, threshold) AS threshold, iif(isLightness, 'higher', better) AS better
FROM (SELECT *, name = 'logo-variant' AND threshold <> 0 AS isLightness FROM newest JOIN report_checks ON asset_sequence = asset AND report_sequence = report) ORDER BY asset`;

function countRows(rows: readonly Row[]) {
  const byReport = Map.groupBy(rows, ({ report }) => report);
  const checks = [...Map.groupBy(rows, ({ name }) => name)].map(([name, ofName]) => {
    const sorted = ofName.toSorted((a, b) => a.score - b.score);
    const better = ofName.some((row) => row.better === 'lower') ? 'lower' : 'higher';
    const thresholds = ofName.map(({ threshold }) => threshold);
    const [lowest, highest] = [sorted[0]?.score ?? 0, sorted.at(-1)?.score ?? 0];
    const failed = ofName.filter(({ passed }) => passed === 0);
    const bucketsOf = (some: readonly Row[]) =>
      Array.from(
        { length: SCORE_BUCKETS },
        (_, at) => some.filter(({ score }) => bucketOf(score, lowest, highest) === at).length,
      );
    return {
      name,
      unit: ofName
        .map(({ unit }) => unit)
        .toSorted()
        .at(-1),
      better,
      threshold: better === 'lower' ? Math.min(...thresholds) : Math.max(...thresholds),
      total: ofName.length,
      failed: failed.length,
      lowest,
      highest,
      middle: sorted[Math.floor(sorted.length / 2)]?.score,
      buckets: bucketsOf(ofName),
      failedBuckets: bucketsOf(failed),
      worst: (better === 'lower' ? sorted.toReversed() : sorted)
        .slice(0, Math.min(6, failed.length))
        .map(({ assetId }) => assetId),
    };
  });
  const reports = [...byReport.values()];
  return {
    scored: reports.length,
    passed: reports.filter((report) => report.every(({ passed }) => passed === 1)).length,
    checks: checks.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function bucketOf(score: number, lowest: number, highest: number): number {
  const share = highest > lowest ? (score - lowest) / (highest - lowest) : 0;
  return Math.min(SCORE_BUCKETS - 1, Math.floor(share * SCORE_BUCKETS));
}

const names = ['palette', 'contrast', 'logo-variant', 'sameness'] as const;
const thresholds = [0, 4, 10];

function makeRandomReport(brandVersionId: BrandVersionId, random: (below: number) => number): ComplianceReport {
  const checks = names.slice(random(names.length + 1)).map((name): ComplianceCheck => {
    const threshold = thresholds[random(3)] ?? 0;
    const better = random(2) === 0 ? 'lower' : 'higher';
    const score = random(12);
    const passed = better === 'lower' ? score <= threshold : score >= threshold;
    return {
      name,
      score,
      threshold,
      better,
      passed,
      unit: random(4) === 0 ? 'dE' : 'ratio',
      reason: 'measured',
      region: null,
    };
  });
  return { brandVersionId, measuredAtMs: 1, checks, passed: checks.every(({ passed }) => passed) };
}

function createRandom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('the overview of scores', () => {
  it.each([1, 2, 3])('says what the rows say after whatever happens to reports and pictures (%i)', async (seed) => {
    const random = createRandom(seed);
    using folder = createTestFolder();
    const library: Library = openTestLibrary(folder.path);
    const plan = await preparePlan(library, { concepts: 3 });
    const later = await preparePlan(library, { concepts: 1 });
    for (const { planId } of [plan, later]) library.batches.start(planId, null, 'owner');
    let assetIds: AssetId[] = await completeJobs(library, 14, () => random(14));
    const { brandId, files } = library.brands.version(plan.brandVersionId);
    const second = library.brands.addVersion(brandId, { kit: makeKit('Lumen two'), files });
    const rows = new Database(join(folder.path, 'library.db'), { readonly: true });
    const compare = (step: string) => {
      for (const version of [null, plan.brandVersionId, second.id]) {
        for (const planId of [null, plan.planId, later.planId]) {
          const found = rows
            .prepare<unknown[], Row>(standingChecks)
            .all({ version: version ?? '', plan: planId ?? '' });
          const { total, leftOut, checks, ...counted } = library.scores.overview({ briefId: null, planId }, version);
          expect(total + leftOut, step).toBe(library.assets.counts(assetFilterSchema.parse({ planId })).total);
          expect({ ...counted, checks: checks.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }, step).toEqual(
            countRows(found),
          );
        }
      }
    };
    const pick = () => assetIds.slice(random(assetIds.length)).slice(0, 1 + random(2));
    const onlyThere = (ids: AssetId[]) => library.assets.summaries(ids).map(({ id }) => id);
    const steps: Record<string, () => unknown> = {
      report: () =>
        onlyThere(pick()).map((id) =>
          library.assets.addReport(id, makeRandomReport(random(2) === 0 ? second.id : plan.brandVersionId, random)),
        ),
      ahead: () => library.assets.readChecksAhead(),
      decide: () =>
        library.verdicts.decide({
          assetIds: onlyThere(pick()),
          decision: { axis: 'status', value: random(2) === 0 ? 'rejected' : 'unreviewed' },
          reason: '',
          reviewer: 'ada',
        }),
      bin: () => library.assets.bin(pick()),
      restore: () => library.assets.restore(pick()),
      empty: () => {
        library.assets.bin(assetIds.slice(-1));
        library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
        const left = new Set(library.assets.summaries(assetIds).map(({ id }) => id));
        assetIds = assetIds.filter((id) => left.has(id));
      },
      make: async () => assetIds.push(...(await completeJobs(library, 1, () => random(14)))),
    };
    const order = ['report', 'report', 'decide', 'ahead', 'bin', 'restore', 'report', 'make', 'empty'];
    for (let step = 0; step < 60 && assetIds.length > 2; step += 1) {
      const name = order[random(order.length)] ?? 'report';
      await steps[name]?.();
      if (random(3) > 0) compare(`${step} ${name}`);
    }
    compare('at the end');
    rows.close();
    library.close();
  });
});
