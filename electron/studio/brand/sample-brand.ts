import type { BrandKit } from '../../contract/brand.ts';
import type { BrandId, ObjectHash } from '../../contract/identifiers.ts';
import { StudioError } from '../../contract/errors.ts';
import type { FormatId } from '../../contract/format.ts';
import { assertKit, listKitFiles } from '../../domain/brand/parse-kit.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { listHeldFiles } from './brand-draft.ts';
import { latestVersion } from './import-brand.ts';
import { loadKitFiles } from './kit-files.ts';
import { openKitFiles } from './open-kit-files.ts';
import { paintSampleRaster } from './sample-raster.ts';

/** Long edge of the painted ground, in pixels: soft light needs no more. */
const GROUND_EDGE_PX = 160;

export type SampleInput = {
  readonly brandId: BrandId;
  readonly kit: BrandKit;
  readonly formatId: FormatId;
  readonly headline: string;
  readonly callToAction: string;
};
export type Sample = { readonly hash: ObjectHash; readonly width: number; readonly height: number };

/** Composes a sample with an unsaved kit on the files of the brand's latest version. @throws brand.notFound, brand.invalid, brand.fileMissing */
export async function sampleBrand(
  context: StudioContext,
  { brandId, kit, formatId, headline, callToAction }: SampleInput,
): Promise<Sample> {
  assertKit(kit, 'brand.json');
  const latest = latestVersion(context, brandId);
  const held = listHeldFiles(context, brandId);
  for (const { file, field } of listKitFiles(kit)) {
    if (held[file] === undefined)
      throw new StudioError(
        'brand.fileMissing',
        `The kit names "${file}" in ${field}, which the saved versions do not hold.`,
        { file, field },
      );
  }
  const format = context.library.formats.get(formatId);
  const scale = GROUND_EDGE_PX / Math.max(format.width, format.height);
  const { png, width, height } = await context.sampler.finish({
    raster: paintSampleRaster(
      kit,
      Math.max(16, Math.round(format.width * scale)),
      Math.max(16, Math.round(format.height * scale)),
    ),
    brandVersionId: latest.id,
    kit,
    files: await openKitFiles(context.reader, kit, await loadKitFiles(context.library, held)),
    format,
    headline,
    body: '',
    callToAction,
    forbiddenTerms: [...kit.voice.neverSay, ...kit.policy.forbiddenClaims],
    requiredTerms: [],
    measuredAtMs: context.clock.nowMs(),
  });
  const hash = await context.library.store.put(png);
  context.library.objects.remember(hash);
  return { hash, width, height };
}
