import type { AssetSummary } from '../../../electron/contract/asset.ts';
import { message } from '../../lib/messages/message.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { nameChecks } from './check-titles.ts';

type Failed = Pick<AssetSummary, 'failedChecks' | 'remake' | 'wasRemade'>;

/** Which checks a picture fails, and what became of it: made again since, or kept as the last of its tries. */
export function describeFailure({ failedChecks, remake, wasRemade }: Failed): string {
  const checks = nameChecks(failedChecks).join(', ');
  if (wasRemade) return message('review.failedRemade', { checks });
  const tries = remake?.cause === 'checks' ? remake.number : 1;
  return tries > 1 ? message('review.failedKept', { checks, tries }) : message('review.fails', { checks });
}

/** A triangle and the first check that failed; an arrow that turns back where the picture was made again since. */
export function FailureMark({ summary, roomy }: { summary: Failed; roomy: boolean }) {
  const { failedChecks, wasRemade } = summary;
  const [first = ''] = nameChecks(failedChecks);
  const more = failedChecks.length - 1;
  const short = more > 0 ? message('review.failedMore', { check: first, count: more }) : first;
  return (
    <span
      className={`flex max-w-[60%] shrink-0 items-center gap-0.5 ${wasRemade ? 'text-ink-faint' : 'text-redo'}`}
      title={describeFailure(summary)}
    >
      <StatusMark kind={wasRemade ? 'redo' : 'failed'} label="" sizePx={13} className="shrink-0" />
      <span className="truncate">{roomy ? short : failedChecks.length}</span>
    </span>
  );
}
