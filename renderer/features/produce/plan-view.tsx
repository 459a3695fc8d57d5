import { skipToken, useQuery } from '@tanstack/react-query';
import { Images, Languages, Play, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Batch } from '../../../electron/contract/batch.ts';
import type { AssetId, BatchId, CellId, PlanId } from '../../../electron/contract/identifiers.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection, Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import type { Action } from '../../app/actions.ts';
import { navigate } from '../../app/use-route.ts';
import { formatDateTime } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { batchQueries, brandQueries, briefQueries, formatQueries, planQueries } from '../../rpc/queries.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { useStream } from '../../rpc/use-stream.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Facts } from '../../ui/table.tsx';
import { isLive, orderBatches } from './batch-figures.ts';
import { cellStatusTitles } from './batch-titles.ts';
import { CellInspector } from './cell-inspector.tsx';
import { describeAxes } from './describe-axes.ts';
import {
  cellAt,
  cellsOfColumn,
  cellsOfRow,
  chooseVariationsPerLine,
  countStatuses,
  findPosition,
  moveInMatrix,
} from './matrix-model.ts';
import type { Matrix, StatusCounts } from './matrix-model.ts';
import { PlanList, RunList } from './plan-list.tsx';
import { PlanMatrix } from './plan-matrix.tsx';
import { PlanSelect } from './plan-select.tsx';
import { RunCard } from './run-card.tsx';
import { useHeadlines, usePlanMatrix, useRunningCells } from './use-plan-cells.ts';
import { WordsDialog } from './words-dialog.tsx';

const noCounts: StatusCounts = { empty: 0, queued: 0, running: 0, done: 0, failed: 0 };

/** The batch that is shown, live while it runs. */
function useBatch(planId: PlanId, wantedId: BatchId | null) {
  const { data: list } = useQuery(batchQueries.list(planId, 100));
  const batches = list ? orderBatches(list) : undefined;
  const listed = batches?.find(({ id }) => id === wantedId) ?? batches?.[0] ?? null;
  const watchedId = listed !== null && isLive(listed) ? listed.id : null;
  const stream = useStream<Batch>(watchedId, (signal) => watchBatch(watchedId, signal));
  return { batches, batch: watchedId === null ? listed : (stream.value ?? listed), error: stream.error };
}

async function watchBatch(batchId: BatchId | null, signal: AbortSignal): Promise<AsyncIterable<Batch>> {
  return batchId === null ? noBatches() : studio.batch.watch({ batchId }, { signal });
}

// oxlint-disable-next-line require-yield -- an iterator that ends at once
async function* noBatches(): AsyncGenerator<Batch> {}

/** Cells whose picture says something else than its concept does now. */
function useStaleWords(planId: PlanId) {
  return useQuery({
    // A topic of its own: what a batch changes many times a second does not ask for it again.
    queryKey: ['words', 'stale', planId],
    queryFn: ({ signal }) => studio.batch.staleWords({ planId }, { signal }),
  });
}

function useFailures(batchId: BatchId | null) {
  return useQuery({
    queryKey: ['batch', 'failures', batchId],
    queryFn: batchId === null ? skipToken : ({ signal }) => studio.batch.failures({ batchId }, { signal }),
  });
}

