import { X } from 'lucide-react';
import { createStore, useStore } from 'zustand';
import { message } from '../lib/messages/message.ts';
import { Button } from '../ui/button.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import type { StatusMarkKind } from '../ui/status-mark.tsx';

export interface Toast {
  title: string;
  detail?: string | null;
  mark?: StatusMarkKind;
  action?: { title: string; keys?: string; run: () => void };
}

/** Long enough to read and to reach undo. */
const TOAST_MS = 8000;
const store = createStore<{ toasts: readonly (Toast & { id: number })[] }>(() => ({ toasts: [] }));
let nextId = 1;

function dismiss(id: number): void {
  store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** For results that come in the background, and for undo after something left the screen. Errors stand where they happened instead. */
export function showToast(toast: Toast): void {
  const id = nextId++;
  store.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), { ...toast, id }] }));
  setTimeout(() => dismiss(id), TOAST_MS);
}

export function Toasts() {
  const toasts = useStore(store, (state) => state.toasts);
  return (
    <section
      aria-label={message('toast.region')}
      aria-live="polite"
      className="pointer-events-none fixed right-3 bottom-9 z-50 flex w-90 max-w-[calc(100vw-1.5rem)] flex-col gap-2"
    >
      {toasts.map(({ id, title, detail, mark, action }) => (
        <div
          key={id}
          className="float-in pointer-events-auto flex items-center gap-2.5 rounded-control border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-float"
        >
          {mark ? <StatusMark kind={mark} label="" /> : null}
          <div className="min-w-0 flex-1 py-1">
            <p className="text-13">{title}</p>
            {detail ? <p className="text-12 text-ink-soft">{detail}</p> : null}
          </div>
          {action ? (
            <Button
              variant="quiet"
              keys={action.keys}
              onClick={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.title}
            </Button>
          ) : null}
          <button
            type="button"
            aria-label={message('common.dismiss')}
            onClick={() => dismiss(id)}
            className="inline-flex size-7 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink"
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </section>
  );
}
