import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { StatusMark } from './status-mark.tsx';

export interface ErrorNoteProps {
  title: string;
  advice?: ReactNode;
  /** A button that does what the advice says. */
  action?: ReactNode;
  className?: string;
}

/** Stands where the error happened: what it is, what now, and the way out as a button. */
export function ErrorNote({ title, advice, action, className }: ErrorNoteProps) {
  return (
    <div
      role="alert"
      className={classNames(
        'flex items-start gap-2.5 rounded-control border border-line bg-rejected-wash px-3 py-2',
        className,
      )}
    >
      <StatusMark kind="failed" label="" className="mt-[3px] text-rejected" />
      <div className="min-w-0 flex-1">
        <p className="text-13 font-medium text-ink">{title}</p>
        {advice ? <div className="text-12 text-pretty break-words text-ink-soft">{advice}</div> : null}
      </div>
      {action}
    </div>
  );
}
