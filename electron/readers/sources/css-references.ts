import { looksLikeHslChannels, readChannels, readColourText, splitArguments } from '../../domain/brand/colour-text.ts';
import type { ReadColour } from '../../domain/brand/colour-text.ts';
import { isUsualTheme } from '../../domain/brand/theme-name.ts';
import type { CssProperty, CssSheet } from './css-sheet.ts';

/** A value with its references put in, or why that cannot be: names that are defined nowhere, or one that leads back to itself. */
export type Resolved =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  | { readonly kind: 'circle'; readonly name: string };

const MAX_CHARACTERS = 2000;
const MAX_DEPTH = 40;
/** References that one value may lead through; one that doubles itself at each step needs more. */
const MAX_STEPS = 500;
/** `hsl(var(--primary) / 50%)`: the property holds all channels of the function around it. */
const wrappedChannels =
  /\b(rgb|hsl|oklch|oklab|lch|lab|hwb)a?\(\s*var\(\s*(--[\w-]+)\s*\)\s*(?:\)|\/|,\s*(?:[^,()]|var\([^()]*\))*\))/g;
/** Names whose values look like channels of a colour and are lengths. */
const lengths = /margin|padding|inset|origin|position|size|radius|offset|gap|spac|translate|grid|flex|area|clip|mask/;

/** The custom properties of every style sheet that is read together, and what they lead to. */
export class CssReferences {
  readonly #own = new Map<string, CssProperty>();
  readonly #shared = new Map<string, CssProperty>();
  readonly #wrappers = new Map<string, string>();
  #steps = 0;

  addSheet(file: string, { properties }: CssSheet): void {
    for (const property of properties) {
      const { name, theme, place } = property;
      const scope = place === 'page' ? (theme ?? '') : place;
      const key = `${scope} ${name}`;
      this.#own.set(`${file}\n${key}`, property);
      if (place !== 'part' && !this.#shared.has(key)) this.#shared.set(key, property);
    }
  }

  /** Looks through any text for functions that are put around whole properties. */
  addUses(text: string): void {
    for (const [, wrapper = '', name = ''] of text.matchAll(wrappedChannels))
      if (!this.#wrappers.has(name)) this.#wrappers.set(name, wrapper);
  }

  /** The property that counts for a name under a theme: the file's own before those of other files, the theme's before the usual one. */
  find(name: string, theme: string | null, file: string): CssProperty | undefined {
    const scopes = [...(theme === null ? [] : [theme]), '', 'light', 'condition'];
    for (const scope of [...scopes, 'part']) {
      const own = this.#own.get(`${file}\n${scope} ${name}`);
      if (own !== undefined) return own;
    }
    for (const scope of scopes) {
      const shared = this.#shared.get(`${scope} ${name}`);
      if (shared !== undefined) return shared;
    }
    return undefined;
  }

  /** Whether the usual palette of the file has this name, so that another theme's is another colour. */
  hasUsual(name: string, file: string): boolean {
    return this.#own.has(`${file}\n ${name}`);
  }

  resolve(value: string, theme: string | null, file: string, trail: readonly string[] = []): Resolved {
    if (trail.length === 0) this.#steps = 0;
    let text = value;
    let from = 0;
    for (;;) {
      const start = text.indexOf('var(', from);
      if (start < 0) return { kind: 'text', text };
      const end = closingBracket(text, start + 'var'.length);
      this.#steps += 1;
      const isTooMuch = text.length > MAX_CHARACTERS || trail.length > MAX_DEPTH || this.#steps > MAX_STEPS;
      if (end < 0 || isTooMuch) return { kind: 'text', text: '' };
      const put = this.#resolveOne(text.slice(start + 'var('.length, end), theme, file, trail);
      if (put.kind !== 'text') return put;
      text = text.slice(0, start) + put.text + text.slice(end + 1);
      from = start + put.text.length;
    }
  }

  #resolveOne(inside: string, theme: string | null, file: string, trail: readonly string[]): Resolved {
    const [name = '', ...rest] = splitArguments(inside);
    const fallback = inside.includes(',') ? rest.join(', ') : undefined;
    const found = this.find(name, theme, file);
    const isUsable = found !== undefined && found.value !== 'initial' && !trail.includes(name);
    const put: Resolved = isUsable
      ? this.resolve(found.value, theme, file, [...trail, name])
      : trail.includes(name)
        ? { kind: 'circle', name }
        : { kind: 'missing', names: [name] };
    return put.kind === 'text' || fallback === undefined ? put : this.resolve(fallback, theme, file, [...trail, name]);
  }

  /** The colour of a resolved value; channels without a function are read by the function that is put around them somewhere. */
  readColour(name: string, text: string): ReadColour | null {
    const written = readColourText(text.replace(/\/\s*<alpha-value>/, ''));
    if (written !== null) return written;
    const wrapper = this.#wrappers.get(name);
    if (wrapper !== undefined) return readChannels(text, wrapper);
    if (name.endsWith('-rgb')) return readChannels(text, 'rgb');
    return looksLikeHslChannels(text) && !lengths.test(name) ? readChannels(text, 'hsl') : null;
  }

  /** The theme that a property belongs to; a light one is the usual palette where the sheet has no other. */
  themeOf({ theme, name }: CssProperty, file: string): string | null {
    return theme !== null && isUsualTheme(theme) && !this.hasUsual(name, file) ? null : theme;
  }
}

/** The place of the bracket that closes the one at `open`; -1 when none does. */
function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
