import { englishMessages } from './en.ts';
import type { MessageKey, Messages } from './en.ts';

type Plural = { readonly one: string; readonly other: string };
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type TextOf<Entry> = Entry extends string ? Entry : Entry extends Plural ? Entry['one'] | Entry['other'] : never;
type NamesOf<Entry> = Names<TextOf<Entry>> | (Entry extends Plural ? 'count' : never);

/** Values for the placeholders of one entry; numbers are written with the thousands mark of the language. */
export type MessageValues<Key extends MessageKey> = { readonly [Name in NamesOf<Messages[Key]>]: string | number };
type Rest<Key extends MessageKey> = [NamesOf<Messages[Key]>] extends [never] ? [] : [values: MessageValues<Key>];

const numberFormat = new Intl.NumberFormat('en');
const pluralRules = new Intl.PluralRules('en');

/** The text for a key of the catalogue. Entries with `one` and `other` choose by `count`. */
export function message<Key extends MessageKey>(key: Key, ...[values]: Rest<Key>): string {
  const entry: string | Plural = englishMessages[key];
  const given: Readonly<Record<string, string | number>> = values ?? {};
  return fillMessage(entry, given);
}

export function fillMessage(entry: string | Plural, values: Readonly<Record<string, string | number>>): string {
  const pattern =
    typeof entry === 'string' ? entry : pluralRules.select(Number(values['count'])) === 'one' ? entry.one : entry.other;
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? numberFormat.format(value) : (value ?? '');
  });
}
