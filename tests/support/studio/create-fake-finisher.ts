import sharp from 'sharp';
import type {
  FinishedPicture,
  FinishInput,
  PictureFinisher,
} from '../../../electron/studio/finishing/picture-finisher.ts';

/** Looks at less than the real one, so that tests may call it with less. */
export type FakeFinisher = PictureFinisher & {
  finish(input: Pick<FinishInput, 'raster' | 'brandVersionId' | 'measuredAtMs'>): Promise<FinishedPicture>;
};

/** Writes the engine's raster as a PNG and calls it compliant: for proofs about the queue, which do not look at type. */
export function createFakeFinisher(): FakeFinisher {
  return {
    async finish({ raster, brandVersionId, measuredAtMs }) {
      const { width, height, rgb } = raster;
      const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
        .png({ compressionLevel: 0 })
        .toBuffer();
      return {
        png,
        width,
        height,
        template: { name: 'fake', version: 1 },
        logoFile: null,
        report: { brandVersionId, passed: true, checks: [], measuredAtMs },
        fingerprint: new Uint8Array(),
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}
