import type { BrandKit, PaletteRole } from '../../contract/brand.ts';
import type { PaletteGuidance } from '../../contract/recipe.ts';
import { colourNames, nameColour } from './colour-names.ts';

/** How much of a picture a role should fill while it forms; what several colours of one role share. Text colours belong to type, but dark tones occur in pictures too. */
const roleShares: Readonly<Record<PaletteRole, number>> = {
  background: 0.34,
  primary: 0.28,
  secondary: 0.16,
  accent: 0.12,
  neutral: 0.06,
  text: 0.04,
};

/** At most this many colours guide a picture. */
const MAX_GUIDING_COLOURS = 12;

/**
 * Brings shares inside their bounds, keeping their sum at 1: what a bound takes from one colour goes to the others in proportion.
 * Bounds that cannot be met together (all the largest shares are under 1) are stretched in proportion at the end.
 */
function boundShares(wanted: readonly number[], bounds: readonly { min: number; max: number }[]): number[] {
  const shares = [...wanted];
  const settled = new Set<number>();
  for (let round = 0; round < shares.length; round++) {
    const free = shares.map((_, index) => index).filter((index) => !settled.has(index));
    const room = 1 - [...settled].reduce((sum, index) => sum + (shares[index] ?? 0), 0);
    const sum = free.reduce((total, index) => total + (wanted[index] ?? 0), 0);
    if (free.length === 0 || sum <= 0) break;
    const scaled = free.map((index) => {
      const raw = ((wanted[index] ?? 0) / sum) * Math.max(0, room);
      const { min, max } = bounds[index] ?? { min: 0, max: 1 };
      return { index, raw, bounded: Math.min(max, Math.max(min, raw)) };
    });
    // One direction at a time: settling both at once could take back what the other needs.
    const excess = scaled.reduce((total, { raw, bounded }) => total + bounded - raw, 0);
    const settling = scaled.filter(({ raw, bounded }) => (excess >= 0 ? bounded > raw : bounded < raw));
    for (const { index, raw } of scaled) shares[index] = raw;
    if (settling.length === 0) break;
    for (const { index, bounded } of settling) {
      shares[index] = bounded;
      settled.add(index);
    }
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total > 0 ? shares.map((share) => share / total) : shares;
}

/** The palette as shares for guiding an image model, or null when the kit turns guidance off. Shares add up to 1. */
export function buildPaletteGuidance(kit: BrandKit): PaletteGuidance | null {
  const strength = kit.style.paletteGuidance;
  if (strength === 0) return null;
  const colours = kit.palette.slice(0, MAX_GUIDING_COLOURS);
  const usual = colours.map(({ role }) => roleShares[role] / kit.palette.filter((other) => other.role === role).length);
  const total = usual.reduce((sum, share) => sum + share, 0);
  const shares = boundShares(
    usual.map((share) => share / total),
    colours.map(({ share }) => share),
  );
  return { colours: colours.map(({ hex }, index) => ({ hex, share: shares[index] ?? 0 })), strength };
}

const colourWord = `(?:#[0-9a-f]{6}|${Object.keys(colourNames).join('|')})`;
/** The end of an image prompt that lists colours: ", in coral, cream and navy". */
const colourClause = new RegExp(
  `[\\s,]*\\bin(?: shades of)? ${colourWord}(?:(?:,? and|,) ${colourWord})*(?=[\\s,.;]|$)\\.?`,
  'gi',
);

/** Takes the colours out of an image prompt, so that the brand's own can stand there. */
export function removeColours(prompt: string): string {
  return prompt
    .replace(colourClause, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*,(\s*,)+/g, ',')
    .replace(/[\s,]+$/, '')
    .trim();
}

/** Brand colours as distinct words for a picture: the background and two others, which a seed turns so that a series does not repeat itself. */
export function pickColourWords(kit: BrandKit, seed: number): string[] {
  const byRole = (...roles: PaletteRole[]) =>
    kit.palette.filter(({ role }) => roles.includes(role)).map(({ hex }) => nameColour(hex));
  const grounds = [...new Set(byRole('background'))];
  const others = [...new Set(byRole('primary', 'secondary', 'accent', 'neutral'))].filter(
    (word) => !grounds.includes(word),
  );
  if (others.length === 0) others.push(...new Set(byRole('text')));
  const turned = others.map((_, index) => others[(index + (seed % others.length)) % others.length] ?? '');
  const ground = grounds[seed % Math.max(1, grounds.length)];
  return [...turned.slice(0, 2), ...(ground === undefined ? [] : [ground])].filter(
    (word, index, all) => word !== '' && all.indexOf(word) === index,
  );
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** Longest prompt that goes to an image model, in characters; the contract's limit. */
const MAX_PROMPT_CHARACTERS = 4000;

/** The prompts for one picture: the concept's idea in the brand's colours with the brand's style, and what the brand wants to keep out. */
export function buildImagePrompt(
  imagePrompt: string,
  kit: BrandKit,
  seed: number,
): { prompt: string; negativePrompt: string } {
  const idea = removeColours(imagePrompt);
  const words = pickColourWords(kit, seed);
  const parts = [
    idea,
    ...kit.style.promptParts.map((part) => part.trim()),
    words.length === 0 ? '' : `in ${joinWords(words)}`,
  ];
  return {
    prompt: parts
      .filter((part) => part !== '')
      .join(', ')
      .slice(0, MAX_PROMPT_CHARACTERS),
    negativePrompt: kit.style.negativeTerms
      .map((term) => term.trim())
      .filter((term) => term !== '')
      .join(', ')
      .slice(0, MAX_PROMPT_CHARACTERS),
  };
}
