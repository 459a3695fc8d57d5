import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface ToggleChipProps {
  pressed: boolean;
  /** Why it cannot be pressed now; null when it can. */
  blocked?: string | null;
  onPress: () => void;
  children: ReactNode;
}

/** One of several that may be on together; a tick and a frame say that it is. */
export function ToggleChip({ pressed, blocked = null, onPress, children }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={blocked === null ? onPress : undefined}
      {...(blocked === null ? {} : { 'aria-disabled': true, title: blocked })}
      className={classNames(
        'inline-flex h-6 items-center gap-1 rounded-control border px-2 text-12 transition-colors aria-disabled:opacity-45',
        pressed ? 'border-accent-text bg-accent-wash text-ink' : 'bg-panel text-ink-soft hover:border-line-strong',
      )}
    >
      {pressed ? <Check size={12} aria-hidden className="text-accent-text" /> : null}
      {children}
    </button>
  );
}
