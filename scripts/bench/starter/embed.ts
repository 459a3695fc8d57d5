import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import type { Engines } from '../../../electron/engines/engine-client.ts';

/** Images of one job: few enough that the engine shows signs of life on a machine with much other work. */
const MOST_IMAGES = 16;
const MOST_TEXTS = 256;

/** Unit vectors from the vision engine, in order. */
export async function embedImages({ vision }: Engines, images: readonly Raster[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < images.length; start += MOST_IMAGES)
    vectors.push(
      ...(await vision.run({ kind: 'vision', images: images.slice(start, start + MOST_IMAGES), texts: [] })).images,
    );
  return vectors;
}

export async function embedTexts({ vision }: Engines, texts: readonly string[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += MOST_TEXTS)
    vectors.push(
      ...(await vision.run({ kind: 'vision', images: [], texts: texts.slice(start, start + MOST_TEXTS) })).texts,
    );
  return vectors;
}
