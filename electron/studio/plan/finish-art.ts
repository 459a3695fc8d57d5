import type { BrandKit, BrandVersion } from '../../contract/brand.ts';
import type { Brief } from '../../contract/brief.ts';
import type { Words } from '../../contract/copy.ts';
import type { ComplianceCheck, ComplianceReport } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import type { AssetId, ObjectHash } from '../../contract/identifiers.ts';
import { listRequiredLines } from '../../domain/brand/policy.ts';
import { addChecks } from '../../domain/compliance/measure-compliance.ts';
import { checkSameness } from '../../domain/compliance/sameness-check.ts';
import { listRuledOutTerms } from '../../domain/ideation/prompt-context.ts';
import { listSpareTemplates } from '../../domain/production/plan-remake.ts';
import type { Library } from '../../library/library.ts';
import type { PictureWork } from '../../library/repositories/picture-repository.ts';
import type { PictureResult } from '../../library/repositories/picture-result.ts';
import type { FinishedPicture, PictureFinisher } from '../compose/finishing/picture-finisher.ts';
import type { Composition } from './image-request.ts';
import type { StyleJudge } from './judge-style.ts';

export type ArtFinisherSources = {
  readonly library: Library;
  readonly finisher: PictureFinisher;
  readonly judgeStyle: StyleJudge;
  readonly nowMs: () => number;
};

/** Art of a cell and what is to be set over it. */
export type ArtInHand = {
  readonly job: PictureWork;
  readonly version: BrandVersion;
  /** The version's kit as this picture uses it. */
  readonly kit: BrandKit;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly words: Words;
  readonly fields: Brief['fields'];
  readonly format: ChannelFormat;
  readonly raster: Raster;
  /** The picture of the library that this is the art of; left out for art that was drawn just now. */
  readonly artOf?: { readonly assetId: AssetId; readonly hash: ObjectHash };
};

/** A picture whose files are in the store and whose rows are still to be written. */
export type FinishedArt = Composition & {
  readonly files: Pick<PictureResult, 'hash' | 'artHash' | 'width' | 'height' | 'fingerprint'>;
  /** Holds the picture against what its plan has made by now and what is approved. Nothing may come between this and the commit. */
  judge(): ComplianceReport;
};

export type FinishArt = (art: ArtInHand, signal: AbortSignal) => Promise<FinishedArt>;

/** Sets type and logo over art, measures the result and puts its files into the store. */
export function createArtFinisher(sources: ArtFinisherSources): FinishArt {
  const { library, finisher, judgeStyle } = sources;

  return async function finishArt(art, signal) {
    const { job, version, kit, files, fields, format, raster, artOf } = art;
    const texts = art.words;
    const picture = await finisher.finish({
      raster,
      brandVersionId: version.id,
      kit,
      files,
      format,
      ...texts,
      forbiddenTerms: listRuledOutTerms(fields, kit),
      requiredTerms: listRequiredLines(kit, job.locale),
      spareTemplates: listSpareTemplates(kit),
      measuredAtMs: sources.nowMs(),
      artIsKept: artOf !== undefined,
    });
    const style = await judgeStyle(raster, { version, files }, { signal });
    const [hash, artHash] = await Promise.all([
      library.store.put(picture.png),
      artOf?.hash ?? (picture.art === undefined ? undefined : library.store.put(picture.art)),
    ]);
    const { width, height, fingerprint } = picture;
    return {
      picture,
      texts,
      logo: picture.logoFile === null ? null : (version.files[picture.logoFile] ?? null),
      files: {
        hash,
        ...(artHash === undefined ? {} : { artHash }),
        width,
        height,
        ...(fingerprint.length === 0 ? {} : { fingerprint }),
      },
      judge: () =>
        addChecks(picture.report, [
          ...(style === null ? [] : [style]),
          ...judgeSameness(library, job, kit, picture, artOf?.assetId),
        ]),
    };
  };
}

/** Pictures over the same art are the same on purpose. */
function judgeSameness(
  library: Library,
  { planId, formatId }: PictureWork,
  { thresholds }: BrandKit,
  { fingerprint }: FinishedPicture,
  artOf: AssetId | undefined,
): ComplianceCheck[] {
  if (fingerprint.length === 0) return [];
  const known = library.assets.fingerprints(planId, formatId, artOf);
  return [checkSameness(fingerprint, known, thresholds.sameness)];
}
