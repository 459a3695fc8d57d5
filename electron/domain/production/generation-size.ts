import { PICTURE_STEP_PX } from '../../contract/engine-protocol.ts';
import type { ModelInfo } from '../../contract/engine-protocol.ts';

export type PixelSize = { readonly width: number; readonly height: number };
type ImageAdvice = Pick<NonNullable<ModelInfo['image']>, 'sizes' | 'sizeMultiple'>;

/** How far beyond the shapes that a model recommends its pictures may be stretched, as a factor on the ratio. */
const RATIO_ROOM = 1.15;
const SMALLEST_EDGE_PX = 64;

/**
 * The size at which a model makes the picture for a channel format: about as many pixels as the model is best at, the format's own aspect, edges in the model's
 * multiples. A banner is far outside of what image models learn; there the shape stops near the model's widest or tallest and the template crops the rest.
 */
export function chooseGenerationSize(format: PixelSize, model: ImageAdvice): PixelSize {
  const sizes = model.sizes.length > 0 ? model.sizes : [[512, 512] as [number, number]];
  const ratios = sizes.map(([width, height]) => width / height);
  const widest = Math.max(1, ...ratios) * RATIO_ROOM;
  const tallest = Math.min(1, ...ratios) / RATIO_ROOM;
  const wanted = format.width / format.height;
  const ratio = Math.min(widest, Math.max(tallest, wanted));
  const near = sizes.reduce((best, size) => (ratioDistance(size, ratio) < ratioDistance(best, ratio) ? size : best));
  const pixels = near[0] * near[1];
  const multiple = toStudioMultiple(model.sizeMultiple);
  const least = Math.ceil(SMALLEST_EDGE_PX / multiple) * multiple;
  const snap = (edge: number) => Math.max(least, Math.round(edge / multiple) * multiple);
  const height = Math.sqrt(pixels / ratio);
  return fitBudget({ width: snap(height * ratio), height: snap(height) }, ratio, pixels, multiple, least);
}

/** Of the model's own multiple, the least that a picture job may have. */
function toStudioMultiple(ofModel: number): number {
  let multiple = ofModel;
  while (multiple % PICTURE_STEP_PX !== 0) multiple += ofModel;
  return multiple;
}

function ratioDistance([width, height]: [number, number], ratio: number): number {
  return Math.abs(Math.log(width / height / ratio));
}

/** Among the neighbours of a snapped size, the one nearest to the wanted shape whose pixel count stays within a tenth of the budget. */
function fitBudget(start: PixelSize, ratio: number, pixels: number, multiple: number, least: number): PixelSize {
  let best = start;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const width of [start.width - multiple, start.width, start.width + multiple]) {
    for (const height of [start.height - multiple, start.height, start.height + multiple]) {
      if (width < least || height < least) continue;
      const cost = Math.abs(Math.log(width / height / ratio)) + 0.5 * Math.abs(Math.log((width * height) / pixels));
      if (cost < bestCost) {
        best = { width, height };
        bestCost = cost;
      }
    }
  }
  return best;
}
