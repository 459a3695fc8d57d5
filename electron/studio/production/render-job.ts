import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Concept } from '../../contract/ideation.ts';
import { listRequiredLines } from '../../domain/brand/policy.ts';
import { addChecks } from '../../domain/compliance/measure-compliance.ts';
import { checkSameness } from '../../domain/compliance/sameness-check.ts';
import { listForbiddenTerms } from '../../domain/ideation/prompts.ts';
import { applySettings, firstSettings, listSpareTemplates, planRemake } from '../../domain/production/plan-remake.ts';
import { chooseTemplate } from '../../domain/production/choose-template.ts';
import type { Engines, ImageProgress } from '../../engines/engine-client.ts';
import type { Library } from '../../library/library.ts';
import type { AssetId, JobId } from '../../contract/identifiers.ts';
import type { PictureWork } from '../../library/repositories/picture-repository.ts';
import { createBrandLoader } from '../brand/load-brand.ts';
import type { FinishedPicture, PictureFinisher } from '../finishing/picture-finisher.ts';
import type { PreviewStore } from '../preview-store.ts';
import type { JobCall } from '../jobs/job-kind.ts';
import { buildImageJob, buildRecipe } from './image-request.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { createStyleJudge } from './judge-style.ts';
import { createSourceStore, readSource } from './read-source.ts';

export type RenderJobSources = {
  readonly library: Library;
  readonly engines: Engines;
  readonly reader: FileReader;
  readonly finisher: PictureFinisher;
  readonly previews: PreviewStore;
  readonly nowMs: () => number;
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
  const { library, engines, finisher, nowMs } = sources;
  const loadBrand = createBrandLoader(sources);
  const sourceStore = createSourceStore(library.store, sources.reader);
  const judgeStyle = createStyleJudge(engines.vision);

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
      doing: `Making ${concept.title} for ${job.formatId}`,
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
    const { headline, body, callToAction } = concept;
    const texts = { headline, body, callToAction };
    const picture = await finisher.finish({
      raster,
      brandVersionId: version.id,
      kit,
      files,
      format,
      ...texts,
      forbiddenTerms: [...listForbiddenTerms(fields, kit.voice), ...kit.policy.forbiddenClaims],
      requiredTerms: listRequiredLines(kit, job.locale),
      spareTemplates: listSpareTemplates(kit),
      measuredAtMs: nowMs(),
    });
    const style = await judgeStyle(raster, { version, files }, { signal: call.signal });
    const [hash, artHash] = await Promise.all([
      library.store.put(picture.png),
      picture.art === undefined ? undefined : library.store.put(picture.art),
    ]);
    const logo = picture.logoFile === null ? null : (version.files[picture.logoFile] ?? null);
    const recipe = buildRecipe({ job: imageJob, model: maker, brandVersionId: version.id, picture, logo, texts });
    return {
      beganAtMs,
      commit(jobSequence) {
        const report = addChecks(picture.report, [
          ...(style === null ? [] : [style]),
          ...judgeSameness(library, job, kit, picture),
        ]);
        const next = planRemake({
          number: job.remake?.number ?? 1,
          cellSeed: job.seed,
          kit: planned,
          settings,
          report,
        });
        return library.pictures.commit(jobSequence, {
          hash,
          ...(artHash === undefined ? {} : { artHash }),
          width: picture.width,
          height: picture.height,
          ...texts,
          recipe,
          report,
          next,
          ...(picture.fingerprint.length === 0 ? {} : { fingerprint: picture.fingerprint }),
        });
      },
    };
  };
}

/** Holds the picture against what its plan has made by now and what is approved. Nothing may come between this and the commit. */
function judgeSameness(
  library: Library,
  { planId, formatId }: PictureJob,
  { thresholds }: BrandKit,
  { fingerprint }: FinishedPicture,
): ComplianceCheck[] {
  if (fingerprint.length === 0) return [];
  const known = library.assets.fingerprints(planId, formatId);
  return [checkSameness(fingerprint, known, thresholds.sameness)];
}

function readConcept(library: Library, { conceptId }: PictureJob): Concept {
  const { content } = library.deliverables.get(conceptId);
  if (content.kind === 'concept') return content.concept;
  throw new StudioError('deliverable.notFound', 'The concept of this picture is gone.', { id: conceptId });
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

/** The kit with the template that the plan gives to this cell. */
function planKit(library: Library, kit: BrandKit, { planId, conceptId, variation }: PictureJob): BrandKit {
  return { ...kit, template: chooseTemplate(library.plans.get(planId), kit, conceptId, variation) };
}
