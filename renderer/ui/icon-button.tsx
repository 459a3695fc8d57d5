import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children' | 'disabled'> {
  icon: LucideIcon;
  /** The accessible name and the tooltip. */
  label: string;
  keys?: string | undefined;
  pressed?: boolean | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  small?: boolean;
  /** Why it cannot be pressed now; null when it can. */
  blocked?: string | null | undefined;
}

export function IconButton({
  icon: Icon,
  label,
  keys,
  pressed,
  side = 'bottom',
  small = false,
  blocked = null,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        onClick={blocked === null ? onClick : undefined}
        {...(blocked === null ? {} : { 'aria-disabled': true, title: blocked })}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-control text-ink-soft transition-colors select-none not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink aria-disabled:opacity-45 aria-pressed:bg-pressed aria-pressed:text-ink data-[state=open]:bg-hover',
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
