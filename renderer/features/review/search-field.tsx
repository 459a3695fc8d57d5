import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { message } from '../../lib/messages/message.ts';
import { setQuestion, useReviewStore } from './review-store.ts';

/** Keys that come together, from a paste or a fast hand, ask once. The studio answers in milliseconds, so nobody waits for the end of a word. */
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
  useEffect(() => {
    if (text.trim() === searched) return;
    const timer = setTimeout(() => {
      setBefore(text.trim());
      const { filter } = useReviewStore.getState();
      setQuestion({ filter: { ...filter, text: text.trim().slice(0, 200) } });
    }, SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, searched]);
  return (
    <div className="relative flex w-[180px] items-center">
      <Search size={14} aria-hidden className="pointer-events-none absolute left-2 text-ink-faint" />
      <input
        data-review-search
        type="search"
        aria-label={message('review.search')}
        placeholder={message('review.searchPlaceholder')}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.preventDefault();
          if (event.key === 'Escape' && text !== '') setText('');
          else document.querySelector<HTMLElement>('[data-review-grid]')?.focus();
        }}
        className="h-7 w-full rounded-control border border-line bg-page pr-7 pl-7 text-13 hover:border-line-strong"
      />
      {text === '' ? null : (
        <button
          type="button"
          aria-label={message('review.clearSearch')}
          onClick={() => setText('')}
          className="absolute right-0.5 inline-flex size-6 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink"
        >
          <X size={13} aria-hidden />
        </button>
      )}
    </div>
  );
}
