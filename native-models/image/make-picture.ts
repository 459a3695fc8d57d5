import type { ImageJob, ImageResult, Raster } from '../../electron/contract/engine-protocol.ts';
import { checkSize, cutRaster, growJob } from './drawn-size.ts';
import type { ImageModel } from './image-model.ts';
import { drawPreview, findLatentColours, type LatentColours } from './latent-colours.ts';
import { createPaletteGuide } from './palette-guidance.ts';
import { decodeLatents } from './pipeline/decode.ts';
import { denoise } from './pipeline/denoise.ts';
import { createPredictor } from './pipeline/guided-prediction.ts';
import { prepareRun } from './pipeline/prepare.ts';
import { encodeSource } from './pipeline/source.ts';

export type PictureContext = {
  readonly signal: AbortSignal;
  readonly reportProgress: (step: number, steps: number, preview: Raster | null) => void;
};

/** Multiple of pixels that the network draws in; other sizes are drawn larger and cut: from the hints, else what all suggested sizes share, else what the network needs. */
export function findSizeMultiple(model: ImageModel): number {
  const { hints, cellPixels } = model;
  if (hints.sizeMultiple !== undefined) return hints.sizeMultiple;
  const needed = Math.min(64, cellPixels * 2 ** model.denoiserHalvings);
  const sizes = hints.recommended?.sizes?.flat();
  if (sizes === undefined) return needed;
  let multiple = needed;
  while (multiple > cellPixels && sizes.some((size) => size % multiple !== 0)) multiple /= 2;
  return multiple;
}

/** One model's pictures. The same job on the same build and thread count gives the same bytes. */
export class PictureMaker {
  readonly model: ImageModel;
  readonly sizeMultiple: number;
  #colours: Promise<LatentColours> | null = null;

  constructor(model: ImageModel) {
    this.model = model;
    this.sizeMultiple = findSizeMultiple(model);
  }

  async make(asked: ImageJob, context: PictureContext): Promise<ImageResult> {
    const { model } = this;
    const startedAtMs = performance.now();
    checkSize(asked);
    const job = growJob(asked, this.sizeMultiple);
    const source = await encodeSource(model, job);
    const conditioning = await model.family.encode(model, job);
    const run = prepareRun(model, job, source);
    const encodedAtMs = performance.now();

    const isGuided = job.paletteGuidance !== null && job.paletteGuidance.strength > 0;
    const colours = isGuided || job.previewEvery > 0 ? await this.#findColours() : null;
    const settings = { guidance: job.guidance, rescale: job.guidanceRescale ?? 0 };
    const latents = await denoise(run, {
      seed: job.seed,
      predict: createPredictor(model, run, conditioning, settings),
      signal: context.signal,
      guideClean:
        isGuided && job.paletteGuidance !== null && colours !== null
          ? createPaletteGuide(job.paletteGuidance, run.shape, colours)
          : null,
      onStep: (step, steps, clean) => {
        const isDue = colours !== null && job.previewEvery > 0 && step % job.previewEvery === 0;
        context.reportProgress(step, steps, isDue ? drawPreview(clean, run.shape, colours) : null);
      },
    });
    const denoisedAtMs = performance.now();
    const raster = cutRaster(await decodeLatents(model, { data: latents, ...run.shape }), asked);
    const decodedAtMs = performance.now();
    const seconds = {
      encode: (encodedAtMs - startedAtMs) / 1000,
      denoise: (denoisedAtMs - encodedAtMs) / 1000,
      decode: (decodedAtMs - denoisedAtMs) / 1000,
    };
    return { kind: 'image', raster, seconds };
  }

  #findColours(): Promise<LatentColours> {
    this.#colours ??= findLatentColours(this.model);
    return this.#colours;
  }
}
