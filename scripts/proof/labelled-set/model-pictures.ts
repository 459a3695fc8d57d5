import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import type { HostStudio } from '../../../electron/hosts/open-host-studio.ts';
import { deriveSeed } from '../../../electron/domain/production/derive-seed.ts';

const prompts = [
  'calm gradient, soft, in cream and blue',
  'flowing waves of paper, layered, in lavender and coral',
  'large overlapping circles, flat shapes, in navy and cream',
  'diagonal stripes, bold, in blue and cream',
  'soft light through glass, texture, in coral and cream',
  'organic blobs, playful, in lavender and navy',
  'geometric pattern of small triangles, in green and sand',
  'grainy sunset gradient, in magenta and yellow',
];
const EDGE_PX = 256;

/** Pictures of the shipped image model, the same from the same seed. */
export async function makeModelPictures(
  { engines }: HostStudio,
  count: number,
  seed: number,
  progress: (done: number) => void,
): Promise<Raster[]> {
  const { image } = await engines.image.ensureLoaded();
  if (image === null) throw new Error('the model makes no images');
  const pictures: Raster[] = [];
  for (let index = 0; index < count; index++) {
    const { raster } = await engines.image.run({
      kind: 'image',
      prompt: prompts[index % prompts.length] ?? '',
      negativePrompt: '',
      width: EDGE_PX,
      height: EDGE_PX,
      steps: image.steps,
      guidance: image.guidance,
      scheduler: image.scheduler,
      seed: deriveSeed(seed, index),
      loras: [],
      paletteGuidance: null,
      previewEvery: 0,
    });
    pictures.push(raster);
    progress(index + 1);
  }
  return pictures;
}
