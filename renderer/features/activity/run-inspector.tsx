import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight, Pause, Play, RotateCcw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { deliverySchema } from '../../../electron/contract/delivery.ts';
import { jobCatalogue } from '../../../electron/contract/job.ts';
import type { Run, RunTroubles } from '../../../electron/contract/run.ts';
import { ActionButton } from '../../app/action-button.tsx';
import { FailureNote } from '../../app/failure-note.tsx';
import { formatRoute } from '../../app/routes.ts';
import { InspectorSection } from '../../app/screen.tsx';
import { formatAgo, formatBytes, formatDateTime, formatDuration, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { previewUrl } from '../../rpc/asset-url.ts';
import { adviseOnRecord } from '../../rpc/error-advice.ts';
import { runQueries } from '../../rpc/queries.ts';
import { usePersonNames } from '../../rpc/use-person-names.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Facts } from '../../ui/table.tsx';
import { describeWork, destinationOf, isOpen, markOf, nameKind, secondsOf, titleOf } from './run-words.ts';

const importOutput = jobCatalogue['files.import'].output;

/** What a run does or did, what went wrong in it, and what may be done about it. */
export function RunInspector({ run, problem }: { run: Run | null; problem: unknown }) {
  const nameOf = usePersonNames();
  if (run === null) return <p className="p-4 text-12 text-ink-soft">{message('activity.none')}</p>;
  return (
    <>
      <section className="flex flex-col gap-3 border-b px-4 py-3">
        <div>
          <h2 className="text-15 font-semibold break-words">{titleOf(run)}</h2>
          <p className="flex items-center gap-1.5 text-12 text-ink-soft">
            <StatusMark kind={markOf(run)} label="" sizePx={12} />
            {nameKind(run.kind)}, {message(`activity.state.${run.state}`).toLowerCase()}
          </p>
        </div>
        <Controls run={run} />
        {problem === null ? null : <FailureNote error={problem} />}
        <Facts rows={listFacts(run, nameOf)} />
        {run.waitingFor === null ? null : <p className="text-12 text-redo">{run.waitingFor}</p>}
      </section>
      <InHand run={run} />
      {run.kind === 'export' && run.done > 0 ? <ExportResult run={run} /> : null}
      {run.kind === 'filesImport' && run.done > 0 ? <ImportResult run={run} /> : null}
      {run.failed > 0 || run.healed > 0 ? <Troubles run={run} /> : null}
    </>
  );
}

function Controls({ run }: { run: Run }) {
  const destination = destinationOf(run);
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {run.state === 'running' ? (
        <ActionButton icon={Pause} keys="space" action="activity.pause">
          {message('activity.pause')}
        </ActionButton>
      ) : null}
      {run.state === 'paused' ? (
        <ActionButton icon={Play} keys="space" action="activity.pause">
          {message('activity.resume')}
        </ActionButton>
      ) : null}
      {isOpen(run) ? (
        <ActionButton icon={Square} action="activity.stop">
          {message('activity.stop')}
        </ActionButton>
      ) : null}
      {run.kind === 'batch' && run.done > 0 ? (
        <Go href={formatRoute({ screen: 'review', parameters: { batch: run.id } })}>
          {message('activity.open.images')}
        </Go>
      ) : null}
      {destination === null ? null : <Go href={formatRoute(destination.to)}>{destination.title}</Go>}
    </div>
  );
}

function Go({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      className="inline-flex h-7 items-center gap-1 rounded-control border bg-raised px-2.5 text-13 font-medium transition-colors hover:bg-hover"
    >
      {children}
      <ArrowUpRight size={14} strokeWidth={1.75} aria-hidden className="text-ink-faint" />
    </a>
  );
}

function listFacts(run: Run, nameOf: (by: string) => string): (readonly [string, string])[] {
  const { remaining, perMinute, askedBy, startedAtMs, finishedAtMs } = run;
  return [
    ...(askedBy === '' ? [] : [[message('activity.fact.asked'), nameOf(askedBy)] as const]),
    [message('activity.fact.begun'), formatDateTime(startedAtMs)],
    ...(finishedAtMs === null ? [] : [[message('activity.fact.ended'), formatDateTime(finishedAtMs)] as const]),
    [message('activity.fact.time'), formatDuration(secondsOf(run))],
    ...(isOpen(run) && perMinute !== null
      ? [[message('activity.fact.rate'), message('activity.rate', { rate: formatNumber(perMinute) })] as const]
      : []),
    ...(remaining === null ? [] : [[message('activity.fact.left'), describeSpread(remaining)] as const]),
  ];
}

