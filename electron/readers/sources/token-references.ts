import { shortKey } from './token-file.ts';
import type { TokenFile } from './token-file.ts';
import type { Token } from './token.ts';

type Place = { readonly token: Token; readonly file: string };
export type Followed =
  | { readonly kind: 'token'; readonly token: Token; readonly file: string }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'circle'; readonly name: string };

const MAX_ALIASES = 20;
/** Files and themes that define one key; more say nothing new. */
const MAX_PLACES = 64;

/** The tokens of every file that is read together, and what their aliases lead to. */
export class TokenReferences {
  readonly #byKey = new Map<string, Place[]>();
  readonly #byShortKey = new Map<string, Place[]>();

  addFile(file: string, { tokens, hasSets }: TokenFile): void {
    for (const token of tokens) {
      remember(this.#byKey, token.key, { token, file });
      const short = shortKey(token.key, hasSets);
      if (short !== null) remember(this.#byShortKey, short, { token, file });
    }
  }

  /** Follows "{color.brand.blue}" to a token that is no alias. The file's own and the theme's own come first. */
  follow(token: Token, file: string): Followed {
    let current: Place = { token, file };
    for (let step = 0; step < MAX_ALIASES; step++) {
      const alias = aliasOf(current.token.value);
      if (alias === null) return { kind: 'token', ...current };
      const next = this.find(alias, token.theme, current.file, current.token);
      if (next === null) return { kind: 'missing', name: `{${alias}}` };
      const { type } = next.token;
      current = { file: next.file, token: { ...next.token, type: type === '' ? current.token.type : type } };
    }
    return { kind: 'circle', name: `{${token.key}}` };
  }

  find(alias: string, theme: string | null, file: string, asking: Token): Place | null {
    const key = alias.replace(/\.\$?value$/, '');
    const score = (place: Place) =>
      (place.token.theme === theme ? 4 : place.token.theme === null ? 2 : 0) + (place.file === file ? 1 : 0);
    for (const places of [this.#byKey.get(key), this.#byShortKey.get(key)]) {
      let best: Place | null = null;
      for (const place of places ?? []) {
        // A theme's token that is called as the usual one ("dark.ink": "{ink}") leads to the usual one.
        if (place.token.value === asking.value && place.token.key === asking.key) continue;
        if (best === null || score(place) > score(best)) best = place;
      }
      if (best !== null) return best;
    }
    return null;
  }
}

/** What stands in the braces of a whole alias; null for other values. */
export function aliasOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return /^\{([^{}]+)\}$/.exec(text)?.[1]?.trim() ?? /^\$([\w-]+(?:\.[\w-]+)+)$/.exec(text)?.[1] ?? null;
}

function remember(places: Map<string, Place[]>, key: string, place: Place): void {
  const known = places.get(key);
  if (known === undefined) places.set(key, [place]);
  else if (known.length < MAX_PLACES) known.push(place);
}
