import type { AssetId } from '../../contract/identifiers.ts';
import { applySettings, firstSettings, planRemake } from '../../domain/production/plan-remake.ts';
import type { Library } from '../../library/library.ts';
import type { PictureWork } from '../../library/repositories/picture-repository.ts';
import { createBrandLoader } from '../brand/load-brand.ts';
import { decodePicture } from '../compose/decode-picture.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { FinishArt } from './finish-art.ts';
import { describeComposition } from './image-request.ts';
import { planKit, readWords } from './picture-plan.ts';
import { requireArt } from './require-art.ts';

export type ComposeAgainSources = {
  readonly library: Library;
  readonly reader: FileReader;
  readonly finishArt: FinishArt;
};

/** A picture whose files are durable and whose rows are still to be written. */
export type ComposedPicture = {
  /** Call inside the transaction that ends the job. */
  commit(jobSequence: number): AssetId;
};

/** The picture whose art is taken, and whether art of its own is drawn where the result fails a check. */
export type ArtOf = { readonly assetId: AssetId; readonly mayTryAgain: boolean };

export type ComposeAgain = (work: PictureWork, artOf: ArtOf, signal: AbortSignal) => Promise<ComposedPicture>;

/** The words of today over the art of a picture that is there: same recipe, other composition. The image model is not asked for anything. */
export function createComposeAgain(sources: ComposeAgainSources): ComposeAgain {
  const { library, finishArt } = sources;
  const loadBrand = createBrandLoader(sources);

  return async function composeAgain(job, { assetId, mayTryAgain }, signal) {
    const asset = library.assets.getMade(assetId);
    const hash = requireArt(library, assetId);
    const { version, files } = await loadBrand(job.brandVersionId);
    const settings = asset.remake?.settings ?? firstSettings(job.seed);
    const planned = planKit(library, version.kit, job);
    const { fields } = library.briefs.get(job.briefId);
    const finished = await finishArt(
      {
        job,
        version,
        files,
        kit: applySettings(planned, settings),
        words: readWords(library, job),
        fields,
        format: library.formats.get(job.formatId),
        raster: await decodePicture(await library.store.read(hash)),
        artOf: { assetId, hash },
      },
      signal,
    );
    const recipe = { ...asset.recipe, brandVersionId: version.id, template: describeComposition(finished) };
    return {
      commit(jobSequence) {
        const report = finished.judge();
        const next = mayTryAgain
          ? planRemake({ number: 1, cellSeed: job.seed, kit: planned, settings: firstSettings(job.seed), report })
          : null;
        return library.pictures.commit(jobSequence, { ...finished.files, ...finished.texts, recipe, report, next });
      },
    };
  };
}
