import { applySettings, firstSettings, planRemake } from '../../domain/production/plan-remake.ts';
import type { Engines, ImageProgress } from '../../engines/engine-client.ts';
import type { Library } from '../../library/library.ts';
import type { AssetId, JobId } from '../../contract/identifiers.ts';
import type { PictureWork } from '../../library/repositories/picture-repository.ts';
import { createBrandLoader } from '../brand/load-brand.ts';
import type { PreviewStore } from '../streams/preview-store.ts';
import type { JobCall } from '../jobs/job-kind.ts';
import type { FinishArt } from './finish-art.ts';
import { buildImageJob, buildRecipe } from './image-request.ts';
import { planKit, readConcept, readWords } from './picture-plan.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { createSourceStore, readSource } from './read-source.ts';

export type RenderJobSources = {
  readonly library: Library;
  readonly engines: Engines;
  readonly reader: FileReader;
  readonly finishArt: FinishArt;
  readonly previews: PreviewStore;
  readonly monotonicMs: () => number;
};

/** A job of a cell. */
export type PictureJob = PictureWork & { readonly jobId: JobId };

/** A picture whose files are durable and whose rows are still to be written. */
export type RenderedPicture = {
  /** When the engine began it, on the monotonic clock. */
  readonly beganAtMs: number;
  /** Holds it against what else is there by now and writes it. Call inside the transaction that ends the job. */
  commit(jobSequence: number): AssetId;
};

export type RenderJob = (job: PictureJob, call: JobCall) => Promise<RenderedPicture>;

/** The way of one picture: engine, type and logo, report, durable file. */
export function createRenderJob(sources: RenderJobSources): RenderJob {
  const { library, engines, finishArt } = sources;
  const loadBrand = createBrandLoader(sources);
  const sourceStore = createSourceStore(library.store, sources.reader);

  return async function renderJob(job, call) {
    const { version, files } = await loadBrand(job.brandVersionId);
    const settings = job.remake?.settings ?? firstSettings(job.seed);
    const planned = planKit(library, version.kit, job);
    const kit = applySettings(planned, settings);
    const format = library.formats.get(job.formatId);
    const concept = readConcept(library, job);
    const { fields } = library.briefs.get(job.briefId);
    const engineCall = {
      signal: call.signal,
      jobKey: call.jobKey,
      doing: `Making “${concept.headline}” as ${format.name}`,
      loras: kit.style.loras,
      ...(kit.style.model === null ? {} : { model: kit.style.model }),
    };
    let beganAtMs = sources.monotonicMs();
    const onProgress = followProgress(job, call, sources.previews, () => (beganAtMs = sources.monotonicMs()));
    const { imageJob, raster, maker } = await engines.image.hold(engineCall, async (held) => {
      const fromNoise = buildImageJob({
        imagePrompt: concept.imagePrompt,
        kit,
        format,
        seed: settings.seed,
        model: held.info,
      });
      const source = job.source === undefined ? undefined : await readSource(sourceStore, job.source, fromNoise);
      const asked = source === undefined ? fromNoise : { ...fromNoise, source };
      const { result, model } = await held.run(asked, { ...engineCall, onProgress });
      return { imageJob: asked, raster: result.raster, maker: model };
    });
    const finished = await finishArt(
      { job, kit, version, files, words: readWords(library, job), fields, format, raster },
      call.signal,
    );
    const { picture, logo, texts } = finished;
    const recipe = buildRecipe({ job: imageJob, model: maker, brandVersionId: version.id, picture, logo, texts });
    return {
      beganAtMs,
      commit(jobSequence) {
        const report = finished.judge();
        const next = planRemake({
          number: job.remake?.number ?? 1,
          cellSeed: job.seed,
          kit: planned,
          settings,
          report,
        });
        return library.pictures.commit(jobSequence, { ...finished.files, ...texts, recipe, report, next });
      },
    };
  };
}

/** Hands on how far the engine is and the newest preview of the forming picture. */
function followProgress(
  { jobId }: PictureJob,
  call: JobCall,
  previews: PreviewStore,
  onBegin: () => void,
): (progress: ImageProgress) => void {
  let preview: string | null = null;
  let latest = 0;
  return ({ step, steps, preview: raster }) => {
    if (latest === 0) onBegin();
    latest = Math.max(latest, step, 1);
    if (raster !== null) preview = previews.put(jobId, step, raster);
    call.onProgress({ done: step, total: steps, preview });
  };
}
