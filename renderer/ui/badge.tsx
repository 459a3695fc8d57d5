import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export type Tone = 'neutral' | 'accent' | 'approved' | 'rejected' | 'redo';

const tones: Record<Tone, string> = {
  neutral: 'bg-hover text-ink-soft',
  accent: 'bg-accent-wash text-accent-text',
  approved: 'bg-approved-wash text-approved',
  rejected: 'bg-rejected-wash text-rejected',
  redo: 'bg-redo-wash text-redo',
};

/** A short word or number beside something. Say it in words too: the tone alone carries no meaning. */
export function Badge({
  tone = 'neutral',
  className,
  children,
}: {
  tone?: Tone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={classNames(
        'inline-flex h-4.5 shrink-0 items-center gap-1 rounded-small px-1.5 text-11 font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
