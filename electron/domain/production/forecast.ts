import type { Forecast } from '../../contract/plan.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import type { PlanAxes } from './plan-cells.ts';
import { countCells } from './plan-cells.ts';

/** What earlier images on this machine cost. Null where nothing was measured yet. */
export type MeasuredCosts = { readonly secondsPerImage: number | null; readonly bytesPerPixel: number | null };

/** PNG and thumbnails together, measured on the starter pack's pictures: the guess before the first image. */
const USUAL_BYTES_PER_PIXEL = 1.1;

/** `formats` are those of the axes, each once. */
export function forecastPlan(axes: PlanAxes, formats: readonly ChannelFormat[], measured: MeasuredCosts): Forecast {
  const images = countCells(axes);
  const pixels = formats.reduce((sum, { width, height }) => sum + width * height, 0) / Math.max(1, formats.length);
  return {
    images,
    secondsPerImage: measured.secondsPerImage,
    totalSeconds: measured.secondsPerImage === null ? null : images * measured.secondsPerImage,
    diskBytes: Math.round(images * pixels * (measured.bytesPerPixel ?? USUAL_BYTES_PER_PIXEL)),
  };
}
