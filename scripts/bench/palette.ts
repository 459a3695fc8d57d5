import { join } from 'node:path';
import type { ImageJob } from '../../electron/contract/engine-protocol.ts';
import { nameColour } from '../../electron/domain/brand/colour-names.ts';
import { measureColourDifference } from '../../electron/domain/brand/colour-difference.ts';
import { parseHex, toLab, type Lab } from '../../electron/domain/brand/colour-space.ts';
import { openImageModel } from '../../native-models/image/image-model.ts';
import { PictureMaker } from '../../native-models/image/make-picture.ts';
import { compareStructure, toLuminances } from '../proof/structure-similarity.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const FOLDER = join(root, 'native-models/starter/image');
const STRENGTH = 0.6;
/** Steps and guidance are the ones that the starter model's own settings suggest. */
const full = { edge: 256, steps: 10, seeds: 3 };
const small = { edge: 128, steps: 10, seeds: 1 };
const GUIDANCE = 1;
const SHARES = [0.4, 0.3, 0.2, 0.1];

const PALETTES = [
  ['#12343b', '#e1b382', '#2d545e', '#f7ede2'],
  ['#0b1f4b', '#ff6f61', '#f5efe0', '#7fb3d5'],
  ['#1b4332', '#95d5b2', '#ffb703', '#fefae0'],
  ['#3d1a5b', '#f72585', '#ffd6e8', '#4cc9f0'],
];
const IDEAS = [
  'calm mesh gradient, soft, open space on the left',
  'vivid overlapping circles, flat, centred',
  'bold waves, layered paper, diagonal',
];

/**
 * How much nearer to a brand's palette guidance brings pictures whose prompt already names the palette's nearest colours, and how
 * much of their shapes stays. Distance is the mean CIEDE2000 of pixels to the nearest colour; structure is SSIM of luminance.
 */
export async function run({ small: isSmall, ...options }: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const model = await openImageModel({ name: 'starter-image', folder: FOLDER, threads: 1, announceBusy: () => {} });
  const rows: { before: number; after: number; structure: number }[] = [];
  try {
    const maker = new PictureMaker(model);
    const make = async (job: ImageJob) =>
      (await maker.make(job, { signal: new AbortController().signal, reportProgress: () => {} })).raster.rgb;
    for (const palette of PALETTES.slice(0, isSmall ? 1 : PALETTES.length)) {
      for (const [index, idea] of IDEAS.entries()) {
        for (let seed = 1; seed <= size.seeds; seed += 1) {
          const [free, guided] = [
            await make(createJob(size, idea, palette, seed, 0)),
            await make(createJob(size, idea, palette, seed, STRENGTH)),
          ];
          const structure = compareStructure(toLuminances(free), toLuminances(guided), size.edge);
          rows.push({ before: measureDistance(free, palette), after: measureDistance(guided, palette), structure });
        }
        options.progress(`${palette.join(' ')} idea ${index + 1}: structure ${rows.at(-1)?.structure.toFixed(3)}`);
      }
    }
  } finally {
    await model.close();
  }
  const [before, after] = [mean(rows.map((row) => row.before)), mean(rows.map((row) => row.after))];
  return {
    pictures: rows.length,
    strength: STRENGTH,
    deltaEBefore: before,
    deltaEAfter: after,
    deltaEReduction: 1 - after / before,
    structureSsim: mean(rows.map((row) => row.structure)),
    structureSsimMin: Math.min(...rows.map((row) => row.structure)),
  };
}

function createJob(
  size: typeof full,
  idea: string,
  palette: readonly string[],
  seed: number,
  strength: number,
): ImageJob {
  const words = [...new Set(palette.map(nameColour))].slice(0, 3);
  const colours = palette.map((hex, index) => ({ hex, share: SHARES[index] ?? 0.1 }));
  return {
    kind: 'image',
    prompt: `${idea}, in ${words.slice(0, -1).join(', ')} and ${words.at(-1)}`,
    negativePrompt: '',
    width: size.edge,
    height: size.edge,
    steps: size.steps,
    guidance: GUIDANCE,
    scheduler: 'ddim',
    seed,
    loras: [],
    paletteGuidance: strength === 0 ? null : { colours, strength },
    previewEvery: 0,
  };
}

/** Every seventh pixel, as 7 shares no factor with the edge. */
function measureDistance(rgb: Uint8Array, palette: readonly string[]): number {
  const labs: Lab[] = palette.map((hex) => toLab(parseHex(hex)));
  const distances: number[] = [];
  for (let at = 0; at < rgb.length; at += 21) {
    const lab = toLab([rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]);
    distances.push(Math.min(...labs.map((colour) => measureColourDifference(lab, colour))));
  }
  return mean(distances);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
