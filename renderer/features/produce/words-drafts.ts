import { create } from 'zustand';
import type { Copy, CopyPlace, Words } from '../../../electron/contract/copy.ts';

export const wordFields = ['headline', 'body', 'callToAction'] as const;
export const noWords: Words = { headline: '', body: '', callToAction: '' };

export interface WordsDraft {
  place: CopyPlace;
  words: Words;
}

/** What somebody typed and has not saved yet, by place. It outlives the pane: closing it loses nothing. */
export const useWordsDrafts = create<{ drafts: Readonly<Record<string, WordsDraft>> }>(() => ({ drafts: {} }));

export function placeKey({ conceptId, locale, formatId }: CopyPlace): string {
  return `${conceptId} ${locale} ${formatId ?? ''}`;
}

/** A draft that says what is kept already is none. */
export function draftWords(place: CopyPlace, words: Words, kept: Words): void {
  const { [placeKey(place)]: _before, ...others } = useWordsDrafts.getState().drafts;
  const isSame = wordFields.every((field) => words[field] === kept[field]);
  useWordsDrafts.setState({ drafts: isSame ? others : { ...others, [placeKey(place)]: { place, words } } });
}

export function dropDrafts(keys: readonly string[]): void {
  const left = Object.entries(useWordsDrafts.getState().drafts).filter(([key]) => !keys.includes(key));
  useWordsDrafts.setState({ drafts: Object.fromEntries(left) });
}

/** The first field that is empty while others are not; null for words that are whole, and for none at all. */
export function findGap(words: Words): (typeof wordFields)[number] | null {
  const empty = wordFields.filter((field) => words[field].trim() === '');
  return empty.length === wordFields.length ? null : (empty[0] ?? null);
}

export function keptWords(copies: readonly Copy[], place: CopyPlace): Copy | null {
  return copies.find((copy) => placeKey(copy) === placeKey(place)) ?? null;
}
