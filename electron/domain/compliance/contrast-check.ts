import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { nameColour } from '../brand/colour-names.ts';
import { parseHex, toLuminance } from '../brand/colour-space.ts';
import { measureApca } from './apca.ts';
import { uniteRegions } from './layout.ts';
import type { JudgedPixels, TextBlock } from './layout.ts';
import { listLetterContrasts, nameGround } from './letter-contrast.ts';
import type { LetterContrast } from './letter-contrast.ts';
import { createTally, darkest, middle, tallyPixel, worstRatio } from './luminance-tally.ts';
import type { LuminanceTally } from './luminance-tally.ts';
import { readText } from './text-pixels.ts';
import type { TextPixels } from './text-pixels.ts';

/** A text is as readable as its worst places: this share of the pixels behind it may be worse than the score. */
export const WORST_SHARE = 0.05;

/** Counts the relative luminance of the pixels in some boxes, in steps of its square root. */
export function countLuminance({ width, height, rgb }: Raster, boxes: readonly Region[]): LuminanceTally {
  const tally = createTally();
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x));
    const right = Math.min(width, Math.ceil(box.x + box.width));
    const bottom = Math.min(height, Math.ceil(box.y + box.height));
    for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++)
      for (let x = left, at = (y * width + left) * 3; x < right; x++, at += 3) tallyPixel(tally, rgb, at);
  }
  return tally;
}

/** WCAG 2.2 contrast of a colour on the worst pixels behind some boxes, where a share of them may be worse; 1 when the boxes hold no pixel. */
export function measureContrast(
  backdrop: Raster,
  boxes: readonly Region[],
  colour: string,
  worstShare = WORST_SHARE,
): number {
  return worstRatio(countLuminance(backdrop, boxes), toLuminance(parseHex(colour)), worstShare);
}

const textNames: Readonly<Record<TextBlock['role'], string>> = {
  headline: 'headline',
  body: 'body text',
  callToAction: 'call to action',
  legal: 'legal line',
};
export function nameText(role: TextBlock['role']): string {
  return textNames[role];
}

export type TextContrast = {
  readonly ratio: number;
  readonly apca: number;
  readonly isThere: boolean;
  /** The letters by line, the least readable first. */
  readonly letters: readonly LetterContrast[];
};

/** The usual ink against the worst ground, and the worst ink (painted over, faded) against the usual ground; the lower of the two, or that of the worst letter. */
export function measureTextContrast(pixels: TextPixels, text: TextBlock): TextContrast {
  const { ink, ground } = pixels;
  if (ink.total === 0 || ground.total === 0) return { ratio: 1, apca: 0, isThere: false, letters: [] };
  const usualInk = middle(ink);
  const usualGround = middle(ground);
  const whole = Math.min(worstRatio(ground, usualInk, WORST_SHARE), worstRatio(ink, usualGround, WORST_SHARE));
  const letters = listLetterContrasts(pixels, text, usualInk);
  return {
    ratio: Math.min(whole, letters[0]?.ratio ?? whole),
    apca: measureApca(usualInk, worstGround(ground, usualInk)),
    isThere: true,
    letters,
  };
}

/** Luminance of the worst ground: the dark end for dark ink, the light end for light ink. */
function worstGround(ground: LuminanceTally, ink: number): number {
  return ink < middle(ground) ? darkest(ground, WORST_SHARE) : darkest(ground, 1 - WORST_SHARE);
}

/** From this share of its letters on a text is badly set as a whole, and none of them is worth naming. */
const MOST_LETTERS = 0.6;

export function checkContrast(pixels: JudgedPixels, threshold: number): ComplianceCheck {
  const base = { name: 'contrast', threshold, unit: ':1', better: 'higher' } as const;
  const worst = pixels.layout.texts
    .filter(({ boxes }) => boxes.length > 0)
    .map((text) => ({ text, ...measureTextContrast(readText(pixels, text), text) }))
    .toSorted((one, other) => one.ratio - other.ratio)[0];
  if (!worst) return { ...base, score: 21, passed: true, reason: 'There is no text to read.', region: null };
  const { text, apca, isThere } = worst;
  const score = Math.round(worst.ratio * 100) / 100;
  const passed = score >= threshold;
  const name = nameText(text.role);
  const lc = `APCA, as information: Lc ${Math.round(apca)}.`;
  if (passed)
    return {
      ...base,
      score,
      passed,
      reason: `The ${name} in ${text.colour} reaches ${score.toFixed(1)}:1 on the worst of what is behind it; all other text reaches more or as much. ${lc}`,
      region: null,
    };
  const bad = worst.letters.filter(({ ratio }) => ratio < threshold);
  const isWhole = bad.length === 0 || bad.length > worst.letters.length * MOST_LETTERS;
  const region = isWhole ? uniteRegions(text.boxes) : markLetters(bad);
  if (!isThere)
    return {
      ...base,
      score,
      passed,
      reason: `The ${name} in ${text.colour} cannot be told from what is behind it.`,
      region,
    };
  const reason = isWhole
    ? `The ${name} in ${text.colour} reaches ${score.toFixed(1)}:1 on the worst twentieth of what is behind it; ${threshold}:1 is asked.`
    : describeLetters(pixels.delivered, text, bad, score, threshold);
  return { ...base, score, passed, reason: `${reason} ${lc}`, region };
}

/** The failed letters that stand in the same line as the worst. */
function markLetters(bad: readonly LetterContrast[]): Region | null {
  return uniteRegions(bad.filter(({ line }) => line === bad[0]?.line).map(({ letter }) => letter.box));
}

function describeLetters(
  delivered: Raster,
  { role, colour }: TextBlock,
  bad: readonly LetterContrast[],
  score: number,
  threshold: number,
): string {
  const [worst] = bad;
  if (!worst) return '';
  const others = bad.length - 1;
  const stand =
    others === 0
      ? `The "${worst.letter.sign}" of the ${nameText(role)} stands`
      : `"${worst.letter.sign}" and ${others} more ${others === 1 ? 'letter' : 'letters'} of the ${nameText(role)} stand`;
  const ground = nameColour(nameGround(delivered, worst, colour));
  return `${stand} on ${ground} at ${score.toFixed(1)}:1${others === 0 ? '' : ' at worst'}; ${threshold}:1 is asked.`;
}
