import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FontFace } from '../../../readers/font-face.ts';
import { openFace } from '../../../readers/font-face.ts';

/** Noto families (SIL Open Font Licence) that may be installed beside the product. They write what no font of the kit can. */
const families = [
  'noto-sans',
  'noto-sans-arabic',
  'noto-sans-hebrew',
  'noto-sans-devanagari',
  'noto-sans-thai',
  'noto-emoji',
];
const EMOJI_FAMILY = 'noto-emoji';

type Subset = {
  readonly family: string;
  readonly folder: string;
  readonly name: string;
  readonly ranges: readonly [number, number][];
};

const require = createRequire(import.meta.url);
let listed: readonly Subset[] | null = null;

function parseRanges(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [first = '0', last = first] = range.trim().replace(/^U\+/iu, '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}

/** Every subset of every family that is there; a family is split into files by the characters that it covers. */
function listSubsets(): readonly Subset[] {
  listed ??= families.flatMap((family) => {
    let folder: string;
    try {
      folder = dirname(require.resolve(`@fontsource/${family}/LICENSE`));
    } catch {
      return [];
    }
    const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
    return Object.entries(ranges).map(([key, text]) => ({
      family,
      folder,
      name: key.replaceAll(/[[\]]/gu, ''),
      ranges: parseRanges(text),
    }));
  });
  return listed;
}

const nearest = (wanted: number, weights: readonly number[]) =>
  weights.toSorted((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted));

const openedFiles = new Map<string, FontFace | null>();

function openFile(file: string): FontFace | null {
  const known = openedFiles.get(file);
  if (known !== undefined) return known;
  const face = existsSync(file) ? openFace(readFileSync(file)) : null;
  openedFiles.set(file, face);
  return face;
}

function openSubset({ family, folder, name }: Subset, weight: number): FontFace | null {
  for (const candidate of nearest(weight, [400, 500, 600, 700])) {
    const face = openFile(join(folder, 'files', `${family}-${name}-${candidate}-normal.woff`));
    if (face) return face;
  }
  return null;
}

/** The spare font that has every one of some characters, in a weight near to the one wanted; null when none is installed. */
export function findSpareFace(characters: readonly string[], weight: number, isEmoji: boolean): FontFace | null {
  const [first = ''] = characters;
  const codePoint = first.codePointAt(0) ?? 0;
  const fitting = listSubsets().filter(
    ({ family, ranges }) =>
      (!isEmoji || family === EMOJI_FAMILY) && ranges.some(([from, to]) => codePoint >= from && codePoint <= to),
  );
  for (const subset of fitting) {
    const face = openSubset(subset, weight);
    if (face && characters.every((character) => face.has(character))) return face;
  }
  return null;
}