function describeSpread({ low, middle, high }: NonNullable<Run['remaining']>): string {
  return message('activity.leftSpread', {
    time: formatDuration(middle),
    low: formatDuration(low),
    high: formatDuration(high),
  });
}

function InHand({ run: { inHand } }: { run: Run }) {
  if (inHand.length === 0) return null;
  return (
    <InspectorSection title={message('activity.inHand')}>
      <ul className="flex flex-col gap-2">
        {inHand.map((job) => (
          <li key={job.jobId} className="flex items-start gap-2 text-12">
            {job.preview === null ? null : (
              <img src={previewUrl(job.preview)} alt="" className="surround size-12 rounded-small object-contain" />
            )}
            <span className="min-w-0 text-ink-soft tabular-nums">{describeWork(job)}</span>
            {job.draft === null ? null : <span className="line-clamp-3 min-w-0 text-ink-faint">{job.draft}</span>}
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}

function ExportResult({ run }: { run: Run }) {
  const { data: ends } = useQuery(runQueries.ends(run.id));
  const delivery = deliverySchema.safeParse(ends?.find(({ state }) => state === 'done')?.output).data;
  if (delivery === undefined) return null;
  return (
    <InspectorSection title={message('activity.result')}>
      <p className="font-mono text-12 break-words">{delivery.folderName}</p>
      <p className="text-12 text-ink-soft">
        {message('activity.result.files', { count: delivery.files, size: formatBytes(delivery.bytes) })}
      </p>
    </InspectorSection>
  );
}

/** How many came in anew, counted among the jobs that a page is told of. */
function ImportResult({ run }: { run: Run }) {
  const { data: ends } = useQuery(runQueries.ends(run.id));
  const outcomes = ends?.flatMap(({ output }) => importOutput.safeParse(output).data?.outcome ?? []) ?? [];
  const counts = (['added', 'known', 'restored'] as const)
    .map((outcome) => ({ outcome, count: outcomes.filter((found) => found === outcome).length }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return null;
  return (
    <InspectorSection title={message('activity.result')}>
      <ul className="flex flex-col gap-1 text-12 text-ink-soft">
        {counts.map(({ outcome, count }) => (
          <li key={outcome}>{message(`activity.imported.${outcome}`, { count })}</li>
        ))}
      </ul>
    </InspectorSection>
  );
}

function Troubles({ run }: { run: Run }) {
  const { data: troubles, error } = useQuery(runQueries.troubles(run.id));
  if (error) return <FailureNote error={error} className="m-4" />;
  if (troubles === undefined) return null;
  return (
    <>
      {troubles.failed.length > 0 ? <Failures failed={troubles.failed} /> : null}
      {troubles.healed.length > 0 ? <Healings healed={troubles.healed} /> : null}
    </>
  );
}

function Failures({ failed }: { failed: RunTroubles['failed'] }) {
  return (
    <InspectorSection title={message('activity.failures')}>
      <ul className="flex flex-col gap-2.5">
        {failed.map(({ error, jobs, attempts }) => {
          const { title, advice } = adviseOnRecord(error);
          return (
            <li key={`${error.code} ${error.message}`} className="text-12">
              <p className="font-medium break-words">{title}</p>
              {advice ? <p className="break-words text-ink-soft">{advice}</p> : null}
              <p className="text-ink-faint">{message('activity.failures.jobs', { count: jobs, attempts })}</p>
            </li>
          );
        })}
      </ul>
      <ActionButton icon={RotateCcw} keys="r" className="mt-3" action="activity.retry">
        {message('activity.retry')}
      </ActionButton>
    </InspectorSection>
  );
}

function Healings({ healed }: { healed: RunTroubles['healed'] }) {
  return (
    <InspectorSection title={message('activity.healings')}>
      <p className="mb-2 text-12 text-ink-faint">{message('activity.healings.note')}</p>
      <ul className="flex flex-col gap-2">
        {healed.map(({ error, jobs, lastAtMs }) => (
          <li key={error === null ? '' : `${error.code} ${error.message}`} className="text-12">
            <p className="font-medium break-words">
              {error === null ? message('activity.healings.ended') : adviseOnRecord(error).title}
            </p>
            <p className="text-ink-faint">
              {message('activity.healings.jobs', { count: jobs, ago: formatAgo(lastAtMs) })}
            </p>
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}
