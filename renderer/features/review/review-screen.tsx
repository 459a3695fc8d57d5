import { useQuery } from '@tanstack/react-query';
import { FolderDown, Images } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import type { AssetFilter } from '../../../electron/contract/asset.ts';
import { originSchema } from '../../../electron/contract/asset.ts';
import { checkNameSchema } from '../../../electron/contract/compliance.ts';
import {
  assetIdSchema,
  batchIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  planIdSchema,
} from '../../../electron/contract/identifiers.ts';
import type { Action } from '../../app/actions.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { FileDrop } from '../../app/file-import/file-drop.tsx';
import { ImportButton } from '../../app/file-import/import-button.tsx';
import { ImportProblem } from '../../app/file-import/import-problem.tsx';
import { useFileImport } from '../../app/file-import/use-file-import.ts';
import { Screen } from '../../app/screen.tsx';
import { navigate, useRoute } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { assetQueries, briefQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ContextMenu } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { countShown } from './asset-list.ts';
import { AssetGrid } from './asset-grid.tsx';
import { AssetInspector } from './asset-inspector.tsx';
import { CompareInspector } from './compare-inspector.tsx';
import { CompareView } from './compare-view.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';
import { clearFacets, countFacets, everythingFilter, openingFilter, sorts } from './filter-state.ts';
import { FormatNamesContext, useAllFormatNames } from './format-names.ts';
import { FootBar } from './foot-bar.tsx';
import { ask, bringSoon } from './list-query.ts';
import { Loupe } from './loupe.tsx';
import { setLoadErrorListener } from './review-session.ts';
import { useReviewStore } from './review-store.ts';
import { SearchField } from './search-field.tsx';
import { SurveyView } from './survey-view.tsx';
import { useActiveName } from './use-names.ts';
import { useReviewActions } from './use-review-actions.ts';
import { useReviewList } from './use-review-list.ts';
import { VaryDialog } from './vary-dialog.tsx';

const sortTitles = {
  newest: 'review.sort.newest',
  oldest: 'review.sort.oldest',
  stars: 'review.sort.stars',
  'worst-compliance': 'review.sort.compliance',
} as const;

export function ReviewScreen() {
  useListFirst();
  useScopeFromRoute();
  const actions = useReviewActions();
  const formatNames = useAllFormatNames();
  const briefId = useReviewStore((state) => state.filter.briefId);
  const importing = useFileImport(briefId);
  useEffect(() => setLoadErrorListener((problem) => useReviewStore.setState({ problem })), []);
  return (
    <Screen
      title={message('review.title')}
      context={<Context />}
      filters={
        <>
          <SearchField />
          <SortSelect />
        </>
      }
      actions={
        <>
          <ImportButton importing={importing} />
          <Button
            variant="primary"
            icon={FolderDown}
            keys="e"
            onClick={() => useReviewStore.setState({ exportOpen: true })}
          >
            {message('review.export')}
          </Button>
        </>
      }
      inspector={<ReviewInspector />}
    >
      <FilterBar />
      <Problem />
      <ImportProblem importing={importing} />
      <FileDrop
        hint={message(briefId === null ? 'import.dropReview' : 'import.dropReviewBrief')}
        blocked={importing.blocked}
        onFiles={importing.begin}
        className="flex min-h-0 flex-1 flex-col"
      >
        <FormatNamesContext value={formatNames}>
          <ListInHand actions={actions} />
        </FormatNamesContext>
      </FileDrop>
      <FootBar />
      <ExportDialog />
      <VaryDialog />
    </Screen>
  );
}

