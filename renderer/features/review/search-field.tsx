import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { message } from '../../lib/messages/message.ts';
import { ask } from './list-query.ts';
import { useReviewStore } from './review-store.ts';

/** The first key asks at once; those that come together behind it, from a fast hand, ask once more. The studio answers in milliseconds, so nobody waits for the end of a word. */
const SEARCH_PAUSE_MS = 40;

/** Filters by the words of headlines, copy and prompts. */
export function SearchField() {
  const searched = useReviewStore((state) => state.filter.text);
  const [text, setText] = useState(searched);
  const [before, setBefore] = useState(searched);
  if (searched !== before) {
    // The filter was cleared or set elsewhere.
    setBefore(searched);
    setText(searched);
  }
  const last = useRef<{ askedAtMs: number; timer: ReturnType<typeof setTimeout> | undefined }>({
    askedAtMs: 0,
    timer: undefined,
  });
  useEffect(() => {
    const { current } = last;
    return () => clearTimeout(current.timer);
  }, []);
  function search(typed: string): void {
    setText(typed);
    clearTimeout(last.current.timer);
    const run = () => {
      const { filter } = useReviewStore.getState();
      const words = typed.trim().slice(0, 200);
      if (words === filter.text) return;
      last.current.askedAtMs = performance.now();
      setBefore(words);
      ask({ filter: { ...filter, text: words } });
    };
    const pauseMs = last.current.askedAtMs + SEARCH_PAUSE_MS - performance.now();
    if (pauseMs <= 0) run();
    else last.current.timer = setTimeout(run, pauseMs);
  }
  return (
    <div className="relative flex w-45 items-center max-columns:w-auto">
      <Search size={14} aria-hidden className="pointer-events-none absolute left-2 text-ink-faint" />
      <input
        data-review-search
        type="search"
        aria-label={message('review.search')}
        placeholder={message('review.searchPlaceholder')}
        value={text}
        maxLength={200}
        onChange={(event) => search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.preventDefault();
          if (event.key === 'Escape' && text !== '') search('');
          else document.querySelector<HTMLElement>('[data-review-grid]')?.focus();
        }}
        className="h-7 w-full rounded-control border border-line bg-page pr-7 pl-7 text-13 hover:border-line-strong"
      />
      {text === '' ? null : (
        <button
          type="button"
          aria-label={message('review.clearSearch')}
          onClick={() => search('')}
          className="absolute right-0.5 inline-flex size-6 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink"
        >
          <X size={13} aria-hidden />
        </button>
      )}
    </div>
  );
}