export function PlanView({ planId, batchId }: { planId: PlanId; batchId: BatchId | null }) {
  const { data: plan, error: planError } = useQuery(planQueries.get(planId));
  const { data: formats = [] } = useQuery(formatQueries.list());
  const { matrix, cells } = usePlanMatrix(plan);
  const headlines = useHeadlines(planId);
  const { batches, batch, error: watchError } = useBatch(planId, batchId);
  const [selectedId, setSelectedId] = useState<CellId | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isWriting, setWriting] = useState(false);
  const missing =
    cells.data
      ?.filter(({ status, takeCount }) => takeCount === 0 && (status === 'empty' || status === 'failed'))
      .map(({ id }) => id) ?? [];
  const { data: stale } = useStaleWords(planId);
  const staleWords = stale?.cellIds ?? [];
  const whyMayNot = useWhyNot('batch.start');
  const running = useRunningCells(batch?.inHand.map(({ cellId }) => cellId) ?? []);
  const counts = cells.data ? countStatuses(cells.data, running) : noCounts;
  const { data: failures = [] } = useFailures(batch !== null && batch.failed > 0 ? batch.id : null);
  const place = matrix && selectedId ? findPosition(matrix, selectedId) : null;
  const cell = matrix && place ? cellAt(matrix, place) : null;

  function call(work: () => Promise<unknown>) {
    setProblem(null);
    work().then(() => renew({ queryKey: ['batch'] }), setProblem);
  }
  function start(cellIds: CellId[] | null) {
    if (cellIds?.length !== 0) follow(() => studio.batch.start({ planId, cellIds }));
  }
  function updateWords() {
    follow(() => studio.batch.updateWords({ planId, cellIds: null }));
  }
  function follow(begin: () => Promise<Batch>) {
    call(async () => {
      const started = await begin();
      if (plan)
        navigate(
          { screen: 'produce', parts: [plan.briefId], parameters: { plan: planId, batch: started.id } },
          { replace: true },
        );
    });
  }
  function review(assetId: AssetId | null) {
    navigate({ screen: 'review', parameters: { plan: planId, ...(assetId === null ? {} : { asset: assetId }) } });
  }
  const controls = usePlanActions({
    plan,
    matrix,
    batch,
    selectedId,
    missing,
    staleWords,
    place,
    start,
    updateWords,
    call,
    review,
    onSelect: setSelectedId,
    onWords: () => setWriting(true),
    onReviewCell: () => cell?.cover && review(cell.cover.assetId),
  });

  if (planError) {
    return (
      <Screen title={message('produce.title')} context={<PlanSelect planId={null} />}>
        <FailureNote error={planError} className="m-4" />
      </Screen>
    );
  }
  return (
    <Screen
      title={message('produce.title')}
      context={<PlanSelect planId={planId} />}
      actions={
        <>
          <Button icon={Plus} keys="n" onClick={controls.newPlan}>
            {message('produce.newPlan')}
          </Button>
          <Button icon={Languages} keys="e" onClick={() => setWriting(true)}>
            {message('produce.words')}
          </Button>
          {batches?.length === 0 && plan ? (
            <Button variant="primary" icon={Play} keys="mod+enter" blocked={whyMayNot} onClick={() => start(null)}>
              {message('produce.produceCount', { count: plan.cellCount })}
            </Button>
          ) : (
            <Button
              variant="primary"
              icon={Images}
              keys="v"
              blocked={counts.done === 0 ? message('produce.notMade') : null}
              onClick={() => review(null)}
            >
              {message('produce.review')}
            </Button>
          )}
        </>
      }
      inspector={
        plan && cell ? (
          <CellInspector
            key={cell.id}
            plan={plan}
            cell={running.has(cell.id) ? { ...cell, status: 'running' } : cell}
            headline={headlines.get(cell.conceptId) ?? message('produce.conceptGone')}
            format={formats.find(({ id }) => id === cell.formatId)}
            failure={failures.find(({ cellId }) => cellId === cell.id) ?? null}
            onReview={review}
          />
        ) : (
          <>
            {plan ? <PlanFacts plan={plan} counts={counts} /> : <Skeleton className="m-4 h-24" />}
            {plan && batches ? <RunList plan={plan} batches={batches} shownId={batch?.id ?? null} /> : null}
            <PlanList />
          </>
        )
      }
    >
      {batch ? (
        <RunCard
          batch={batch}
          problem={problem ?? watchError}
          missing={missing.length > batch.failed ? missing.length : 0}
          staleWords={staleWords.length}
          onSelectCell={setSelectedId}
        />
      ) : problem === null ? null : (
        <FailureNote error={problem} className="m-4" />
      )}
      {cells.error ? (
        <FailureNote error={cells.error} onRetry={() => void cells.refetch()} className="m-4" />
      ) : plan && matrix ? (
        <PlanMatrix
          plan={plan}
          matrix={matrix}
          formats={formats}
          headlines={headlines}
          selectedId={selectedId}
          runningIds={running}
          onSelect={setSelectedId}
          onOpen={() => controls.reviewCell()}
          onRedoRow={(index) => start(cellsOfRow(matrix, index))}
          onRedoColumn={(index) => start(cellsOfColumn(matrix, index))}
        />
      ) : (
        <MatrixSkeleton />
      )}
      {plan && isWriting ? <WordsDialog plan={plan} formats={formats} onClose={() => setWriting(false)} /> : null}
    </Screen>
  );
}