/** Apart from the screen, so that a question and its answer draw nothing but the work again. */
function ListInHand({ actions }: { actions: readonly Action[] }) {
  const query = useReviewList();
  const answered = useReviewStore((state) => state.answered);
  if (query.error && !answered)
    return (
      <div className="p-4">
        <FailureNote error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  return <Work actions={actions} waiting={query.isPending || query.isPlaceholderData} />;
}

/** The list is asked for before what stands around it: effects of the bars run first, and the studio answers in turn. */
function useListFirst(): void {
  const { parameters } = useRoute();
  useState(() => {
    if (Object.keys(parameters).length === 0) bringSoon();
    return null;
  });
}

/** The address may name a brief, a plan, a batch or an asset; each sets the scope or the cursor, then leaves the address. */
function useScopeFromRoute(): void {
  const { screen, parameters } = useRoute();
  useEffect(() => {
    // While the next screen is being loaded, this one still stands and its address is already the next one's.
    if (screen !== 'review' || Object.keys(parameters).length === 0) return;
    const { asset: assetText, brief, plan, batch, failed, judged, origin } = parameters;
    const asset = assetIdSchema.safeParse(assetText).data ?? null;
    const scope = {
      briefId: briefIdSchema.safeParse(brief).data ?? null,
      planId: planIdSchema.safeParse(plan).data ?? null,
      batchId: batchIdSchema.safeParse(batch).data ?? null,
    };
    const judgedAgainst = brandVersionIdSchema.safeParse(judged).data ?? null;
    const failedCheck = checkNameSchema.safeParse(failed).data ?? null;
    const origins = originSchema.safeParse(origin).data;
    const base: AssetFilter = asset === null && failedCheck === null ? openingFilter : everythingFilter;
    const question = {
      filter: { ...base, ...scope, failedCheck, judgedAgainst, origins: origins === undefined ? [] : [origins] },
      ...(failedCheck === null ? {} : { sort: 'worst-compliance' as const }),
    };
    ask(question, asset);
    navigate({ screen: 'review' }, { replace: true });
  }, [screen, parameters]);
}

function Context() {
  const filter = useReviewStore((state) => state.filter);
  const { data: briefs = [] } = useQuery(briefQueries.list());
  const { data: counts } = useQuery({
    ...assetQueries.counts({ ...clearFacets(filter) }),
    placeholderData: (before) => before,
  });
  const narrowed = filter.planId !== null || filter.batchId !== null;
  const value = narrowed ? 'run' : (filter.briefId ?? 'all');
  function change(next: string) {
    const brief = briefs.find(({ id }) => id === next);
    if (next !== 'run') ask({ filter: { ...filter, briefId: brief?.id ?? null, planId: null, batchId: null } });
  }
  return (
    <>
      <Select
        label={message('review.scope')}
        labelHidden
        value={value}
        onChange={change}
        className="w-44"
        options={[
          ...(narrowed
            ? [{ value: 'run', label: message(filter.batchId === null ? 'review.onePlan' : 'review.oneBatch') }]
            : []),
          { value: 'all', label: message('review.allBriefs') },
          ...briefs.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {counts ? (
        <span className="min-w-0 truncate text-12 text-ink-soft tabular-nums">
          {message('review.toGo', { unreviewed: counts.unreviewed, total: counts.total })}
        </span>
      ) : (
        <Skeleton className="h-4 w-24" />
      )}
    </>
  );
}

function SortSelect() {
  const sort = useReviewStore((state) => state.sort);
  return (
    <Select
      label={message('review.sort')}
      labelHidden
      value={sort}
      onChange={(next) => ask({ sort: next })}
      options={sorts.map((value) => ({ value, label: message(sortTitles[value]) }))}
      className="w-37"
    />
  );
}

function Problem() {
  const problem = useReviewStore((state) => state.problem);
  if (problem === null) return null;
  return (
    <div className="flex shrink-0 items-start gap-2 border-b p-2">
      <FailureNote error={problem} className="flex-1" />
      <Button variant="quiet" onClick={() => useReviewStore.setState({ problem: null })}>
        {message('common.dismiss')}
      </Button>
    </div>
  );
}

const ReviewInspector = memo(function ReviewInspector() {
  const mode = useReviewStore((state) => state.mode);
  const compare = useReviewStore((state) => state.compare);
  const active = useActiveName();
  const waiting = useReviewStore((state) => state.selection.active !== null);
  return mode === 'compare' && compare !== null ? (
    <CompareInspector compare={compare} />
  ) : (
    <AssetInspector assetId={active} waiting={waiting} />
  );
});

function Work({ actions, waiting }: { actions: readonly Action[]; waiting: boolean }) {
  const mode = useReviewStore((state) => state.mode);
  const compare = useReviewStore((state) => state.compare);
  const survey = useReviewStore((state) => state.survey);
  const empty = useReviewStore((state) => countShown(state.list) === 0);
  const seeking = useReviewStore((state) => state.sought !== null);
  if (waiting && (empty || seeking)) return <GridSkeleton />;
  if (empty) return <NothingHere />;
  if (mode === 'compare' && compare !== null) return <CompareView compare={compare} />;
  if (mode === 'survey') return <SurveyView places={survey} />;
  if (mode === 'loupe') return <Loupe />;
  return (
    <ContextMenu groups={contextGroups(actions)}>
      <div className="flex min-h-0 flex-1 flex-col">
        <AssetGrid />
      </div>
    </ContextMenu>
  );
}

const contextIds = [
  ['review.approve', 'review.reject', 'review.redo'],
  ['review.pick', 'review.rejectFlag', 'review.unflag'],
  ['review.loupe', 'review.compare', 'review.survey'],
  ['review.vary', 'review.useAsSource'],
  ['review.bin'],
];

function contextGroups(actions: readonly Action[]) {
  return contextIds.map((group) =>
    group.flatMap((id) => {
      const action = actions.find((candidate) => candidate.id === id);
      return action === undefined
        ? []
        : [
            {
              id,
              title: action.title,
              keys: action.keys?.[0],
              disabled: action.enabled === false,
              danger: id === 'review.bin',
              onSelect: action.run,
            },
          ];
    }),
  );
}

/** Empty means one of three things: no pictures at all, all of them decided, or a filter that lets nothing through. */
function NothingHere() {
  const filter = useReviewStore((state) => state.filter);
  const { data: counts } = useQuery(assetQueries.counts(clearFacets(filter)));
  if (counts === undefined) return <GridSkeleton />;
  if (counts.total === 0) {
    return (
      <EmptyState
        icon={Images}
        title={message('review.emptyTitle')}
        action={
          <Button variant="primary" onClick={() => navigate({ screen: 'produce' })}>
            {message('review.emptyAction')}
          </Button>
        }
      >
        {message('review.emptyAdvice')}
      </EmptyState>
    );
  }
  const isOpening = countFacets(filter) === 1 && filter.statuses.length === 1 && filter.statuses[0] === 'unreviewed';
  return (
    <EmptyState
      icon={Images}
      title={message(isOpening ? 'review.allDecided' : 'review.noMatch')}
      action={
        <>
          <Button onClick={() => ask({ filter: clearFacets(filter) })}>
            {message('review.showAll', { count: counts.total })}
          </Button>
          {isOpening && counts.approved > 0 ? (
            <Button
              variant="primary"
              icon={FolderDown}
              keys="e"
              onClick={() => useReviewStore.setState({ exportOpen: true })}
            >
              {message('review.exportCount', { count: counts.approved })}
            </Button>
          ) : null}
        </>
      }
    >
      {isOpening
        ? message('review.allDecidedAdvice', {
            approved: counts.approved,
            rejected: counts.rejected,
            redo: counts.redo,
          })
        : message('review.noMatchAdvice')}
    </EmptyState>
  );
}

function GridSkeleton() {
  return (
    <div
      aria-hidden
      className="grid min-h-0 flex-1 grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] content-start gap-x-2 gap-y-7.5 overflow-hidden p-3"
    >
      {Array.from({ length: 30 }, (_, index) => (
        <Skeleton key={index} className="aspect-square w-full" />
      ))}
    </div>
  );
}
