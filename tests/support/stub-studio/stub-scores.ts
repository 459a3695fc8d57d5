import { implement } from '@orpc/server';
import type { CheckName } from '../../../electron/contract/compliance.ts';
import { rescoreIdSchema } from '../../../electron/contract/identifiers.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import { SCORE_BUCKETS } from '../../../electron/contract/scoring.ts';
import type { CheckDistribution, Rescore, ScoreOverview } from '../../../electron/contract/scoring.ts';
import type { StubLibrary } from './stub-library.ts';
import type { Tell } from './stub-events.ts';

/** Counts the reports that the stub's pictures carry; a run ends at once. */
export function createScoringHandlers(library: StubLibrary, tell: Tell) {
  const os = implement(studioContract).scoring;
  const runs: Rescore[] = [];
  const shown = () => library.made().filter(({ id }) => !library.binned.has(id));

  /** What a campaign would be shown by. */
  const used = () => shown().filter(({ status, flag }) => status !== 'rejected' && flag !== 'reject');

  function count(name: CheckName): CheckDistribution | null {
    const entries = used().flatMap(({ id, report }) =>
      report.checks.filter((check) => check.name === name).map((check) => ({ id, ...check })),
    );
    const [first] = entries;
    if (!first) return null;
    const ordered = entries.toSorted((a, b) => a.score - b.score);
    const lowest = ordered[0]?.score ?? 0;
    const highest = ordered.at(-1)?.score ?? 0;
    const buckets = Array.from({ length: SCORE_BUCKETS }, () => 0);
    const failedBuckets = Array.from({ length: SCORE_BUCKETS }, () => 0);
    for (const { score, passed } of ordered) {
      const share = highest > lowest ? Math.floor(((score - lowest) / (highest - lowest)) * SCORE_BUCKETS) : 0;
      const at = Math.min(share, SCORE_BUCKETS - 1);
      buckets[at] = (buckets[at] ?? 0) + 1;
      if (!passed) failedBuckets[at] = (failedBuckets[at] ?? 0) + 1;
    }
    const failed = ordered.filter(({ passed }) => !passed);
    const worst = (first.better === 'lower' ? failed.toReversed() : failed).slice(0, 6).map(({ id }) => id);
    const { unit, better, threshold } = first;
    const middle = ordered[Math.floor(ordered.length / 2)]?.score ?? 0;
    const total = ordered.length;
    const spread = { lowest, highest, middle, buckets, failedBuckets, worst };
    return { name, unit, better, threshold, total, failed: failed.length, ...spread };
  }

  function overview(): ScoreOverview {
    const assets = used();
    const names = [...new Set(assets.flatMap(({ report }) => report.checks.map(({ name }) => name)))];
    return {
      total: assets.length,
      leftOut: shown().length - assets.length,
      scored: assets.length,
      passed: assets.filter(({ report }) => report.passed).length,
      checks: names.flatMap((name) => count(name) ?? []).toSorted((a, b) => b.failed - a.failed),
    };
  }

  return {
    overview: os.overview.handler(() => overview()),
    versions: os.versions.handler(() =>
      library.versions.toReversed().map(({ id, brandId, kit, number }) => ({
        brandVersionId: id,
        brandId,
        brandName: kit.name,
        number,
        made: number === 1 ? shown().length : 0,
        scored: number === 1 ? shown().length : 0,
      })),
    ),
    reports: os.reports.handler(({ input, errors }) => {
      const asset = library.made().find(({ id }) => id === input.assetId);
      if (!asset) throw errors['asset.notFound']({ data: { id: input.assetId } });
      return [{ report: asset.report, brandName: library.latestVersion().kit.name, versionNumber: 1, isPinned: true }];
    }),
    start: os.start.handler(({ input, errors }) => {
      const version = library.versions.find(({ id }) => id === input.brandVersionId);
      if (!version) throw errors['brand.notFound']({ data: { id: input.brandVersionId } });
      const run: Rescore = {
        id: rescoreIdSchema.parse(library.newId()),
        brandVersionId: version.id,
        brandName: version.kit.name,
        versionNumber: version.number,
        state: 'finished',
        total: shown().length,
        done: shown().length,
        failed: 0,
        waiting: 0,
        firstFailure: null,
        createdAtMs: Date.now(),
        finishedAtMs: Date.now(),
      };
      runs.unshift(run);
      tell('run.added', [run.id]);
      return run;
    }),
    list: os.list.handler(() => runs),
    watch: os.watch.handler(async function* ({ input, errors }) {
      const run = runs.find(({ id }) => id === input.rescoreId);
      if (!run) throw errors['rescore.notFound']({ data: { id: input.rescoreId } });
      yield run;
    }),
  };
}
