import type { EngineJob, EngineResult, Raster } from '../../contract/engine-protocol.ts';

/** What is wrong with a result that fits the schema but not the job; null if nothing. */
export function findReplyFault(job: EngineJob, result: EngineResult): string | null {
  if (result.kind !== job.kind) return `a ${result.kind} result for a ${job.kind} job`;
  if (result.kind === 'image' && job.kind === 'image') {
    const { raster } = result;
    if (raster.width !== job.width || raster.height !== job.height)
      return `a picture of ${raster.width} x ${raster.height}`;
    return findRasterFault(raster);
  }
  if (result.kind === 'vision' && job.kind === 'vision') {
    if (result.images.length !== job.images.length || result.texts.length !== job.texts.length)
      return 'another number of vectors than inputs';
    if ([...result.images, ...result.texts].some((vector) => !vector.every(Number.isFinite)))
      return 'a vector with a value that is no number';
  }
  return null;
}

export function findRasterFault(raster: Raster): string | null {
  const wanted = raster.width * raster.height * 3;
  return raster.rgb.length === wanted ? null : `${raster.rgb.length} bytes of pixels instead of ${wanted}`;
}
