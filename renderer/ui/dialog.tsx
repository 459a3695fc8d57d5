import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  closeLabel: string;
  /** Buttons at the foot, the primary one last. */
  footer?: ReactNode;
  widthPx?: 420 | 560 | 720 | 960;
  /** Hides the title from sight, not from screen readers. */
  bare?: boolean;
  /** It is there to be read and holds nothing that takes focus: keys reach the text itself, and scroll it. */
  isText?: boolean;
  children: ReactNode;
}

/** Longer than systems allow between the two. */
const DOUBLE_CLICK_MS = 600;

const widths = { 420: 'w-105', 560: 'w-140', 720: 'w-180', 960: 'w-240' };

/**
 * A modal pane. `data-modal` tells the key dispatcher that the keys of the screen behind it rest.
 * The backdrop is a plain element: Radix's own overlay writes a style element, which the content security policy forbids.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  closeLabel,
  footer,
  widthPx = 560,
  bare = false,
  isText = false,
  children,
}: DialogProps) {
  const pressedAtMs = useRef(Number.NEGATIVE_INFINITY);
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <div aria-hidden className="fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          data-modal
          onOpenAutoFocus={focusWork}
          onPointerDownCapture={({ timeStamp }) => (pressedAtMs.current = timeStamp)}
          // The second half of a double click inside: the pane may have shrunk under it.
          onPointerDownOutside={(event) => {
            if (event.detail.originalEvent.timeStamp - pressedAtMs.current < DOUBLE_CLICK_MS) event.preventDefault();
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={classNames(
            'float-in fixed inset-x-0 top-[12vh] z-40 mx-auto flex max-h-[76vh] max-columns:top-2 max-columns:max-h-[calc(100vh-1rem)] max-w-[calc(100vw-2rem)] flex-col overflow-hidden rounded-control border border-line bg-panel shadow-float outline-none',
            widths[widthPx],
          )}
        >
          {bare ? (
            <RadixDialog.Title className="sr-only">{title}</RadixDialog.Title>
          ) : (
            <header className="flex items-start gap-3 border-b px-4 py-3">
              <div className="min-w-0 flex-1">
                <RadixDialog.Title className="text-15 font-semibold">{title}</RadixDialog.Title>
                {description ? (
                  <RadixDialog.Description className="text-12 text-ink-soft">{description}</RadixDialog.Description>
                ) : null}
              </div>
              <RadixDialog.Close
                aria-label={closeLabel}
                className="-mt-0.5 -mr-1 inline-flex size-7 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink"
              >
                <X size={16} strokeWidth={1.75} aria-hidden />
              </RadixDialog.Close>
            </header>
          )}
          <div
            {...(isText ? { tabIndex: 0 } : {})}
            className={classNames('min-h-0 flex-1 overflow-y-auto -outline-offset-2', !bare && 'p-4')}
          >
            {children}
          </div>
          {footer ? <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">{footer}</footer> : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Focus goes to the first field, or to the pane itself where there is none; never to the button that closes it. */
function focusWork(event: Event): void {
  const pane = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
  const field = pane?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select');
  event.preventDefault();
  (field ?? pane)?.focus();
}
