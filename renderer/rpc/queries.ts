import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query';
import type { AssetFilter } from '../../electron/contract/asset.ts';
import type {
  AssetId,
  BatchId,
  BrandId,
  BrandVersionId,
  BriefId,
  PlanId,
  RunId,
  DeliveryId,
} from '../../electron/contract/identifiers.ts';
import type { RunFilter } from '../../electron/contract/run.ts';
import type { ScoreScope } from '../../electron/contract/scoring.ts';
import { studio } from './studio.ts';

// Query options by topic, for `useQuery(briefQueries.list())`. The first two parts of a key are topic and verb: the change feed
// invalidates by them.

export const binQueries = {
  content: () =>
    queryOptions({ queryKey: ['bin', 'content'], queryFn: ({ signal }) => studio.bin.content({}, { signal }) }),
  list: (limit: number) =>
    queryOptions({
      queryKey: ['bin', 'list', limit],
      queryFn: ({ signal }) => studio.bin.list({ limit }, { signal }),
    }),
};

export const briefQueries = {
  list: () => queryOptions({ queryKey: ['brief', 'list'], queryFn: ({ signal }) => studio.brief.list({}, { signal }) }),
  get: (briefId: BriefId) =>
    queryOptions({
      queryKey: ['brief', 'get', briefId],
      queryFn: ({ signal }) => studio.brief.get({ briefId }, { signal }),
    }),
};

export const brandQueries = {
  list: () => queryOptions({ queryKey: ['brand', 'list'], queryFn: ({ signal }) => studio.brand.list({}, { signal }) }),
  draft: (brandId: BrandId) =>
    queryOptions({
      queryKey: ['brand', 'draft', brandId],
      queryFn: ({ signal }) => studio.brand.draft({ brandId }, { signal }),
    }),
  versions: (brandId: BrandId) =>
    queryOptions({
      queryKey: ['brand', 'versions', brandId],
      queryFn: ({ signal }) => studio.brand.versions({ brandId }, { signal }),
    }),
};

export const scoringQueries = {
  overview: (scope: ScoreScope, brandVersionId: BrandVersionId | null) =>
    queryOptions({
      queryKey: ['scoring', 'overview', scope, brandVersionId],
      queryFn: ({ signal }) => studio.scoring.overview({ scope, brandVersionId }, { signal }),
    }),
  versions: (scope: ScoreScope) =>
    queryOptions({
      queryKey: ['scoring', 'versions', scope],
      queryFn: ({ signal }) => studio.scoring.versions({ scope }, { signal }),
    }),
  reports: (assetId: AssetId) =>
    queryOptions({
      queryKey: ['scoring', 'reports', assetId],
      queryFn: ({ signal }) => studio.scoring.reports({ assetId }, { signal }),
    }),
  list: () =>
    queryOptions({ queryKey: ['scoring', 'list'], queryFn: ({ signal }) => studio.scoring.list({}, { signal }) }),
};

export const ideationQueries = {
  board: (briefId: BriefId) =>
    queryOptions({
      queryKey: ['deliverable', 'board', briefId],
      queryFn: ({ signal }) => studio.ideation.board({ briefId }, { signal }),
    }),
};

export const formatQueries = {
  list: () =>
    queryOptions({ queryKey: ['format', 'list'], queryFn: ({ signal }) => studio.format.list({}, { signal }) }),
};

export const planQueries = {
  list: (briefId: BriefId | null) =>
    queryOptions({
      queryKey: ['plan', 'list', briefId],
      queryFn: ({ signal }) => studio.plan.list({ briefId }, { signal }),
    }),
  get: (planId: PlanId) =>
    queryOptions({
      queryKey: ['plan', 'get', planId],
      queryFn: ({ signal }) => studio.plan.get({ planId }, { signal }),
    }),
  cells: (planId: PlanId) =>
    queryOptions({
      queryKey: ['cell', 'list', planId],
      queryFn: ({ signal }) => studio.plan.cells({ planId }, { signal }),
    }),
};

const RUNS_AT_ONCE = 50;

