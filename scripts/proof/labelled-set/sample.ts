import type { BrandKit } from '../../../electron/contract/brand.ts';
import type { ComplianceReport } from '../../../electron/contract/compliance.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { brandVersionIdSchema } from '../../../electron/contract/identifiers.ts';
import type { ChannelFormat } from '../../../electron/contract/format.ts';
import { measureCompliance } from '../../../electron/domain/compliance/measure-compliance.ts';
import type { ComplianceInput } from '../../../electron/domain/compliance/measure-compliance.ts';
import type { ComposedPicture } from '../../../electron/studio/compose/compose-picture.ts';
import { composeToBrand } from '../../../electron/studio/compose/compose-to-brand.ts';
import { limitShares } from './limit-shares.ts';

export type Copy = { readonly headline: string; readonly body: string; readonly callToAction: string };

/** An asset of the set before anything is done to it. */
export type Sample = {
  readonly image: Raster;
  readonly kit: BrandKit;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly format: ChannelFormat;
  readonly copy: Copy;
  readonly input: ComplianceInput;
};

export type SampleSource = Pick<Sample, 'image' | 'kit' | 'files' | 'format' | 'copy'>;

const brandVersionId = brandVersionIdSchema.parse('00000000000000000000000001');

/** Composes an asset as production does, with what helps type and logo, and what its report is made of. Its kit gets limits of share that the asset keeps to. */
export async function composeSample(source: SampleSource): Promise<Sample> {
  const { image, files, format, copy } = source;
  const judgePlain = ({ pixels: composed }: ComposedPicture) =>
    measureCompliance({ pixels: composed, kit: source.kit, format, brandVersionId, measuredAtMs: 0 });
  const { pixels, png } = (await composeToBrand({ image, kit: source.kit, files, format, ...copy }, judgePlain))
    .composed;
  const kit = limitShares(source.kit, pixels.finished);
  const file = { bytes: png.length, madeAt: image };
  // A banner has no room for a body text, and so for no line that stands in it.
  const requiredTerms = pixels.layout.texts.some(({ text }) => text.includes(REQUIRED_TERM)) ? [REQUIRED_TERM] : [];
  return { ...source, kit, input: { pixels, kit, format, brandVersionId, measuredAtMs: 0, file, requiredTerms } };
}

/** Stands in the body of every asset that has one. */
export const REQUIRED_TERM = 'Deposit 25 cents';

export function reportOf(input: ComplianceInput): ComplianceReport {
  return measureCompliance(input);
}
