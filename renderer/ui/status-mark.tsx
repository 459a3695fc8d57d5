import { classNames } from '../lib/class-names.ts';

export type StatusMarkKind =
  | 'approved'
  | 'rejected'
  | 'redo'
  | 'unreviewed'
  | 'pick'
  | 'passed'
  | 'failed'
  | 'queued'
  | 'running'
  | 'done'
  | 'empty';

/** Every status has a shape of its own, so that colour never carries it alone. Drawn on a 16 unit square. */
const shapes: Record<StatusMarkKind, { path: string; filled?: boolean; className: string }> = {
  approved: { path: 'M3.5 8.5 6.5 11.5 12.5 4.5', className: 'text-approved' },
  rejected: { path: 'M4 4 12 12M12 4 4 12', className: 'text-rejected' },
  redo: { path: 'M12.5 8a4.5 4.5 0 1 1-1.6-3.45M12.8 2.4v2.9H9.9', className: 'text-redo' },
  unreviewed: { path: 'M8 4.25a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5Z', className: 'text-ink-faint' },
  pick: { path: 'M4.5 14V2.5h7l-2 3 2 3h-7', className: 'text-ink' },
  passed: {
    path: 'M8 2 13 4v4c0 3-2.2 5-5 6-2.800-1-5-3-5-6V4ZM5.700 8l1.700 1.700L10.500 6.300',
    className: 'text-approved',
  },
  failed: { path: 'M8 2.500 14 13.200H2ZM8 6.500v3.200M8 11.500v.2', className: 'text-redo' },
  queued: { path: 'M4.500 8h.1M8 8h.1M11.500 8h.1', className: 'text-ink-faint' },
  running: { path: 'M5.500 3.500v9l7-4.500Z', filled: true, className: 'text-accent-text' },
  done: { path: 'M4 4h8v8H4Z', filled: true, className: 'text-ink-soft' },
  empty: { path: 'M4 4h8v8H4Z', className: 'text-ink-faint' },
};

export interface StatusMarkProps {
  kind: StatusMarkKind;
  /** Read out; leave empty only where the word stands beside the mark. */
  label: string;
  sizePx?: number;
  className?: string | undefined;
}

export function StatusMark({ kind, label, sizePx = 14, className }: StatusMarkProps) {
  const shape = shapes[kind];
  return (
    <svg
      viewBox="0 0 16 16"
      width={sizePx}
      height={sizePx}
      fill={shape.filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={classNames('shrink-0', className ?? shape.className)}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <path d={shape.path} />
    </svg>
  );
}
