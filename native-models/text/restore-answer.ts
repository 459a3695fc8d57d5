import { restoreWords } from './restore-words.ts';
import type { Swap } from './stand-ins.ts';

/**
 * A whole answer with the real words. They may be longer than their stand-ins, so each text of a JSON answer is held to its schema's
 * `maxLength` again: first by the short forms, then by going back to the last sentence or word that fits.
 */
export function restoreAnswer(
  text: string,
  swaps: readonly Swap[],
  jsonSchema: Readonly<Record<string, unknown>> | null,
): string {
  if (swaps.length === 0) return text;
  if (jsonSchema === null) return restoreWords(text, swaps);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    // Cut off by the token limit.
    return restoreWords(text, swaps, { asJson: true });
  }
  return JSON.stringify(restoreValue(answer, swaps, jsonSchema));
}

function restoreValue(value: unknown, swaps: readonly Swap[], schema: unknown): unknown {
  if (typeof value === 'string') return restoreText(value, swaps, readNumber(schema, 'maxLength'));
  if (Array.isArray(value)) return value.map((entry) => restoreValue(entry, swaps, read(schema, 'items')));
  if (typeof value !== 'object' || value === null) return value;
  const properties = read(schema, 'properties');
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, restoreValue(entry, swaps, read(properties, key))]),
  );
}

function restoreText(text: string, swaps: readonly Swap[], maxLength: number): string {
  const whole = restoreWords(text, swaps);
  if (whole.length <= maxLength) return whole;
  const short = restoreWords(text, swaps, { useShort: true });
  return short.length <= maxLength ? short : shorten(short, maxLength);
}

/** Least share of the room that a text must fill to end with a sentence; else it ends with a word. */
const LEAST_SHARE = 0.4;

function shorten(text: string, maxLength: number): string {
  const cut = text.slice(0, maxLength);
  const sentence = /^.*[.!?](?=\s)/su.exec(text.slice(0, maxLength + 1))?.[0];
  if (sentence !== undefined && sentence.length > maxLength * LEAST_SHARE) return sentence;
  const words = /\s/.test(text.charAt(maxLength)) ? cut : cut.replace(/\s+\S*$/u, '');
  // A single word that is too long, and never half of a character.
  return (words === '' ? cut : words).replace(/[\uD800-\uDBFF]$/u, '').replace(/[\s,;:]+$/u, '') || cut;
}

function read(schema: unknown, key: string): unknown {
  return typeof schema === 'object' && schema !== null ? Reflect.get(schema, key) : undefined;
}

function readNumber(schema: unknown, key: string): number {
  const value = read(schema, key);
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
}
