import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  icon: LucideIcon;
  /** The accessible name and the tooltip. */
  label: string;
  keys?: string | undefined;
  pressed?: boolean | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  small?: boolean;
}

export function IconButton({
  icon: Icon,
  label,
  keys,
  pressed,
  side = 'bottom',
  small = false,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-control text-ink-soft transition-colors select-none hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-45 aria-pressed:bg-pressed aria-pressed:text-ink data-[state=open]:bg-hover',
          small ? 'size-6' : 'size-7',
          className,
        )}
        {...rest}
      >
        <Icon size={small ? 14 : 16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
}
