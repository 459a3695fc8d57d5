import { setImmediate } from 'node:timers/promises';
import type { ImageJob, Raster } from '../../../electron/contract/engine-protocol.ts';
import type { Engines } from '../../../electron/engines/engine-client.ts';
import { embedImages } from './embed.ts';
import { isCalm, measureColourDistance, measureOctaves, measureRepeat, measureSeams } from './picture-measures.ts';
import { classify, fitProbe } from './probe.ts';
import type { Drawing } from './read-pack.ts';
import { dot, mean, quantile, round, share } from './statistics.ts';

const HIT_DISTANCE = 12;
const LARGEST_EDGE = 768;

export type ImageSizes = {
  readonly edge: number;
  readonly seeds: number;
  readonly siblingPrompts: number;
  readonly largest: number;
};

/**
 * Pictures for prompts whose family, style and composition no training drawing combines, with the settings that the model suggests;
 * the same figures for drawings of those prompts are the most that a model can reach. Memorised: the distance of a picture to the
 * nearest of a sample of training drawings, against the same among those drawings. Diversity: mean distance among pictures of one
 * prompt over that among drawings of it. Distances are 1 minus the cosine of the vision model's vectors.
 */
export async function measureImage(
  engines: Engines,
  drawings: {
    readonly prompts: readonly Drawing[];
    readonly training: readonly Drawing[];
    readonly siblings: readonly Drawing[];
  },
  sizes: ImageSizes,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const { prompts, training, siblings } = drawings;
  const info = await engines.image.ensureLoaded();
  // Where the latent's cells meet: the model takes sizes in whole cells.
  const cellPixels = info.image?.sizeMultiple ?? 8;
  const make = async (prompt: string, edge: number, seed: number): Promise<Raster> =>
    (await engines.image.run(createJob(prompt, edge, seed, info.image?.steps ?? 10, info.image?.guidance ?? 1))).raster;
  const made: Raster[] = [];
  for (const [index, { shown }] of prompts.entries()) {
    made.push(await make(shown.text, sizes.edge, index));
    if ((index + 1) % 25 === 0) progress(`pictures: ${index + 1} of ${prompts.length}`);
  }
  const known = await embedImages(
    engines,
    training.map(({ raster }) => raster),
  );
  const probe = await fitProbe(
    known,
    training.map(({ shown }) => shown.family),
  );
  const vectors = await embedImages(engines, made);
  const drawn = prompts.map(({ raster }) => raster);
  const [own, target] = [await describe(made, prompts), await describe(drawn, prompts)];
  const familiesOf = async (rasters: readonly Raster[]) =>
    round(
      share(
        [...(await embedImages(engines, rasters)).entries()],
        ([index, vector]) => classify(probe, vector) === prompts[index]?.shown.family,
      ),
    );
  return {
    prompts: prompts.length,
    edge: sizes.edge,
    ...own.figures,
    familyByProbe: await familiesOf(made),
    sharpness: own.octaves.map((value, octave) => round(value / (target.octaves[octave] ?? 1))),
    seams: round(mean(made.map((raster) => measureSeams(raster, cellPixels)))),
    memorised: measureMemory(vectors, known),
    diversity: await measureDiversity(engines, siblings, sizes, make),
    ...(await measureLargest(prompts.slice(0, sizes.largest), make)),
    drawings: {
      ...target.figures,
      familyByProbe: await familiesOf(drawn),
      seams: round(mean(drawn.map((raster) => measureSeams(raster, cellPixels)))),
    },
  };
}

function createJob(prompt: string, edge: number, seed: number, steps: number, guidance: number): ImageJob {
  return {
    kind: 'image',
    prompt,
    negativePrompt: '',
    width: edge,
    height: edge,
    steps,
    guidance,
    scheduler: 'ddim',
    seed,
    loras: [],
    paletteGuidance: null,
    previewEvery: 0,
  };
}

/** Colours and calm by prompt, and the mean octaves of all pictures. */
async function describe(rasters: readonly Raster[], prompts: readonly Drawing[]) {
  const distances: number[] = [];
  for (const [index, raster] of rasters.entries()) {
    // Engines are taken for dead when nobody listens to them for some seconds.
    await setImmediate();
    distances.push(measureColourDistance(raster, prompts[index]?.shown.colours ?? []));
  }
  const calm = rasters
    .map((raster, index) => isCalm(raster, prompts[index]?.shown.composition ?? ''))
    .filter((value) => value !== null);
  const octaves = rasters.map(measureOctaves);
  return {
    figures: {
      coloursThere: round(share(distances, (distance) => distance <= HIT_DISTANCE)),
      colourDistance: round(mean(distances)),
      calm: round(share(calm, Boolean)),
      askedForOpenSpace: calm.length,
    },
    octaves: [0, 1, 2, 3].map((octave) => mean(octaves.map((values) => values[octave] ?? 0))),
  };
}

function nearest(vector: Float32Array, others: readonly Float32Array[]): number {
  return Math.min(...others.filter((other) => other !== vector).map((other) => 1 - dot(vector, other)));
}

function measureMemory(vectors: readonly Float32Array[], known: readonly Float32Array[]): Record<string, number> {
  const own = vectors.map((vector) => nearest(vector, known));
  const among = known.map((vector) => nearest(vector, known));
  return {
    nearestTraining: round(quantile(own, 0.5)),
    nearestAmongTraining: round(quantile(among, 0.5)),
    nearerThanOneInHundred: round(share(own, (distance) => distance < quantile(among, 0.01))),
    sample: known.length,
  };
}

async function measureDiversity(
  engines: Engines,
  siblings: readonly Drawing[],
  { edge, seeds, siblingPrompts }: ImageSizes,
  make: (prompt: string, edge: number, seed: number) => Promise<Raster>,
): Promise<number[]> {
  const groups = [...Map.groupBy(siblings, ({ shown }) => shown.text)].slice(0, siblingPrompts);
  const ratios: number[] = [];
  for (const [prompt, group] of groups) {
    const pictures: Raster[] = [];
    for (let seed = 0; seed < seeds; seed += 1) pictures.push(await make(prompt, edge, 1000 + seed));
    const drawn = group.slice(0, seeds).map(({ raster }) => raster);
    ratios.push(round(spread(await embedImages(engines, pictures)) / spread(await embedImages(engines, drawn))));
  }
  return ratios;
}

function spread(vectors: readonly Float32Array[]): number {
  return mean(vectors.flatMap((vector, index) => vectors.slice(index + 1).map((other) => 1 - dot(vector, other))));
}

async function measureLargest(
  prompts: readonly Drawing[],
  make: (prompt: string, edge: number, seed: number) => Promise<Raster>,
): Promise<Record<string, number | null>> {
  if (prompts.length === 0) return { repeatAtLargest: null, secondsAt384: null };
  const repeats: number[] = [];
  const seconds: number[] = [];
  for (const [index, { shown }] of prompts.entries()) {
    repeats.push(measureRepeat(await make(shown.text, LARGEST_EDGE, index)));
    const beganAtMs = performance.now();
    await make(shown.text, 384, index);
    seconds.push((performance.now() - beganAtMs) / 1000);
  }
  return { repeatAtLargest: round(mean(repeats)), secondsAt384: round(quantile(seconds, 0.5)) };
}
