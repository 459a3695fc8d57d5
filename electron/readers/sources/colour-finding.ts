import { formatHex, parse } from 'culori';
import type { PaletteRole } from '../../contract/palette-role.ts';
import type { Finding } from '../../contract/brand-import.ts';
import { nameColour } from '../../domain/brand/colour-names.ts';

type WithoutId<Kind> = Kind extends Finding ? Omit<Kind, 'id'> : never;
/** A finding before it has an id. */
export type NewFinding = WithoutId<Finding>;

const roleWords: readonly (readonly [PaletteRole, RegExp])[] = [
  ['background', /\b(background|bg|canvas|surface|paper|ground)\b/],
  ['text', /\b(text|foreground|fg|ink|body|copy)\b/],
  ['primary', /\b(primary|brand|main|lead)\b/],
  ['secondary', /\b(secondary|support|supporting)\b/],
  ['accent', /\b(accent|highlight|cta|action|tertiary)\b/],
  ['neutral', /\b(neutral|gr[ae]y|muted|border|line|stone|slate)\b/],
];

/** The role that a name speaks of, or null: "color-brand-primary", "Background / light". */
export function guessRole(name: string): PaletteRole | null {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ');
  return roleWords.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** Any way to write a colour in CSS, as # and six digits; null for what is none, and for what cannot be seen. */
export function readColour(text: string): string | null {
  try {
    const colour = parse(text.trim());
    if (!colour || (colour.alpha ?? 1) < 0.5) return null;
    return formatHex(colour)?.slice(0, 7) ?? null;
  } catch {
    return null;
  }
}

export function tidyName(name: string, limit = 60): string {
  return name
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limit);
}

/** A colour without a name is called by the nearest colour word. */
export function makeColour(
  name: string,
  hex: string,
  source: Finding['source'],
  share: number | null = null,
): NewFinding {
  const tidy = tidyName(name);
  const word = nameColour(hex);
  return {
    kind: 'colour',
    name: tidy === '' ? word.charAt(0).toUpperCase() + word.slice(1) : tidy,
    hex,
    role: guessRole(tidy),
    share,
    source,
  };
}
