import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Kbd } from './kbd.tsx';

export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-accent-ink not-aria-disabled:hover:bg-accent-hover',
  plain: 'border-line bg-raised text-ink not-aria-disabled:hover:bg-hover',
  quiet:
    'border-transparent bg-transparent text-ink-soft not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink',
  danger: 'border-line bg-raised text-rejected not-aria-disabled:hover:bg-rejected-wash',
};

const frame =
  'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-control border text-13 font-medium whitespace-nowrap select-none transition-colors aria-disabled:opacity-45';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  variant?: ButtonVariant;
  icon?: LucideIcon | undefined;
  /** Shown inside the button; the key itself is bound by the action registry. */
  keys?: string | undefined;
  busy?: boolean | undefined;
  /** Why it cannot be pressed now, as its tooltip; null when it can. It keeps its place among what Tab reaches, so that the reason can be read. */
  blocked?: string | null | undefined;
}

/** A double click means one press: what the first click began must not begin again, nor be undone by what has come under the pointer. */
export function Button({
  variant = 'plain',
  icon: Icon,
  keys,
  busy,
  blocked = null,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      onClick={(event) => {
        if (event.detail > 1 || blocked !== null) event.preventDefault();
        else onClick?.(event);
      }}
      aria-busy={busy || undefined}
      {...(blocked === null ? {} : { 'aria-disabled': true, title: blocked })}
      className={classNames(frame, 'px-2.5', variants[variant], className)}
      {...rest}
    >
      {busy ? <Spinner /> : Icon ? <Icon size={14} strokeWidth={1.75} aria-hidden /> : null}
      {children}
      {keys ? (
        <Kbd
          keys={keys}
          className={classNames(
            '-mr-1 ml-0.5 max-columns:hidden',
            variant === 'primary' && '[&_kbd]:border-accent-ink/30 [&_kbd]:bg-transparent [&_kbd]:text-accent-ink',
          )}
        />
      ) : null}
    </button>
  );
}

/** A turning mark for a control that waits; never stands alone in an empty pane. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'inline-block size-3 animate-[turn_800ms_linear_infinite] rounded-full border-[1.5px] border-current border-r-transparent',
        className,
      )}
    />
  );
}
