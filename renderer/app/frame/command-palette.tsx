import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { SearchHit } from '../../../electron/contract/system.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { Action } from '../actions.ts';
import { useRegisteredActions } from '../use-actions.ts';
import { navigate } from '../use-route.ts';
import { destinationOfHit } from './destination-of-hit.ts';
import { matchActions } from './match-actions.ts';

type Entry = { kind: 'action'; key: string; action: Action } | { kind: 'hit'; key: string; hit: SearchHit };

/** Typing pauses this long before the library is asked. */
const SEARCH_PAUSE_MS = 120;

function useDelayed(value: string): string {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return delayed;
}

export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={message('palette.title')}
      closeLabel={message('common.close')}
      bare
    >
      {open ? <PaletteBody onDone={() => onOpenChange(false)} /> : null}
    </Dialog>
  );
}

function PaletteBody({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const searched = useDelayed(text.trim());
  const registered = useRegisteredActions();
  const { data: hits } = useQuery({
    ...systemQueries.search(searched, 12),
    enabled: searched.length >= 2,
    placeholderData: (before) => before,
    gcTime: 10_000,
    staleTime: 0,
  });

  const entries = useMemo<Entry[]>(() => {
    const actions = matchActions(registered, text).map((action): Entry => ({ kind: 'action', key: action.id, action }));
    const found =
      searched.length >= 2
        ? (hits ?? []).map((hit): Entry => ({ kind: 'hit', key: `${hit.kind}:${hit.id}`, hit }))
        : [];
    return [...actions, ...found];
  }, [registered, text, searched, hits]);
  const current = Math.min(active, entries.length - 1);

  useEffect(() => {
    document.getElementById(`palette-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  function run(entry: Entry | undefined) {
    if (!entry) return;
    onDone();
    // After the pane has closed, so that an action may open one of its own and focus goes where it belongs.
    setTimeout(() => (entry.kind === 'action' ? entry.action.run() : navigate(destinationOfHit(entry.hit))), 0);
  }

  function press(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && entries.length > 0) {
      event.preventDefault();
      setActive((current + step + entries.length) % entries.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[current]);
    }
  }

  const firstHit = entries.findIndex((entry) => entry.kind === 'hit');
  return (
    <div onKeyDown={press}>
      <div className="flex h-11 items-center gap-2.5 border-b px-4">
        <Search size={16} strokeWidth={1.75} aria-hidden className="text-ink-faint" />
        <input
          autoFocus
          type="search"
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={entries[current] ? `palette-${current}` : undefined}
          aria-label={message('palette.title')}
          placeholder={message('palette.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          className="h-full flex-1 bg-transparent text-15 outline-none"
        />
      </div>
      <div
        id="palette-list"
        role="listbox"
        aria-label={message('palette.title')}
        className="max-h-[52vh] overflow-y-auto p-1"
      >
        {entries.map((entry, index) => (
          <div key={entry.key} className="contents">
            {index === 0 && entry.kind === 'action' ? <GroupTitle>{message('palette.actions')}</GroupTitle> : null}
            {index === firstHit ? <GroupTitle>{message('palette.found')}</GroupTitle> : null}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === current}
              onPointerMove={() => setActive(index)}
              onClick={() => run(entry)}
              className={classNames(
                'flex min-h-8 items-center gap-3 rounded-small px-3 py-1',
                index === current && 'bg-hover',
              )}
            >
              {entry.kind === 'action' ? <ActionLine action={entry.action} /> : <HitLine hit={entry.hit} />}
            </div>
          </div>
        ))}
        {entries.length === 0 ? (
          <p className="px-3 py-6 text-center text-13 text-ink-soft">{message('palette.nothing', { text })}</p>
        ) : null}
      </div>
      <p role="status" className="sr-only">
        {message('palette.results', { count: entries.length })}
      </p>
    </div>
  );
}

function GroupTitle({ children }: { children: string }) {
  return (
    <p role="presentation" className="px-3 pt-2 pb-1 text-11 font-medium text-ink-faint">
      {children}
    </p>
  );
}

function ActionLine({ action }: { action: Action }) {
  const [keys] = action.keys ?? [];
  return (
    <>
      <span className="flex-1 truncate">{action.title}</span>
      {action.scope === 'frame' ? null : (
        <span className="text-12 text-ink-faint">{message(`action.scope.${action.scope}`)}</span>
      )}
      {keys ? <Kbd keys={keys} /> : null}
    </>
  );
}

/** The excerpt marks what matched between U+2039 and U+203A. */
function HitLine({ hit }: { hit: SearchHit }) {
  const parts = hit.excerpt.split(/[\u2039\u203a]/);
  return (
    <>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{hit.title}</span>
        <span className="block truncate text-12 text-ink-soft">
          {parts.map((part, index) =>
            index % 2 === 1 ? (
              <mark key={index} className="bg-transparent font-medium text-ink">
                {part}
              </mark>
            ) : (
              part
            ),
          )}
        </span>
      </span>
      <span className="text-12 text-ink-faint">{message(`palette.kind.${hit.kind}`)}</span>
    </>
  );
}
