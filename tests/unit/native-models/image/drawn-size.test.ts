import { describe, expect, it } from 'vitest';
import { objectHashSchema } from '../../../../electron/contract/identifiers.ts';
import type { ImageJob, Raster } from '../../../../electron/contract/engine-protocol.ts';
import { checkSize, cutRaster, growJob } from '../../../../native-models/image/drawn-size.ts';
import { makeImageJob } from '../../../support/fake-engine/make-jobs.ts';

/** Each pixel holds its own place: x in red, y in green. */
function makeRaster(width: number, height: number): Raster {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    rgb.set([pixel % width, Math.floor(pixel / width), 7], pixel * 3);
  return { width, height, rgb };
}

function pixelAt(raster: Raster | null | undefined, x: number, y: number): number[] {
  if (raster === null || raster === undefined) throw new Error('no raster');
  return [...raster.rgb.subarray((y * raster.width + x) * 3, (y * raster.width + x) * 3 + 3)];
}

function withSource(raster: Raster, maskRaster: Raster | null): Partial<ImageJob> {
  return { source: { hash: objectHashSchema.parse('a'.repeat(64)), strength: 0.5, mask: null, raster, maskRaster } };
}

describe('checkSize', () => {
  it('takes multiples of 8 and names what is none', () => {
    expect(() => checkSize(makeImageJob({ width: 72, height: 200 }))).not.toThrow();
    expect(() => checkSize(makeImageJob({ width: 100, height: 200 }))).toThrow(/multiples of 8 px/);
  });
});

describe('growJob', () => {
  it('leaves a size that the network draws as it is', () => {
    const job = makeImageJob({ width: 128, height: 64 });
    expect(growJob(job, 64)).toBe(job);
  });

  it('goes up to the next multiple, with the picture and its mask in the middle and their edges repeated', () => {
    const job = makeImageJob({ width: 72, height: 64, ...withSource(makeRaster(72, 64), makeRaster(72, 64)) });
    const grown = growJob(job, 64);
    expect([grown.width, grown.height]).toEqual([128, 64]);
    for (const raster of [grown.source?.raster, grown.source?.maskRaster]) {
      expect([raster?.width, raster?.height]).toEqual([128, 64]);
      expect(pixelAt(raster, 28, 9)).toEqual([0, 9, 7]);
      expect(pixelAt(raster, 0, 9)).toEqual([0, 9, 7]);
      expect(pixelAt(raster, 127, 63)).toEqual([71, 63, 7]);
    }
  });

  it('leaves a picture of a wrong size to be refused', () => {
    const job = makeImageJob({ width: 72, height: 64, ...withSource(makeRaster(64, 64), null) });
    expect(growJob(job, 64).source?.raster.width).toBe(64);
  });
});

describe('cutRaster', () => {
  it('gives the middle back', () => {
    const cut = cutRaster(makeRaster(128, 64), { width: 72, height: 56 });
    expect([cut.width, cut.height]).toEqual([72, 56]);
    expect(pixelAt(cut, 0, 0)).toEqual([28, 4, 7]);
  });
});
