import type { Engines } from '../../../electron/engines/engine-client.ts';
import { changeAll, changes } from './change-picture.ts';
import { embedImages, embedTexts } from './embed.ts';
import { classify, fitProbe } from './probe.ts';
import type { Drawing } from './read-pack.ts';
import { createRandom, dot, quantile, round, share } from './statistics.ts';

const FALSE_ALARMS = 0.01;
const attributes = ['family', 'style', 'composition', 'mood'] as const;

/**
 * Retrieval over the held-out pairs (a caption that occurs twice counts for both), linear probes fitted on training drawings and
 * tried on the held-out ones, and near duplicates: a changed copy is found when it is nearer to its original than all but one in a
 * hundred pairs of two different held-out drawings are to each other (every drawing with all others).
 */
export async function measureVision(
  engines: Engines,
  heldOut: readonly Drawing[],
  training: readonly Drawing[],
): Promise<Record<string, unknown>> {
  const images = await embedImages(
    engines,
    heldOut.map(({ raster }) => raster),
  );
  const captions = heldOut.map(({ shown }) => shown.text);
  const texts = await embedTexts(engines, captions);
  const fitted = await embedImages(
    engines,
    training.map(({ raster }) => raster),
  );
  const probes: Record<string, number> = {};
  for (const name of attributes) {
    const probe = await fitProbe(
      fitted,
      training.map(({ shown }) => shown[name]),
    );
    probes[name] = round(
      share([...images.entries()], ([index, vector]) => classify(probe, vector) === heldOut[index]?.shown[name]),
    );
  }
  return {
    pairs: heldOut.length,
    differentCaptions: new Set(captions).size,
    recallAt10: {
      captionForPicture: round(measureRecall(images, texts, captions, 10)),
      pictureForCaption: round(measureRecall(texts, images, captions, 10)),
    },
    recallAt1: {
      captionForPicture: round(measureRecall(images, texts, captions, 1)),
      pictureForCaption: round(measureRecall(texts, images, captions, 1)),
    },
    probe: probes,
    nearDuplicates: await measureNearDuplicates(engines, heldOut, images),
  };
}

/** Share of the queries among whose nearest `count` targets one has the query's own caption. */
export function measureRecall(
  queries: readonly Float32Array[],
  targets: readonly Float32Array[],
  captions: readonly string[],
  count: number,
): number {
  return share([...queries.entries()], ([index, query]) => {
    const scores = targets.map((target) => dot(query, target));
    const best = Math.max(...scores.filter((_, other) => captions[other] === captions[index]));
    return scores.filter((score) => score > best).length < count;
  });
}

async function measureNearDuplicates(
  engines: Engines,
  heldOut: readonly Drawing[],
  images: readonly Float32Array[],
): Promise<Record<string, number>> {
  const others = images.flatMap((image, index) => images.slice(index + 1).map((other) => dot(image, other)));
  const threshold = quantile(others, 1 - FALSE_ALARMS);
  const found: Record<string, number> = {};
  for (const [name, change] of Object.entries({ ...changes, all: changeAll })) {
    const random = createRandom(7);
    const copies = [];
    for (const { raster } of heldOut) copies.push(await change(raster, random));
    const vectors = await embedImages(engines, copies);
    found[name] = round(
      share([...vectors.entries()], ([index, vector]) => dot(vector, images[index] ?? vector) > threshold),
    );
  }
  return { ...found, falseAlarms: FALSE_ALARMS, threshold: round(threshold), pairsOfDifferent: others.length };
}
