import { PICTURE_STEP_PX } from '../../electron/contract/engine-protocol.ts';
import type { ImageJob, Raster } from '../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../electron/contract/errors.ts';

/** Rejects with `input.invalid`, before anything is computed, what no model makes. */
export function checkSize({ width, height }: ImageJob): void {
  if (width % PICTURE_STEP_PX === 0 && height % PICTURE_STEP_PX === 0) return;
  throw new StudioError(
    'input.invalid',
    `Models make pictures whose width and height are multiples of ${PICTURE_STEP_PX} px.`,
    { issues: [{ path: 'width', message: `${width} x ${height} px is not a multiple of ${PICTURE_STEP_PX} px` }] },
  );
}

/**
 * The job at the next size that the network can make; what it starts from lies in the middle, its edge pixels repeated
 * outwards. The job itself where its size is one already.
 */
export function growJob(job: ImageJob, sizeMultiple: number): ImageJob {
  const [width, height] = [job.width, job.height].map((edge) => Math.ceil(edge / sizeMultiple) * sizeMultiple) as [
    number,
    number,
  ];
  if (width === job.width && height === job.height) return job;
  const { source } = job;
  const grow = (raster: Raster) => moveWindow(raster, { width, height });
  return {
    ...job,
    width,
    height,
    ...(source === undefined ||
    !fits(source.raster, job) ||
    !(source.maskRaster === null || fits(source.maskRaster, job))
      ? {}
      : {
          source: { ...source, raster: grow(source.raster), maskRaster: source.maskRaster && grow(source.maskRaster) },
        }),
  };
}

/** The middle of a picture that was drawn larger than it was asked for. */
export function cutRaster(raster: Raster, size: { readonly width: number; readonly height: number }): Raster {
  return fits(raster, size) ? raster : moveWindow(raster, size);
}

function fits(raster: Raster, { width, height }: { readonly width: number; readonly height: number }): boolean {
  return raster.width === width && raster.height === height;
}

/** Another size around the same middle: smaller cuts, larger repeats the edge pixels. */
function moveWindow(raster: Raster, { width, height }: { readonly width: number; readonly height: number }): Raster {
  const rgb = new Uint8Array(width * height * 3);
  const [left, top] = [Math.floor((raster.width - width) / 2), Math.floor((raster.height - height) / 2)];
  for (let y = 0; y < height; y += 1) {
    const row = clampPlace(y + top, raster.height) * raster.width;
    for (let x = 0; x < width; x += 1) {
      const from = (row + clampPlace(x + left, raster.width)) * 3;
      rgb.set(raster.rgb.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return { width, height, rgb };
}

function clampPlace(place: number, edge: number): number {
  return Math.min(Math.max(place, 0), edge - 1);
}