export const runQueries = {
  /** Those that have ended, newest first, page by page. Not stale by a change of a run: what has ended stays, and an open one ends seldom. */
  ended: (filter: Pick<RunFilter, 'kinds' | 'failed'>) =>
    infiniteQueryOptions({
      queryKey: ['endedRun', 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        studio.run.list({ ...filter, open: false, before: pageParam, limit: RUNS_AT_ONCE }, { signal }),
      initialPageParam: null as RunId | null,
      getNextPageParam: (page) => (page.length < RUNS_AT_ONCE ? null : (page.at(-1)?.id ?? null)),
    }),
  troubles: (runId: RunId) =>
    queryOptions({
      queryKey: ['run', 'troubles', runId],
      queryFn: ({ signal }) => studio.run.troubles({ runId }, { signal }),
    }),
  list: (filter: Partial<RunFilter>) =>
    queryOptions({
      queryKey: ['run', 'list', filter],
      queryFn: ({ signal }) => studio.run.list(filter, { signal }),
    }),
  ends: (runId: RunId) =>
    queryOptions({
      queryKey: ['run', 'ends', runId],
      queryFn: ({ signal }) => studio.run.ends({ runId }, { signal }),
    }),
};

export const batchQueries = {
  list: (planId: PlanId | null, limit: number) =>
    queryOptions({
      queryKey: ['batch', 'list', planId, limit],
      queryFn: ({ signal }) => studio.batch.list({ planId, limit }, { signal }),
    }),
  get: (batchId: BatchId) =>
    queryOptions({
      queryKey: ['batch', 'get', batchId],
      queryFn: ({ signal }) => studio.batch.get({ batchId }, { signal }),
    }),
  failures: (batchId: BatchId) =>
    queryOptions({
      queryKey: ['batch', 'failures', batchId],
      queryFn: ({ signal }) => studio.batch.failures({ batchId }, { signal }),
    }),
};

export const assetQueries = {
  summaries: (assetIds: AssetId[]) =>
    queryOptions({
      queryKey: ['asset', 'summaries', assetIds],
      queryFn: ({ signal }) => studio.asset.summaries({ assetIds }, { signal }),
    }),
  get: (assetId: AssetId, judgedAgainst: BrandVersionId | null = null) =>
    queryOptions({
      queryKey: ['asset', 'get', assetId, judgedAgainst],
      queryFn: ({ signal }) => studio.asset.get({ assetId, judgedAgainst }, { signal }),
    }),
  /** Waits for the name. */
  named: (assetId: AssetId | undefined, judgedAgainst: BrandVersionId | null) =>
    queryOptions({
      queryKey: ['asset', 'get', assetId, judgedAgainst],
      queryFn:
        assetId === undefined ? skipToken : ({ signal }) => studio.asset.get({ assetId, judgedAgainst }, { signal }),
    }),
  counts: (filter: AssetFilter) =>
    queryOptions({
      queryKey: ['asset', 'counts', filter],
      queryFn: ({ signal }) => studio.asset.counts({ filter }, { signal }),
    }),
};

export const modelQueries = {
  textChoice: (briefId: BriefId | null) =>
    queryOptions({
      queryKey: ['model', 'textChoice', briefId],
      queryFn: ({ signal }) => studio.model.textChoice({ briefId }, { signal }),
    }),
};

export const deliveryQueries = {
  locate: (deliveryId: DeliveryId) =>
    queryOptions({
      queryKey: ['delivery', 'locate', deliveryId],
      queryFn: ({ signal }) => studio.delivery.locate({ deliveryId }, { signal }),
    }),
};

export const peopleQueries = {
  me: () => queryOptions({ queryKey: ['people', 'me'], queryFn: ({ signal }) => studio.people.me({}, { signal }) }),
  list: () =>
    queryOptions({ queryKey: ['people', 'list'], queryFn: ({ signal }) => studio.people.list({}, { signal }) }),
  invites: () =>
    queryOptions({ queryKey: ['people', 'invites'], queryFn: ({ signal }) => studio.people.invites({}, { signal }) }),
};

export const reviewQueries = {
  rule: () =>
    queryOptions({ queryKey: ['review', 'rule'], queryFn: ({ signal }) => studio.review.rule({}, { signal }) }),
};

export const systemQueries = {
  about: () =>
    queryOptions({ queryKey: ['system', 'about'], queryFn: ({ signal }) => studio.system.about({}, { signal }) }),
  models: () =>
    queryOptions({ queryKey: ['system', 'models'], queryFn: ({ signal }) => studio.system.models({}, { signal }) }),
  search: (text: string, limit: number) =>
    queryOptions({
      queryKey: ['system', 'search', text, limit],
      queryFn: ({ signal }) => studio.system.search({ text, limit }, { signal }),
    }),
  runningBatch: () =>
    queryOptions({
      queryKey: ['system', 'runningBatch'],
      queryFn: ({ signal }) => studio.system.runningBatch({}, { signal }),
    }),
};
