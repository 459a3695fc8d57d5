import type { Swap } from './stand-ins.ts';
import { listAlternatives } from './whole-words.ts';

/** Characters after a stand-in that decide how it is put back: a possessive, a stop. */
const LOOK_AHEAD = 3;

type Form = { readonly standIn: string; readonly real: string };

/** Puts the real words back. `useShort` names an audience by its short form throughout; `asJson` escapes for the inside of a JSON string. */
export type RestoreOptions = { readonly useShort?: boolean; readonly asJson?: boolean };

/**
 * Real words for stand-ins, whatever the stand-in's case: a capital that begins a sentence is carried over, and so are capitals
 * throughout. A possessive is not doubled after a name that is one, nor a stop after a name that ends in one.
 */
export function restoreWords(text: string, swaps: readonly Swap[], options: RestoreOptions = {}): string {
  if (swaps.length === 0) return text;
  const forms = new Map(listForms(swaps, options.useShort ?? false).map((form) => [form.standIn.toLowerCase(), form]));
  // A letter of a JSON escape ("\n") is no letter of a word.
  const pattern = new RegExp(
    `(?:(?<![\\p{L}\\p{N}])|(?<=\\\\[bfnrt]))(${listAlternatives([...forms.keys()])})(['’]s(?![\\p{L}\\p{N}])|[.!?])?(?![\\p{L}\\p{N}])`,
    'giu',
  );
  return text.replace(pattern, (whole: string, found: string, after: string | undefined) => {
    const form = forms.get(found.toLowerCase());
    if (form === undefined) return whole;
    const real = followCase(found, form);
    const isDoubled =
      after !== undefined && (/s$/i.test(after) ? /['’]s?$/i.test(real) : /[.!?…]$/.test(real) && after === '.');
    const escaped = options.asJson ? JSON.stringify(real).slice(1, -1) : real;
    return `${escaped}${isDoubled ? '' : (after ?? '')}`;
  });
}

function listForms(swaps: readonly Swap[], useShort: boolean): Form[] {
  return swaps.flatMap(({ real, standIn }) => [
    { standIn: standIn[0], real: useShort ? real[1] : real[0] },
    ...(standIn[1] === standIn[0] ? [] : [{ standIn: standIn[1], real: real[1] }]),
  ]);
}

function followCase(found: string, { standIn, real }: Form): string {
  if (found === standIn) return real;
  if (found.length > 1 && found === found.toUpperCase()) return real.toUpperCase();
  const first = found.charAt(0);
  if (first !== first.toUpperCase() || standIn.startsWith(first)) return real;
  const [head = ''] = real;
  return head.toUpperCase() + real.slice(head.length);
}

/** Restores a text that comes in pieces: what may yet become a stand-in is held until it is clear, so that none is ever shown. */
export class RestoringStream {
  readonly #swaps: readonly Swap[];
  readonly #options: RestoreOptions;
  readonly #forms: readonly string[];
  readonly #longest: number;
  #raw = '';
  #sent = 0;

  constructor(swaps: readonly Swap[], options: RestoreOptions) {
    this.#swaps = swaps;
    this.#options = options;
    this.#forms = listForms(swaps, false).map(({ standIn }) => standIn.toLowerCase());
    this.#longest = Math.max(0, ...this.#forms.map(({ length }) => length));
  }

  /** The restored text that is certain by now and was not given before. */
  add(chunk: string): string {
    this.#raw += chunk;
    return this.#take(this.#raw.slice(0, this.#findCertain()));
  }

  /** The rest. */
  end(): string {
    return this.#take(this.#raw);
  }

  #take(raw: string): string {
    const restored = restoreWords(raw, this.#swaps, this.#options);
    const fresh = restored.slice(this.#sent);
    this.#sent = Math.max(this.#sent, restored.length);
    return fresh;
  }

  #findCertain(): number {
    const { length } = this.#raw;
    for (let start = Math.max(0, length - this.#longest - LOOK_AHEAD); start < length; start += 1) {
      const tail = this.#raw.slice(start).toLowerCase();
      const isOpen = this.#forms.some(
        (form) => form.startsWith(tail) || (tail.startsWith(form) && tail.length < form.length + LOOK_AHEAD),
      );
      if (isOpen) return start;
    }
    return length;
  }
}
