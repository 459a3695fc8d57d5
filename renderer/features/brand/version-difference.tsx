import { useState } from 'react';
import type { BrandKit, BrandVersion } from '../../../electron/contract/brand.ts';
import { compareKits } from '../../../electron/domain/brand/compare-kits.ts';
import type { KitChange } from '../../../electron/domain/brand/compare-kits.ts';
import { message } from '../../lib/messages/message.ts';
import { Badge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';

const DRAFT = 'draft';
const tones = { added: 'approved', removed: 'rejected', changed: 'redo' } as const;

export interface VersionDifferenceProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Oldest first. */
  versions: readonly BrandVersion[];
  /** What is being edited, when it differs from what it was begun from. */
  draft: { readonly kit: BrandKit; readonly files: BrandVersion['files'] } | null;
}

/** What differs between two versions, or a version and the draft, field by field. */
export function VersionDifference({ open, onOpenChange, versions, draft }: VersionDifferenceProps) {
  const newest = versions.at(-1);
  const [fromId, setFromId] = useState<string | null>(null);
  const [toId, setToId] = useState<string | null>(null);
  const defaultFrom = draft ? newest : (versions.at(-2) ?? newest);
  const from = versions.find(({ id }) => id === fromId) ?? defaultFrom;
  const toVersion = versions.find(({ id }) => id === toId) ?? (draft && toId === null ? undefined : newest);
  const to = toVersion ?? draft ?? newest;
  if (!from || !to) return null;
  const changes = compareKits(from.kit, to.kit, { before: from.files, after: to.files });
  const options = versions.map(({ id, number }) => ({
    value: id as string,
    label: message('brand.version', { number }),
  }));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={message('brand.difference')}
      closeLabel={message('common.close')}
      widthPx={720}
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4">
          <Select label={message('brand.difference.from')} value={from.id} options={options} onChange={setFromId} />
          <Select
            label={message('brand.difference.to')}
            value={toVersion?.id ?? DRAFT}
            options={draft ? [...options, { value: DRAFT, label: message('brand.draft') }] : options}
            onChange={(id) => setToId(id === DRAFT ? null : id)}
          />
        </div>
        {changes.length === 0 ? (
          <p className="text-ink-soft">{message('brand.difference.none')}</p>
        ) : (
          <>
            <p className="text-12 text-ink-soft">{message('brand.difference.count', { count: changes.length })}</p>
            <div className="flex max-h-[52vh] flex-col overflow-y-auto">
              {[...Map.groupBy(changes, ({ part }) => part)].map(([part, entries]) => (
                <section key={part} className="border-t py-3 first:border-t-0 first:pt-0">
                  <h3 className="mb-1.5 text-13 font-medium">{message(`brand.part.${part}`)}</h3>
                  <ul className="flex flex-col gap-1.5">
                    {entries.map((change, index) => (
                      <ChangeRow key={index} change={change} />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

function ChangeRow({ change: { field, kind, before, after } }: { change: KitChange }) {
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,11.25rem)_minmax(0,1fr)] items-baseline gap-3 text-12">
      <Badge tone={tones[kind]} className="justify-self-start">
        {message(`brand.difference.${kind}`)}
      </Badge>
      <span className="text-ink-soft text-pretty">{field.map(nameField).join(', ')}</span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
        {before === null ? null : (
          <Value text={before} className={after === null ? 'text-ink-soft' : 'text-ink-faint line-through'} />
        )}
        {after === null ? null : <Value text={after} className="text-ink" />}
      </span>
    </li>
  );
}

/** A colour is shown as itself besides its digits. */
function Value({ text, className }: { text: string; className: string }) {
  const hex = /#[0-9a-f]{6}/.exec(text)?.[0];
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {hex ? (
        <span aria-hidden className="size-3.5 shrink-0 rounded-small border" style={{ backgroundColor: hex }} />
      ) : null}
      <span className={`${className} break-words`}>{text}</span>
    </span>
  );
}

/** "minSizePx" reads "min size px"; names of colours and files stay as they are. */
function nameField(key: string): string {
  return /^[a-z]+([A-Z][a-z]+)*$/.test(key) ? key.replaceAll(/([A-Z])/g, ' $1').toLowerCase() : key;
}
