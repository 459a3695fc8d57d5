import { useQuery } from '@tanstack/react-query';
import { FolderCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { AssetFilter } from '../../../electron/contract/asset.ts';
import type { Batch } from '../../../electron/contract/batch.ts';
import type { BriefSummary } from '../../../electron/contract/brief.ts';
import { deliverySchema } from '../../../electron/contract/delivery.ts';
import type { Delivery } from '../../../electron/contract/delivery.ts';
import { reviveError } from '../../../electron/contract/errors.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import type { RunId } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { showToast } from '../../app/toasts.tsx';
import { navigate } from '../../app/use-route.ts';
import { formatBytes, formatDuration } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { adviseOnError } from '../../rpc/error-advice.ts';
import { assetQueries, batchQueries, briefQueries, planQueries, scoringQueries } from '../../rpc/queries.ts';
import { studio } from '../../rpc/studio.ts';
import { followRun } from '../../rpc/use-run.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { describeFilter } from './describe-filter.ts';
import { clearFacets } from './filter-state.ts';
import { DeliveryPlace, nameTaking, takeDelivery, TakeDelivery } from './take-delivery.tsx';
import { useReviewStore } from './review-store.ts';

type Choice = 'approved' | 'picks' | 'shown';
type ExportState =
  | { readonly step: 'form'; readonly error: unknown }
  | { readonly step: 'running'; readonly done: number; readonly total: number; readonly startedAtMs: number }
  | { readonly step: 'done'; readonly delivery: Delivery };

function filterFor(choice: Choice, shown: AssetFilter): AssetFilter {
  const scope = clearFacets(shown);
  if (choice === 'approved') return { ...scope, statuses: ['approved'] };
  return choice === 'picks' ? { ...scope, flags: ['pick'] } : shown;
}

/** Writes files, manifest and contact sheets into a new folder. Closing the pane lets the export go on; only Stop ends it. */
export function ExportDialog() {
  const open = useReviewStore((state) => state.exportOpen);
  return open ? <OpenExportDialog /> : null;
}

function close(): void {
  useReviewStore.setState({ exportOpen: false });
}

/** The brand version whose checks count, where the filter names one. */
function useJudge({ briefId, planId, judgedAgainst }: AssetFilter) {
  const { data: versions = [] } = useQuery({
    ...scoringQueries.versions({ briefId, planId }),
    enabled: judgedAgainst !== null,
  });
  const found = versions.find(({ brandVersionId }) => brandVersionId === judgedAgainst);
  return found === undefined ? undefined : { name: found.brandName, number: found.number };
}

interface Known {
  briefs: readonly BriefSummary[] | undefined;
  plans: readonly Plan[] | undefined;
  batches: readonly Batch[] | undefined;
}

/** What the pictures are of, in a word: the plan where there is one, else the brief. */
function nameScope({ briefId, planId, batchId }: AssetFilter, { briefs, plans, batches }: Known): string {
  const wanted = planId ?? batches?.find(({ id }) => id === batchId)?.planId;
  const plan = plans?.find(({ id }) => id === wanted);
  const brief = briefs?.find(({ id }) => id === (plan?.briefId ?? briefId));
  return plan?.name ?? brief?.name ?? message('review.allBriefs');
}

function OpenExportDialog() {
  const shown = useReviewStore((state) => state.filter);
  const [choice, setChoice] = useState<Choice>('approved');
  const { data: briefs } = useQuery(briefQueries.list());
  const { data: plans } = useQuery(planQueries.list(null));
  const { data: batches } = useQuery({ ...batchQueries.list(null, 200), enabled: shown.batchId !== null });
  const scope = nameScope(shown, { briefs, plans, batches });
  const [day] = useState(() => new Date().toISOString().slice(0, 10));
  const [ownName, setName] = useState<string | null>(null);
  const name = ownName ?? message('review.exportName', { name: scope.slice(0, 60), day });
  const [state, setState] = useState<ExportState>({ step: 'form', error: null });
  const [runId, setRunId] = useState<RunId | null>(null);
  const isShown = useShown();
  const filter = filterFor(choice, shown);
  const { data: counts } = useQuery(assetQueries.counts(filter));
  const judge = useJudge(filter);
  const total = counts?.total ?? null;
  const trimmed = name.trim();
  const whyMayNot = useWhyNot('delivery.export');
  const whyNot =
    whyMayNot ??
    (trimmed === ''
      ? message('review.exportNeedsName')
      : total === null
        ? message('common.loading')
        : total === 0
          ? message('review.exportNothing')
          : null);

  async function run() {
    setState({ step: 'running', done: 0, total: total ?? 0, startedAtMs: Date.now() });
    try {
      const { id } = await studio.delivery.export({ name: trimmed, filter });
      setRunId(id);
      await followRun(id, ({ inHand: [job] }) => {
        if (job !== undefined && job.total > 0)
          setState((before) => (before.step === 'running' ? { ...before, done: job.done, total: job.total } : before));
      });
      const [end] = await studio.run.ends({ runId: id });
      if (end?.state === 'done') {
        const delivery = deliverySchema.parse(end.output);
        setState({ step: 'done', delivery });
        if (!isShown.current) tellExported(delivery);
      } else {
        setState({ step: 'form', error: end?.error ? reviveError(end.error) : null });
        if (!isShown.current) tellEnded(trimmed, end?.error ? reviveError(end.error) : null);
      }
    } catch (error) {
      setState({ step: 'form', error });
      if (!isShown.current) tellEnded(trimmed, error);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={close}
      title={message(state.step === 'done' ? 'review.exportDone' : 'review.exportTitle')}
      description={state.step === 'done' ? undefined : message('review.exportAdvice')}
      closeLabel={message('common.close')}
      widthPx={420}
      footer={
        state.step === 'form' ? (
          <>
            <Button onClick={close}>{message('common.cancel')}</Button>
            <Button variant="primary" blocked={whyNot} onClick={() => void run()}>
              {total === null || total === 0
                ? message('review.export')
                : message('review.exportCount', { count: total })}
            </Button>
          </>
        ) : state.step === 'running' ? (
          <Button
            blocked={runId === null ? message('review.exportStarting') : null}
            onClick={() => runId && void studio.run.stop({ runId })}
          >
            {message('review.exportStop')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{message('common.close')}</Button>
            <TakeDelivery delivery={state.delivery} />
          </>
        )
      }
    >
      {state.step === 'form' ? (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (whyNot === null) void run();
          }}
        >
          {state.error ? <FailureNote error={state.error} /> : null}
          <TextField
            label={message('review.exportFolder')}
            value={name}
            maxLength={80}
            error={trimmed === '' ? message('review.exportNeedsName') : null}
            onChange={(event) => setName(event.target.value)}
          />
          <Select
            label={message('review.exportWhat')}
            value={choice}
            onChange={setChoice}
            options={[
              { value: 'approved', label: message('review.exportApproved') },
              { value: 'picks', label: message('review.exportPicks') },
              { value: 'shown', label: message('review.exportShown') },
            ]}
          />
          <p className="text-12 text-ink-soft">
            {total === null
              ? message('common.loading')
              : total === 0
                ? message('review.exportNothing')
                : message('review.exportHolds', { what: describeFilter(filter, judge), count: total })}
          </p>
        </form>
      ) : state.step === 'running' ? (
        <div className="flex flex-col gap-2" role="status">
          <Progress label={message('review.exportRunning')} value={state.done} max={state.total} />
          <p className="flex justify-between text-12 text-ink-soft tabular-nums">
            <span>{message('review.exportProgress', { done: state.done, total: state.total })}</span>
            <span>{remaining(state)}</span>
          </p>
        </div>
      ) : (
        <div className="flex items-start gap-3" role="status">
          <FolderCheck size={20} strokeWidth={1.5} aria-hidden className="mt-0.5 shrink-0 text-approved" />
          <div className="min-w-0">
            <DeliveryPlace delivery={state.delivery} />
            <p className="text-12 text-ink-soft">
              {message('review.exportResult', { count: state.delivery.files, size: formatBytes(state.delivery.bytes) })}
            </p>
            <p className="mt-1 text-12 text-ink-faint">{message('review.exportContents')}</p>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** Whether the pane is still open: an export outlives it. */
function useShown(): RefObject<boolean> {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => void (isShown.current = false);
  }, []);
  return isShown;
}

const toActivity = { title: message('review.exportActivity'), run: () => navigate({ screen: 'activity' }) };

function tellExported(delivery: Delivery): void {
  const { folderName, files, bytes } = delivery;
  const action = { title: nameTaking(), run: () => void takeDelivery(delivery) };
  const detail = message('review.exportResult', { count: files, size: formatBytes(bytes) });
  showToast({ mark: 'done', title: message('review.exportedTo', { folder: folderName }), detail, action });
}

/** A failure with its reason; null is a stop. */
function tellEnded(name: string, error: unknown): void {
  if (error === null)
    showToast({ mark: 'empty', title: message('review.exportStopped', { name }), action: toActivity });
  else {
    const { title, advice } = adviseOnError(error);
    showToast({
      mark: 'failed',
      title: message('review.exportFailed', { name }),
      detail: advice ?? title,
      action: toActivity,
    });
  }
}

/** From the rate so far; nothing until a tenth is done, because the first files say little. */
function remaining({ done, total, startedAtMs }: { done: number; total: number; startedAtMs: number }): string {
  if (done < 2 || done * 10 < total) return '';
  return message('review.timeLeft', {
    time: formatDuration(((Date.now() - startedAtMs) / 1000 / done) * (total - done)),
  });
}
