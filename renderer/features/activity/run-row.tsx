import type { Run } from '../../../electron/contract/run.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatAgo, formatDuration, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { Badge } from '../../ui/badge.tsx';
import { Progress } from '../../ui/progress.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { describePace, isOpen, markOf, nameKind, progressOf, secondsOf, titleOf } from './run-words.ts';

export interface RunRowProps {
  run: Run;
  active: boolean;
  onActivate: () => void;
}

/** A run in one line: what, how far, how fast, and what went wrong. */
export function RunRow({ run, active, onActivate }: RunRowProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={active}
        data-run={run.id}
        // Space and Enter are the screen's: pause, and open what the run is about.
        data-grid-cell
        onClick={onActivate}
        className={classNames(
          'grid w-full grid-cols-[0.875rem_minmax(0,2fr)_minmax(0,3fr)_auto] items-center gap-x-3 gap-y-0.5 px-3 py-2 text-left transition-colors',
          active ? 'bg-hover' : 'hover:bg-hover/60',
        )}
      >
        <StatusMark kind={markOf(run)} label={message(`activity.state.${run.state}`)} />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium" title={titleOf(run)}>
            {titleOf(run)}
          </span>
          <span className="truncate text-12 text-ink-faint">{nameKind(run.kind)}</span>
        </span>
        {isOpen(run) ? <Under run={run} /> : <Over run={run} />}
        <span className="flex items-center gap-1.5">
          {run.healed > 0 ? (
            <span title={message('activity.healed.advice', { count: run.healed })}>
              <Badge>{message('activity.healed', { count: formatNumber(run.healed) })}</Badge>
            </span>
          ) : null}
          {run.failed > 0 ? (
            <Badge tone="redo">{message('activity.failed', { count: formatNumber(run.failed) })}</Badge>
          ) : null}
        </span>
      </button>
    </li>
  );
}

function Under({ run }: { run: Run }) {
  const { value, max } = progressOf(run);
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span className="flex items-baseline gap-2 text-12 tabular-nums">
        <span className="whitespace-nowrap">{countOf(run)}</span>
        <span className="min-w-0 truncate text-ink-faint" title={describePace(run)}>
          {describePace(run)}
        </span>
      </span>
      <Progress label={message('activity.progress', { title: titleOf(run) })} value={value} max={max} />
    </span>
  );
}

function Over({ run }: { run: Run }) {
  const parts = [
    ...(run.state === 'stopped' ? [message('activity.state.stopped')] : []),
    ...(run.total > 1 ? [countOf(run)] : []),
    message('activity.took', { time: formatDuration(secondsOf(run)) }),
  ];
  return (
    <span className="flex min-w-0 items-baseline gap-2 text-12 tabular-nums">
      <span className="truncate text-ink-soft">{parts.join('  ·  ')}</span>
      <span className="ml-auto whitespace-nowrap text-ink-faint">{formatAgo(run.finishedAtMs ?? run.startedAtMs)}</span>
    </span>
  );
}

function countOf({ done, total }: Run): string {
  return message('activity.of', { done: formatNumber(done), total: formatNumber(total) });
}
