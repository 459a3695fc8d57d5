import { z } from 'zod';
import type { TextJob } from '../../electron/contract/engine-protocol.ts';
import { listAlternatives } from './whole-words.ts';

type Phrase = NonNullable<TextJob['phrases']>[number];

const wordsSchema = z.string().min(2).max(60);
/** By role, words that a model copies well, best first; where a second is given, it is the first's short form. */
export const standInsSchema = z.partialRecord(
  z.enum(['product', 'what', 'audience', 'fact']),
  z.array(z.tuple([wordsSchema]).rest(wordsSchema)).max(64),
);
export type StandIns = z.infer<typeof standInsSchema>;

/** Real words, and those that the model reads and writes in their place. The first form is the whole, the second the short one. */
export type Swap = { readonly real: readonly [string, string]; readonly standIn: readonly [string, string] };

/**
 * A stand-in for every phrase that occurs in the texts. Words that the texts hold already are never stand-ins, so that what is put
 * back can only be what was taken out; a phrase for which none is left stays as it is.
 */
export function chooseSwaps(declared: StandIns, phrases: readonly Phrase[], texts: readonly string[]): Swap[] {
  const taken = foldWords([...texts, ...phrases.map(({ text }) => text)].join('\n'));
  const swaps: Swap[] = [];
  const used = new Set<string>();
  for (const { role, text, short } of phrases) {
    if (text === '' || swaps.some(({ real }) => real.includes(text))) continue;
    if (!texts.some((whole) => findWhole([text]).test(whole))) continue;
    const candidate = declared[role]?.find(([whole]) => !used.has(whole) && !isTaken(whole, taken));
    if (candidate === undefined) continue;
    used.add(candidate[0]);
    const shortReal = short ?? text;
    const shortStandIn = candidate[1] ?? candidate[0];
    swaps.push({
      real: [text, shortReal],
      // A phrase that has no short form must not get a stand-in that has one: the model would make the difference.
      standIn: shortReal === text ? [shortStandIn, shortStandIn] : [candidate[0], shortStandIn],
    });
  }
  return swaps;
}

/** The text with stand-ins in the place of the real words. The label of a line, up to its first colon and space, stays. */
export function hideWords(text: string, swaps: readonly Swap[]): string {
  const pairs = swaps.flatMap(({ real, standIn }) => [
    [real[0], standIn[0]] as const,
    ...(real[1] === real[0] ? [] : [[real[1], standIn[1]] as const]),
  ]);
  if (pairs.length === 0) return text;
  const byReal = new Map(pairs);
  const pattern = findWhole([...byReal.keys()]);
  return text
    .split('\n')
    .map((line) => {
      const label = /^[^:]{1,40}: /.exec(line)?.[0] ?? '';
      return label + line.slice(label.length).replace(pattern, (found) => byReal.get(found) ?? found);
    })
    .join('\n');
}

/** One of the words, standing alone; the longest wins. */
function findWhole(words: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${listAlternatives(words)})(?![\\p{L}\\p{N}])`, 'gu');
}

function foldWords(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** A stand-in of one word is taken by that word; one of several by its first, which is what tells it from common speech. */
function isTaken(standIn: string, taken: ReadonlySet<string>): boolean {
  const [first = ''] = standIn.toLowerCase().split(' ');
  return taken.has(first);
}