interface PlanActionContext {
  plan: Plan | undefined;
  matrix: Matrix | null;
  batch: Batch | null;
  selectedId: CellId | null;
  missing: CellId[];
  staleWords: CellId[];
  place: ReturnType<typeof findPosition>;
  start: (cellIds: CellId[] | null) => void;
  updateWords: () => void;
  call: (work: () => Promise<unknown>) => void;
  review: (assetId: AssetId | null) => void;
  onSelect: (cellId: CellId | null) => void;
  onWords: () => void;
  onReviewCell: () => void;
}

function usePlanActions({
  plan,
  matrix,
  batch,
  selectedId,
  missing,
  staleWords,
  place,
  start,
  updateWords,
  call,
  review,
  onSelect,
  onWords,
  onReviewCell,
}: PlanActionContext) {
  const newPlan = () => navigate({ screen: 'produce', parts: plan ? [plan.briefId] : [], parameters: { new: '1' } });
  const reviewCell = onReviewCell;
  const isRunning = batch?.state === 'running';
  const isPaused = batch?.state === 'paused';
  function move(direction: 'left' | 'right' | 'up' | 'down') {
    if (matrix === null) return;
    const from = place ?? { rowIndex: 0, columnIndex: 0, variation: 0 };
    const perLine = chooseVariationsPerLine(plan?.variations ?? 1, matrix.columns.length);
    const to = place === null ? from : moveInMatrix(matrix, from, direction, perLine);
    onSelect(cellAt(matrix, to)?.id ?? null);
  }
  const hasBatch = batch !== null;
  const actions: Action[] = [
    {
      id: 'produce.start',
      title: message('produce.produceAll'),
      keys: ['mod+enter'],
      scope: 'produce',
      enabled: plan !== undefined && !hasBatch,
      run: () => start(null),
    },
    {
      id: 'produce.pause',
      title: message('produce.pauseRun'),
      keys: ['space'],
      scope: 'produce',
      enabled: isRunning,
      run: () => batch && call(() => studio.run.pause({ runId: batch.id })),
    },
    {
      id: 'produce.resume',
      title: message('produce.resumeRun'),
      keys: ['space'],
      scope: 'produce',
      enabled: isPaused,
      run: () => batch && call(() => studio.run.resume({ runId: batch.id })),
    },
    {
      id: 'produce.stop',
      title: message('produce.stopRun'),
      keys: ['shift+s'],
      scope: 'produce',
      enabled: isRunning || isPaused,
      run: () => batch && call(() => studio.run.stop({ runId: batch.id })),
    },
    {
      id: 'produce.retryFailed',
      title: message('produce.retryFailed'),
      keys: ['shift+r'],
      scope: 'produce',
      enabled: (batch?.failed ?? 0) > 0,
      run: () => batch && call(() => studio.run.retryFailed({ runId: batch.id })),
    },
    {
      id: 'produce.missing',
      title: message('produce.produceMissing'),
      keys: ['m'],
      scope: 'produce',
      enabled: hasBatch && !isRunning && !isPaused && missing.length > 0,
      run: () => start(missing),
    },
    {
      id: 'produce.updateWords',
      title: message('produce.updateWordsAction'),
      keys: ['w'],
      scope: 'produce',
      enabled: hasBatch && !isRunning && !isPaused && staleWords.length > 0,
      run: updateWords,
    },
    {
      id: 'produce.words',
      title: message('produce.wordsAction'),
      keys: ['e'],
      scope: 'produce',
      enabled: plan !== undefined,
      run: onWords,
    },
    {
      id: 'produce.redoCell',
      title: message('produce.redoCellAction'),
      keys: ['d'],
      scope: 'produce',
      enabled: selectedId !== null,
      run: () => selectedId && start([selectedId]),
    },
    {
      id: 'produce.redoRow',
      title: message('produce.redoRowAction'),
      keys: ['shift+d'],
      scope: 'produce',
      enabled: place !== null,
      run: () => matrix && place && start(cellsOfRow(matrix, place.rowIndex)),
    },
    {
      id: 'produce.redoColumn',
      title: message('produce.redoColumnAction'),
      keys: ['shift+f'],
      scope: 'produce',
      enabled: place !== null,
      run: () => matrix && place && start(cellsOfColumn(matrix, place.columnIndex)),
    },
    {
      id: 'produce.reviewCell',
      title: message('produce.reviewCellAction'),
      keys: ['enter'],
      scope: 'produce',
      enabled: place !== null,
      run: reviewCell,
    },
    {
      id: 'produce.review',
      title: message('produce.reviewAction'),
      keys: ['v'],
      scope: 'produce',
      run: () => review(null),
    },
    { id: 'produce.newPlan', title: message('produce.newPlan'), keys: ['n'], scope: 'produce', run: newPlan },
    {
      id: 'produce.clearCell',
      title: message('produce.clearCell'),
      keys: ['escape'],
      scope: 'produce',
      enabled: selectedId !== null,
      unlisted: true,
      run: () => onSelect(null),
    },
    ...(['left', 'right', 'up', 'down'] as const).map((direction): Action => ({
      id: `produce.move.${direction}`,
      title: message(`produce.move.${direction}`),
      keys: [`arrow${direction}`],
      scope: 'produce',
      unlisted: true,
      run: () => move(direction),
    })),
  ];
  useActions(actions);
  return { newPlan, reviewCell };
}

