import type { Forecast, FormatId } from '../../contract/plan.ts';
import { getChannelFormat } from './channel-formats.ts';
import type { PlanAxes } from './plan-cells.ts';
import { countCells } from './plan-cells.ts';

/** What earlier images on this machine cost. Null where nothing was measured yet. */
export type MeasuredCosts = { readonly secondsPerImage: number | null; readonly bytesPerPixel: number | null };

/** PNG and thumbnails together, measured on the starter pack's pictures: the guess before the first image. */
const USUAL_BYTES_PER_PIXEL = 1.1;

export function forecastPlan(axes: PlanAxes, measured: MeasuredCosts): Forecast {
  const images = countCells(axes);
  const formatIds: FormatId[] = [...new Set(axes.formatIds)];
  const pixels =
    formatIds.reduce((sum, id) => sum + getChannelFormat(id).width * getChannelFormat(id).height, 0) /
    Math.max(1, formatIds.length);
  return {
    images,
    secondsPerImage: measured.secondsPerImage,
    totalSeconds: measured.secondsPerImage === null ? null : images * measured.secondsPerImage,
    diskBytes: Math.round(images * pixels * (measured.bytesPerPixel ?? USUAL_BYTES_PER_PIXEL)),
  };
}
