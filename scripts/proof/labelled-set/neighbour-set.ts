import type { BrandKit } from '../../../electron/contract/brand.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { toLab } from '../../../electron/domain/brand/colour-space.ts';
import type { Lab } from '../../../electron/domain/brand/colour-space.ts';
import { compareFingerprints, fingerprintPicture } from '../../../electron/domain/compliance/sameness-check.ts';
import { checkStyle } from '../../../electron/domain/compliance/style-check.ts';
import type { VisionEngine } from '../../../electron/engines/engine-client.ts';
import { embedParts, measureReferences } from '../../../electron/studio/plan/judge-style.ts';
import { hashDifferences, compareHashes } from './difference-hash.ts';
import { clamp, paintPhoto } from './paint.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import type { LabelledScore } from './score-set.ts';

/** By lot: pictures come in the order of their prompts, and every second one would be of other motifs. */
function drawHalf(random: Random): LabelledScore['half'] {
  return random.next() < 0.5 ? 'tune' : 'report';
}

/** The same picture as it comes back from elsewhere: brighter, cropped, softer or grainier. */
function nearDuplicate(picture: Raster, random: Random): Raster {
  const kind = random.below(3);
  const crop = kind === 0 ? 1 + random.below(Math.max(1, Math.floor(picture.width * 0.03))) : 0;
  const lift = kind === 1 ? 2 + random.below(5) : 0;
  const grain = kind === 2 ? 4 + random.below(10) : 0;
  const width = picture.width - 2 * crop;
  const height = picture.height - 2 * crop;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((y + crop) * picture.width + x + crop) * 3;
      for (let channel = 0; channel < 3; channel++)
        rgb[(y * width + x) * 3 + channel] = clamp(
          (picture.rgb[from + channel] ?? 0) + lift + (random.next() - 0.5) * 2 * grain,
        );
    }
  }
  return { width, height, rgb };
}

/** Pictures are held against each other in this many fields on each edge; a field that moves farther than this (CIE76) is another to the eye. */
const FIELDS = 32;
const CLEAR_STEP = 20;
/** Two pictures of which less than this share differs clearly are nobody's label: an eye would call them the same. */
const LEAST_DIFFERENCE = 0.08;

function averageFields({ width, height, rgb }: Raster): Lab[] {
  const fields: Lab[] = [];
  for (let row = 0; row < FIELDS; row++) {
    for (let column = 0; column < FIELDS; column++) {
      const sums = [0, 0, 0];
      let count = 0;
      for (let y = Math.floor((row * height) / FIELDS); y < Math.floor(((row + 1) * height) / FIELDS); y++) {
        for (let x = Math.floor((column * width) / FIELDS); x < Math.floor(((column + 1) * width) / FIELDS); x++) {
          for (let channel = 0; channel < 3; channel++)
            sums[channel] = (sums[channel] ?? 0) + (rgb[(y * width + x) * 3 + channel] ?? 0);
          count++;
        }
      }
      const [red = 0, green = 0, blue = 0] = sums.map((sum) => Math.round(sum / Math.max(1, count)));
      fields.push(toLab([red, green, blue]));
    }
  }
  return fields;
}

/** The share of two pictures that differs clearly. Finer than the fingerprint, and blind to how far a colour lies beyond clearly another. */
function shareOfDifference(one: readonly Lab[], other: readonly Lab[]): number {
  let count = 0;
  for (const [at, lab] of one.entries()) {
    const second = other[at] ?? lab;
    if (Math.hypot(lab[0] - second[0], lab[1] - second[1], lab[2] - second[2]) > CLEAR_STEP) count++;
  }
  return count / one.length;
}

/** Which pictures are clearly others than all the rest. */
function findDistinct(pictures: readonly Raster[]): boolean[] {
  const fields = pictures.map(averageFields);
  return fields.map((own, index) =>
    fields.every((other, at) => at === index || shareOfDifference(own, other) >= LEAST_DIFFERENCE),
  );
}

/** Scores of sameness by the fingerprint of the product, and by a difference hash for comparison. Clean pictures, those that an eye calls others than all the rest, are held against all others; duplicates against all with their original. */
export function scoreSameness(
  pictures: readonly Raster[],
  seed: number,
): { readonly fingerprint: LabelledScore[]; readonly hash: LabelledScore[] } {
  const random = createRandom(seed);
  const known = pictures.map((picture) => ({ print: fingerprintPicture(picture), hash: hashDifferences(picture) }));
  const isDistinct = findDistinct(pictures);
  const fingerprint: LabelledScore[] = [];
  const hash: LabelledScore[] = [];
  for (const [index, picture] of pictures.entries()) {
    const half = drawHalf(random);
    for (const violated of [false, true]) {
      if (!violated && isDistinct[index] !== true) continue;
      const own = violated ? nearDuplicate(picture, random) : picture;
      const print = fingerprintPicture(own);
      const bits = hashDifferences(own);
      const others = known.filter((_, other) => violated || other !== index);
      const base = { half, violated, failed: false } as const;
      fingerprint.push({ ...base, score: Math.min(...others.map((other) => compareFingerprints(print, other.print))) });
      hash.push({ ...base, score: Math.min(...others.map((other) => compareHashes(bits, other.hash))) });
    }
  }
  return { fingerprint, hash };
}

/** How many pictures of the style stand as references: as many as a kit takes. */
const REFERENCES = 24;

export type StyleScores = {
  readonly scores: LabelledScore[];
  /** Pictures for which the check says that it cannot judge them. */
  readonly notJudged: number;
};

/** Style distances: pictures of the style that are no references, against painted photographs, which are another. The verdict is the check's own. */
export async function scoreStyle(
  inStyle: readonly Raster[],
  kit: BrandKit,
  seed: number,
  vision: Pick<VisionEngine, 'run'>,
): Promise<StyleScores> {
  const random = createRandom(seed);
  const others = inStyle.slice(REFERENCES);
  const foreign = others.map(() => paintPhoto(kit, random));
  const measure = await measureReferences(vision, inStyle.slice(0, REFERENCES));
  const scores: LabelledScore[] = [];
  let notJudged = 0;
  for (const [kind, pictures] of [others, foreign].entries()) {
    for (const picture of pictures) {
      const check = checkStyle(await embedParts(vision, picture, {}), measure, kit.thresholds.styleDistance);
      if (check.reason.startsWith('Not judged')) notJudged++;
      scores.push({ half: drawHalf(random), violated: kind === 1, score: check.score, failed: !check.passed });
    }
  }
  return { scores, notJudged };
}
