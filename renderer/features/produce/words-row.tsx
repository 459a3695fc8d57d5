import type { Copy, CopyPlace, CopyTable, Words } from '../../../electron/contract/copy.ts';
import { message } from '../../lib/messages/message.ts';
import { TextArea, TextField } from '../../ui/field.tsx';
import { draftWords, findGap, keptWords, noWords, placeKey, useWordsDrafts } from './words-drafts.ts';

/** What a concept says, and beside it what its pictures say at one place. */
export function WordsRow({
  concept,
  copies,
  place,
}: {
  concept: CopyTable['concepts'][number];
  copies: readonly Copy[];
  place: CopyPlace;
}) {
  const draft = useWordsDrafts(({ drafts }) => drafts[placeKey(place)]?.words);
  const kept = keptWords(copies, place);
  // What counts where this place has nothing of its own stands there, faint.
  const standIn =
    place.formatId === null ? concept.words : (keptWords(copies, { ...place, formatId: null })?.words ?? concept.words);
  const words = draft ?? kept?.words ?? noWords;
  const gap = findGap(words);
  const change = (part: Partial<Words>) => draftWords(place, { ...words, ...part }, kept?.words ?? noWords);
  const field = (name: keyof Words) => ({
    value: words[name],
    placeholder: standIn[name],
    lang: place.locale,
    dir: 'auto' as const,
    error: gap === name ? message('produce.words.needed') : null,
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-4 border-t border-line pt-4 max-columns:grid-cols-1">
      <div className="min-w-0 text-12 text-ink-soft" data-own-text>
        <h3 className="text-13 font-medium text-ink">{concept.title}</h3>
        <p className="mt-1 wrap-anywhere">{concept.words.headline}</p>
        <p className="mt-1 wrap-anywhere">{concept.words.body}</p>
        <p className="mt-1 wrap-anywhere">{concept.words.callToAction}</p>
        {kept?.isBehind ? <p className="mt-2 text-redo">{message('produce.words.behind')}</p> : null}
      </div>
      <div className="grid min-w-0 grid-cols-[minmax(0,2fr)_minmax(0,1fr)] gap-3 max-columns:grid-cols-1">
        <TextField
          label={message('produce.words.headline')}
          maxLength={120}
          {...field('headline')}
          onChange={({ target }) => change({ headline: target.value })}
        />
        <TextField
          label={message('produce.words.callToAction')}
          maxLength={48}
          {...field('callToAction')}
          onChange={({ target }) => change({ callToAction: target.value })}
        />
        <TextArea
          label={message('produce.words.body')}
          maxLength={360}
          className="col-span-2 max-columns:col-span-1"
          {...field('body')}
          onChange={({ target }) => change({ body: target.value })}
        />
      </div>
    </li>
  );
}
