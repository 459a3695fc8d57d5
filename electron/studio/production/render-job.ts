import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Concept } from '../../contract/ideation.ts';
import { listRequiredLines } from '../../domain/brand/policy.ts';
import { addChecks } from '../../domain/compliance/measure-compliance.ts';
import { checkSameness } from '../../domain/compliance/sameness-check.ts';
import { listForbiddenTerms } from '../../domain/ideation/prompts.ts';
import { applySettings, firstSettings, planRemake } from '../../domain/production/plan-remake.ts';
import { chooseTemplate } from '../../domain/production/choose-template.ts';
import type { Engines, ImageProgress } from '../../engines/engine-client.ts';
import type { Library } from '../../library/library.ts';
import type { ClaimedJob } from '../../library/repositories/job-repository.ts';
import { createBrandLoader } from '../brand/load-brand.ts';
import type { ChangeFeed } from '../change-feed.ts';
import type { FinishedPicture, PictureFinisher } from '../finishing/picture-finisher.ts';
import type { PreviewStore } from '../preview-store.ts';
import type { RenderCall, RenderJob } from '../queue/render-queue.ts';
import { buildImageJob, buildRecipe } from './image-request.ts';
import { createStyleJudge } from './judge-style.ts';
import { readSource } from './read-source.ts';

export type RenderJobSources = {
  readonly library: Library;
  readonly engines: Engines;
  readonly finisher: PictureFinisher;
  readonly previews: PreviewStore;
  readonly feed: ChangeFeed;
  readonly nowMs: () => number;
  /** A picture was committed whose work began at this time of the monotonic clock. */
  readonly onCommitted: (beganAtMs: number) => void;
  readonly monotonicMs: () => number;
};

/** The way of one picture: engine, type and logo, report, durable file, one transaction. */
export function createRenderJob(sources: RenderJobSources): RenderJob {
  const { library, engines, finisher, feed, nowMs } = sources;
  const loadBrand = createBrandLoader(library);
  const judgeStyle = createStyleJudge(engines.vision);

  return async function renderJob(job, call) {
    const { version, files } = await loadBrand(job.brandVersionId);
    const settings = job.remake?.settings ?? firstSettings(job.seed);
    const planned = planKit(library, version.kit, job);
    const kit = applySettings(planned, settings);
    const concept = readConcept(library, job);
    const { fields } = library.briefs.get(job.briefId);
    const engineCall = {
      signal: call.signal,
      jobKey: call.jobKey,
      doing: `Making ${concept.title} for ${job.formatId}`,
      loras: kit.style.loras,
      ...(kit.style.model === null ? {} : { model: kit.style.model }),
    };
    const model = await engines.image.ensureLoaded(engineCall);
    const fromNoise = buildImageJob({
      imagePrompt: concept.imagePrompt,
      kit,
      formatId: job.formatId,
      seed: settings.seed,
      model,
    });
    const imageJob =
      job.source === undefined
        ? fromNoise
        : { ...fromNoise, source: await readSource(library.store, job.source, fromNoise) };
    let beganAtMs = sources.monotonicMs();
    const onProgress = followProgress(job, call, sources.previews, () => (beganAtMs = sources.monotonicMs()));
    const { raster, notes } = await engines.image.run(imageJob, { ...engineCall, onProgress });
    // A run that stepped down to another device was made by another build, which the recipe has to name.
    const maker = notes === undefined ? model : await engines.image.ensureLoaded(engineCall);
    const { headline, body, callToAction } = concept;
    const texts = { headline, body, callToAction };
    const picture = await finisher.finish({
      raster,
      brandVersionId: version.id,
      kit,
      files,
      formatId: job.formatId,
      ...texts,
      forbiddenTerms: [...listForbiddenTerms(fields, kit.voice), ...kit.policy.forbiddenClaims],
      requiredTerms: listRequiredLines(kit, job.locale),
      measuredAtMs: nowMs(),
    });
    const style = await judgeStyle(raster, { version, files }, { signal: call.signal });
    const [hash, artHash] = await Promise.all([
      library.store.put(picture.png),
      picture.art === undefined ? undefined : library.store.put(picture.art),
    ]);
    const logo = picture.logoFile === null ? null : (version.files[picture.logoFile] ?? null);
    const recipe = buildRecipe({ job: imageJob, model: maker, brandVersionId: version.id, picture, logo, texts });
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
    const outcome = library.jobs.complete(job.jobId, job.token, {
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
    if (outcome.kind === 'stale') return;
    sources.onCommitted(beganAtMs);
    feed.publish('asset', 'added', [outcome.assetId]);
  };
}

/** Holds the picture against what its plan has made by now and what is approved. Nothing may come between this and the commit. */
function judgeSameness(
  library: Library,
  { planId, formatId }: ClaimedJob,
  { thresholds }: BrandKit,
  { fingerprint }: FinishedPicture,
): ComplianceCheck[] {
  if (fingerprint.length === 0) return [];
  const known = library.assets.fingerprints(planId, formatId);
  return [checkSameness(fingerprint, known, thresholds.sameness)];
}

function readConcept(library: Library, { conceptId }: ClaimedJob): Concept {
  const { content } = library.deliverables.get(conceptId);
  if (content.kind === 'concept') return content.concept;
  throw new StudioError('deliverable.notFound', 'The concept of this picture is gone.', { id: conceptId });
}

/** Hands on how far the engine is and the newest preview of the forming picture. */
function followProgress(
  { jobId }: ClaimedJob,
  call: RenderCall,
  previews: PreviewStore,
  onBegin: () => void,
): (progress: ImageProgress) => void {
  let preview: string | null = null;
  let latest = 0;
  return ({ step, steps, preview: raster }) => {
    if (latest === 0) onBegin();
    latest = Math.max(latest, step, 1);
    if (raster !== null) preview = previews.put(jobId, step, raster);
    call.onProgress({ step, steps, preview });
  };
}

/** The kit with the template that the plan gives to this cell. */
function planKit(library: Library, kit: BrandKit, { planId, conceptId, variation }: ClaimedJob): BrandKit {
  return { ...kit, template: chooseTemplate(library.plans.get(planId), kit, conceptId, variation) };
}
