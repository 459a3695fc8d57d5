import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface ToggleChipProps {
  pressed: boolean;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}

/** One of several that may be on together; a tick and a frame say that it is. */
export function ToggleChip({ pressed, disabled = false, onPress, children }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
      className={classNames(
        'inline-flex h-6 items-center gap-1 rounded-control border px-2 text-12 transition-colors disabled:opacity-50',
        pressed ? 'border-accent-text bg-accent-wash text-ink' : 'bg-panel text-ink-soft hover:border-line-strong',
      )}
    >
      {pressed ? <Check size={12} aria-hidden className="text-accent-text" /> : null}
      {children}
    </button>
  );
}
