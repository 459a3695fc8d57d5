import sharp from 'sharp';
import type { ComplianceReport } from '../../../electron/contract/compliance.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import type {
  FinishedPicture,
  FinishInput,
  PictureFinisher,
} from '../../../electron/studio/compose/finishing/picture-finisher.ts';

/** Looks at less than the real one, so that tests may call it with less. */
export type FakeFinisher = PictureFinisher & {
  finish(input: Pick<FinishInput, 'raster' | 'brandVersionId' | 'measuredAtMs'>): Promise<FinishedPicture>;
};

/** What the checks say of a picture. */
export type Judge = (raster: Raster) => ComplianceReport['checks'];

/** Writes the engine's raster as a PNG and calls it compliant unless a judge says otherwise: for proofs about the queue, which do not look at type. */
export function createFakeFinisher(judge: Judge = () => []): FakeFinisher {
  return {
    async finish({ raster, brandVersionId, measuredAtMs }) {
      const checks = judge(raster);
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
        report: { brandVersionId, passed: checks.every(({ passed }) => passed), checks, measuredAtMs },
        fingerprint: new Uint8Array(),
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}