function PlanFacts({ plan, counts }: { plan: Plan; counts: StatusCounts }) {
  const { data: briefs = [] } = useQuery(briefQueries.list());
  const { data: brands = [] } = useQuery(brandQueries.list());
  const brand = brands.find(({ latest }) => latest.id === plan.brandVersionId);
  const statuses = ['done', 'running', 'queued', 'failed', 'empty'] as const;
  return (
    <InspectorSection title={plan.name}>
      <ul className="mb-3 flex flex-col gap-1 text-12">
        {statuses.map((status) => (
          <li key={status} className="flex items-center gap-2">
            <StatusMark kind={status} label="" />
            <span className="flex-1 text-ink-soft">{message(cellStatusTitles[status])}</span>
            <span className="tabular-nums">{new Intl.NumberFormat('en').format(counts[status])}</span>
          </li>
        ))}
      </ul>
      <Facts
        rows={[
          [message('produce.brief'), briefs.find(({ id }) => id === plan.briefId)?.name ?? ''],
          [
            message('produce.fact.brand'),
            brand
              ? message('produce.version', { name: brand.name, number: brand.latest.number })
              : message('produce.earlierVersion'),
          ],
          [message('produce.fact.plan'), describeAxes(plan)],
          [
            message('produce.seed'),
            <span key="seed" className="font-mono">
              {plan.seed}
            </span>,
          ],
          [message('produce.fact.created'), formatDateTime(plan.createdAtMs)],
        ]}
      />
    </InspectorSection>
  );
}

function MatrixSkeleton() {
  return (
    <div aria-hidden className="flex min-h-0 flex-1 flex-col gap-5 overflow-hidden p-4 pt-14">
      {[1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex gap-6">
          <Skeleton className="h-9 w-37.5" />
          {[1, 2, 3, 4].map((column) => (
            <Skeleton key={column} className="h-15 w-31.5" />
          ))}
        </div>
      ))}
    </div>
  );
}
