import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AssetSummary, Flag, ReviewStatus } from '../../../electron/contract/asset.ts';
import { runAction } from '../../app/actions.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useWhyNot } from '../../rpc/rights.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { FlagMark } from './asset-tile.tsx';
import { statusTitles } from './mark-titles.ts';
import { DecisionTarget } from './decision-target.tsx';

const statusActions: readonly { status: Exclude<ReviewStatus, 'unreviewed'>; action: string; keys: string }[] = [
  { status: 'approved', action: 'review.approve', keys: 'a' },
  { status: 'rejected', action: 'review.reject', keys: 'r' },
  { status: 'redo', action: 'review.redo', keys: 'd' },
];
const statusVerbs = { approved: 'review.approve', rejected: 'review.reject', redo: 'review.markRedo' } as const;
const flagActions: readonly { flag: Exclude<Flag, 'none'>; action: string; keys: string }[] = [
  { flag: 'pick', action: 'review.pick', keys: 'p' },
  { flag: 'reject', action: 'review.rejectFlag', keys: 'x' },
];
const flagVerbs = { pick: 'review.pick', reject: 'review.rejectFlag' } as const;

/** The three axes as buttons, for the hand on the mouse; each shows its key. It says whom a decision is for. */
export function DecisionBar({ summary }: { summary: AssetSummary | undefined }) {
  const stars = summary?.stars ?? 0;
  const whyNot = useWhyNot('review.decide');
  return (
    <section
      aria-label={message('review.decide')}
      className="sticky top-0 z-10 flex flex-col gap-2 border-b bg-panel px-4 py-3"
    >
      <p className="text-12 text-ink-soft">
        <DecisionTarget />
      </p>
      <div className="grid grid-cols-3 gap-1">
        {statusActions.map(({ status, action, keys }) => (
          <Tooltip key={status} label={blockOf(status, summary) ?? message(statusVerbs[status])} keys={keys}>
            <Choice
              blocked={blockOf(status, summary)}
              pressed={summary?.status === status}
              label={message(summary?.status === status ? statusTitles[status] : statusVerbs[status])}
              action={action}
            >
              <StatusMark kind={status} label="" />
              <span className="min-w-0 truncate">
                {message(summary?.status === status ? statusTitles[status] : statusVerbs[status])}
              </span>
            </Choice>
          </Tooltip>
        ))}
      </div>
      <div className="flex items-center gap-1">
        {flagActions.map(({ flag, action, keys }) => (
          <Tooltip key={flag} label={message(flagVerbs[flag])} keys={keys}>
            <Choice
              pressed={summary?.flag === flag}
              label={message(flagVerbs[flag])}
              action={summary?.flag === flag ? 'review.unflag' : action}
              square
            >
              <FlagMark flag={flag} />
            </Choice>
          </Tooltip>
        ))}
        <span aria-hidden className="mx-1 h-4 w-px bg-line" />
        <div role="group" aria-label={message('review.stars')} className="flex">
          {[1, 2, 3, 4, 5].map((star) => (
            <button
              key={star}
              type="button"
              aria-label={message('review.starCount', { count: star })}
              aria-pressed={stars === star}
              title={whyNot ?? message('review.starKey', { count: star })}
              aria-disabled={whyNot === null ? undefined : true}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => runAction(stars === star ? 'review.stars0' : `review.stars${star}`)}
              className="inline-flex size-7 items-center justify-center rounded-control text-ink-faint not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink aria-disabled:opacity-45"
            >
              <Star
                size={15}
                strokeWidth={1.75}
                aria-hidden
                {...(star <= stars ? { fill: 'currentColor', className: 'text-ink' } : {})}
              />
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}

/** Why a status cannot be given; null when it can. */
function blockOf(status: ReviewStatus, summary: AssetSummary | undefined): string | null {
  return status === 'redo' && summary?.origin === 'imported' ? message('media.noRedo') : null;
}

/** The pointer never takes the focus away from the grid, so that the next key still moves the cursor. */
function Choice({
  pressed,
  label,
  action,
  square = false,
  blocked = null,
  children,
  ...rest
}: {
  blocked?: string | null;
  pressed: boolean;
  label: string;
  action: string;
  square?: boolean;
  children: ReactNode;
}) {
  const whyNot = useWhyNot('review.decide');
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      {...rest}
      {...(whyNot === null ? {} : { 'aria-disabled': true, title: whyNot })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => (blocked === null ? runAction(action) : undefined)}
      {...(blocked === null ? {} : { 'aria-disabled': true, title: blocked })}
      className={classNames(
        'inline-flex h-7 items-center gap-1.5 rounded-control border text-12 transition-colors aria-disabled:opacity-45',
        square ? 'w-8 justify-center' : 'justify-center px-1.5',
        pressed
          ? 'border-line-strong bg-pressed text-ink'
          : 'border-line bg-raised text-ink-soft not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
