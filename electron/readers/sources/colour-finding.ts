import type { Finding } from '../../contract/brand-import.ts';
import { nameColour } from '../../domain/brand/colour-names.ts';
import { guessRole } from '../../domain/brand/colour-role.ts';
import { readColourText } from '../../domain/brand/colour-text.ts';

type WithoutId<Kind> = Kind extends Finding ? Omit<Kind, 'id'> : never;
/** A finding before it has an id. */
export type NewFinding = WithoutId<Finding>;
type ColourFinding = Extract<NewFinding, { kind: 'colour' }>;

/** Any way to write a colour in CSS, as # and six digits; null for what is none, and for what cannot be seen. */
export function readColour(text: string): string | null {
  return readColourText(text)?.hex ?? null;
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
  more: Partial<Pick<ColourFinding, 'share' | 'theme' | 'change'>> = {},
): NewFinding {
  const tidy = tidyName(name);
  const word = nameColour(hex);
  return {
    kind: 'colour',
    name: tidy === '' ? word.charAt(0).toUpperCase() + word.slice(1) : tidy,
    hex,
    role: guessRole(tidy),
    share: null,
    theme: null,
    change: null,
    ...more,
    source,
  };
}
