import { Progress as RadixProgress } from 'radix-ui';
import { classNames } from '../lib/class-names.ts';

export interface ProgressProps {
  label: string;
  /** Null while the end is unknown. */
  value: number | null;
  max: number;
  className?: string;
}

export function Progress({ label, value, max, className }: ProgressProps) {
  const share = value === null || max <= 0 ? 0 : Math.min(1, value / max);
  return (
    <RadixProgress.Root
      aria-label={label}
      value={value}
      max={Math.max(1, max)}
      className={classNames('h-1 w-full overflow-hidden rounded-full bg-pressed', className)}
    >
      <RadixProgress.Indicator
        className={classNames(
          'block h-full origin-left rounded-full bg-accent-text',
          value === null && 'skeleton w-1/3 bg-accent-text',
        )}
        {...(value === null ? {} : { style: { transform: `scaleX(${share})` } })}
      />
    </RadixProgress.Root>
  );
}
