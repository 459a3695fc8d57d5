import { join } from 'node:path';
import type { ImageJob } from '../../electron/contract/engine-protocol.ts';
import { nameColour } from '../../electron/domain/brand/colour-names.ts';
import { measureColourDifference } from '../../electron/domain/brand/colour-difference.ts';
import { parseHex, toLab, type Lab } from '../../electron/domain/brand/colour-space.ts';
import { openImageModel, type ImageModel } from '../../native-models/image/image-model.ts';
import { PictureMaker } from '../../native-models/image/make-picture.ts';
import { compareStructure, toLuminances } from '../proof/structure-similarity.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const FOLDER = join(root, 'native-models/starter/image');
const STRENGTH = 0.6;
const full = { edge: 256, seeds: 3 };
const small = { edge: 128, seeds: 1 };
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

/** Whose colours a prompt names: those of another brand, or already the brand's own. */
const wordings = { other: 2, own: 0 } as const;
type Row = { readonly before: number; readonly after: number; readonly structure: number };

/**
 * How much nearer to a brand's palette guidance brings pictures, and how much of their shapes stays. The two fields that count are
 * over prompts that name the colours of another palette, which is what a brand lock has to hold against; prompts that name the
 * brand's own colours leave little to remove and are reported beside them. Each picture is compared with the one that the same seed
 * and prompt give without guidance. Distance is the mean CIEDE2000 of pixels to the nearest colour of the palette; structure is SSIM
 * of luminance.
 */
export async function run({ small: isSmall, ...options }: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const model = await openImageModel({ name: 'starter-image', folder: FOLDER, threads: 1, announceBusy: () => {} });
  try {
    const maker = new PictureMaker(model);
    const draw = { ...size, ...readRecommended(model) };
    const other = summarise(await comparePictures(maker, draw, 'other', isSmall, options));
    const own = summarise(await comparePictures(maker, draw, 'own', isSmall, options));
    return { strength: STRENGTH, ...other, ownColours: own };
  } finally {
    await model.close();
  }
}

type Drawing = typeof full & { readonly steps: number; readonly guidance: number };

/** Pictures are made as the model's publisher recommends. */
function readRecommended({ hints }: ImageModel): Pick<Drawing, 'steps' | 'guidance'> {
  const { steps, guidance } = hints.recommended ?? {};
  if (steps === undefined || guidance === undefined)
    throw new Error('the starter model recommends no steps or guidance');
  return { steps, guidance };
}

async function comparePictures(
  maker: PictureMaker,
  size: Drawing,
  wording: keyof typeof wordings,
  isSmall: boolean,
  options: Omit<BenchOptions, 'small'>,
): Promise<Row[]> {
  const rows: Row[] = [];
  const make = async (job: ImageJob) =>
    (await maker.make(job, { signal: new AbortController().signal, reportProgress: () => {} })).raster.rgb;
  for (const [place, palette] of PALETTES.slice(0, isSmall ? 1 : PALETTES.length).entries()) {
    const named = PALETTES[(place + wordings[wording]) % PALETTES.length] ?? palette;
    for (const [index, idea] of IDEAS.entries()) {
      for (let seed = 1; seed <= size.seeds; seed += 1) {
        const prompt = `${idea}, ${nameColours(named)}`;
        const free = await make(createJob(size, prompt, palette, seed, 0));
        const guided = await make(createJob(size, prompt, palette, seed, STRENGTH));
        const structure = compareStructure(toLuminances(free), toLuminances(guided), size.edge);
        rows.push({ before: measureDistance(free, palette), after: measureDistance(guided, palette), structure });
      }
      options.progress(
        `${wording}: ${palette.join(' ')} idea ${index + 1}: structure ${rows.at(-1)?.structure.toFixed(3)}`,
      );
    }
  }
  return rows;
}

function summarise(rows: readonly Row[]) {
  const [before, after] = [mean(rows.map((row) => row.before)), mean(rows.map((row) => row.after))];
  return {
    pictures: rows.length,
    deltaEBefore: before,
    deltaEAfter: after,
    deltaEReduction: 1 - after / before,
    structureSsim: mean(rows.map((row) => row.structure)),
    structureSsimMin: Math.min(...rows.map((row) => row.structure)),
  };
}

function nameColours(palette: readonly string[]): string {
  const words = [...new Set(palette.map(nameColour))].slice(0, 3);
  return `in ${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function createJob(
  size: Drawing,
  prompt: string,
  palette: readonly string[],
  seed: number,
  strength: number,
): ImageJob {
  const colours = palette.map((hex, index) => ({ hex, share: SHARES[index] ?? 0.1 }));
  return {
    kind: 'image',
    prompt,
    negativePrompt: '',
    width: size.edge,
    height: size.edge,
    steps: size.steps,
    guidance: size.guidance,
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
