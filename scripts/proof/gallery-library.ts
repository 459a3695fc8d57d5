import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ComplianceCheck, ComplianceReport } from '../../electron/contract/compliance.ts';
import type { AssetId, BrandVersionId, BriefId, DeliverableId, PlanId } from '../../electron/contract/identifiers.ts';
import type { FormatId } from '../../electron/contract/format.ts';
import type { Recipe } from '../../electron/contract/recipe.ts';
import type { Decision } from '../../electron/contract/review.ts';
import { listKitFiles, parseKit } from '../../electron/domain/brand/parse-kit.ts';
import { parseBrief } from '../../electron/domain/brief/parse-brief.ts';
import { getChannelFormat } from '../../electron/domain/production/channel-formats.ts';
import { planCells } from '../../electron/domain/production/plan-cells.ts';
import { assembleLibrary } from '../../electron/library/assemble-library.ts';
import { nodeFileOperations } from '../../electron/library/objects/file-operations.ts';
import type { Library } from '../../electron/library/library.ts';
import { migrations } from '../../electron/library/database/migrations/index.ts';
import { configureConnection } from '../../electron/library/database/sqlite-connection.ts';
import type { Connection } from '../../electron/library/database/sqlite-connection.ts';
import { createIdSource } from '../../electron/studio/system/create-id-source.ts';
import { root } from '../project.ts';
import { galleryConcept } from './gallery-copy.ts';
import type { GalleryConcept } from './gallery-copy.ts';
import { storePictures } from './gallery-pictures.ts';
import type { GalleryPicture } from './gallery-pictures.ts';
import { claimPicture, completePicture } from './picture-jobs.ts';
import type { PictureJob } from './picture-jobs.ts';

export type GallerySize = {
  /** A multiple of 100. */
  readonly assets: number;
  /** Distinct pictures of each format; assets share them. */
  readonly picturesPerFormat: number;
};

const SEED = 20_261;
const START_MS = Date.UTC(2026, 0, 5, 8);
const BETWEEN_ASSETS_MS = 4_000;
const CELLS_PER_PLAN = 5_000;
const CONCEPTS_PER_PLAN = 20;
const ASSETS_PER_TRANSACTION = 2_000;
const DECIDED_TOGETHER = 40;
const formatIds = ['square-post', 'portrait-post', 'story', 'landscape', 'link-card'] as const satisfies FormatId[];
const makers = ['gallery-library.ts', 'gallery-pictures.ts', 'gallery-copy.ts'];

/**
 * Copies a library of so many assets to `folder`. It is made once, from a seed and through the library's own code, and kept under `.cache`
 * until that code's tables or what makes it change.
 */
export async function copyGalleryLibrary(
  folder: string,
  size: GallerySize,
  progress: (text: string) => void,
): Promise<void> {
  const kept = join(root, '.cache', 'gallery', `${size.assets}-${size.picturesPerFormat}-${markOf()}`);
  if (!existsSync(kept)) {
    const unfinished = `${kept}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      await makeLibrary(unfinished, size, progress);
      renameSync(unfinished, kept);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  cpSync(kept, folder, { recursive: true });
}

function markOf(): string {
  const hash = createHash('sha256').update(JSON.stringify(migrations));
  for (const file of makers) hash.update(readFileSync(join(root, 'scripts/proof', file)));
  return hash.digest('hex').slice(0, 12);
}

/** Numbers from 0 to 1, the same for every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function makeLibrary(folder: string, size: GallerySize, progress: (text: string) => void): Promise<void> {
  const random = createRandom(SEED);
  let nowMs = START_MS;
  let connection: Connection | null = null;
  const nowMsOf = () => nowMs;
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  const library = assembleLibrary(
    {
      folder,
      clock: { nowMs: nowMsOf, monotonicMs: nowMsOf },
      newId: createIdSource({ nowMs: nowMsOf, randomBytes }),
      mode: 'write',
    },
    {
      operations: nodeFileOperations,
      migrations,
      configure(opened, mode) {
        configureConnection(opened, mode);
        // Nothing is lost when the making is cut off: it begins anew.
        opened.pragma('synchronous = OFF');
        connection = opened;
      },
    },
  );
  const together = (work: () => void) => {
    const open: Connection | null = connection;
    if (open === null) throw new Error('the library has no connection');
    open.transaction(work).immediate();
  };
  try {
    const pictures = new Map<FormatId, GalleryPicture[]>();
    for (const formatId of formatIds)
      pictures.set(formatId, await storePictures(library, size.picturesPerFormat, getChannelFormat(formatId), random));
    const brandVersionId = await createBrand(library);
    const concepts = new Map<DeliverableId, GalleryConcept>();
    const finish = createFinisher(library, concepts, pictures, random);
    let made = 0;
    while (made < size.assets) {
      const cells = Math.min(CELLS_PER_PLAN, size.assets - made);
      const planId = createPlan(library, concepts, brandVersionId, cells, made, random);
      library.batches.start(planId, null, 'owner');
      for (let left = cells; left > 0; left -= ASSETS_PER_TRANSACTION) {
        together(() => {
          const assetIds = Array.from({ length: Math.min(left, ASSETS_PER_TRANSACTION) }, () => {
            nowMs += BETWEEN_ASSETS_MS;
            return finish();
          });
          decideSome(library, assetIds, random);
        });
      }
      made += cells;
      progress(`${made} of ${size.assets} assets made`);
    }
    // Pictures that were sent back are still to be made, in batches of their own; a library that is looked at must not begin to.
    for (const { id } of library.runs.listOpen()) library.runs.stop(id);
  } finally {
    library.close();
  }
}

async function createBrand(library: Library): Promise<BrandVersionId> {
  const brandFolder = join(root, 'examples', 'lumen-oat');
  const kit = parseKit(new Uint8Array(readFileSync(join(brandFolder, 'brand.json'))), 'brand.json');
  const files: Parameters<Library['brands']['create']>[0]['files'] = {};
  for (const { file } of listKitFiles(kit))
    Object.assign(files, { [file]: await library.store.put(new Uint8Array(readFileSync(join(brandFolder, file)))) });
  return library.brands.create({ kit, files }).id;
}

/** A brief of its own with concepts, which join the others, and a plan of so many cells over all formats. */
function createPlan(
  library: Library,
  concepts: Map<DeliverableId, GalleryConcept>,
  brandVersionId: BrandVersionId,
  cells: number,
  index: number,
  random: () => number,
): PlanId {
  const briefText = `---\nname: Campaign ${index / CELLS_PER_PLAN + 1}\nproduct: Lumen Oat\nwhat: oat drink\naudience: families\ngoal: try it\n---\n`;
  const briefId: BriefId = library.briefs.create(parseBrief(briefText, 'brief.md')).id;
  const conceptIds: DeliverableId[] = [];
  for (let number = 0; number < CONCEPTS_PER_PLAN; number += 1) {
    const concept = galleryConcept(index + number, random);
    const { id } = library.deliverables.add({
      briefId,
      content: { kind: 'concept', concept },
      origin: { kind: 'model', model: 'none', modelHash: '', system: '', prompt: '', seed: 1 },
      parentIds: [],
      citations: [],
    });
    concepts.set(id, concept);
    conceptIds.push(id);
  }
  const axes = {
    conceptIds,
    formatIds: [...formatIds],
    locales: ['en'],
    variations: cells / (CONCEPTS_PER_PLAN * formatIds.length),
  };
  const seed = index + 1;
  const plan = library.plans.create({
    ...axes,
    briefId,
    brandVersionId,
    name: `Campaign ${index / CELLS_PER_PLAN + 1}`,
    seed,
    cells: planCells(axes, seed),
  });
  return plan.id;
}

/** Ends the next job with a picture, as the queue does. */
function createFinisher(
  library: Library,
  concepts: ReadonlyMap<DeliverableId, GalleryConcept>,
  pictures: ReadonlyMap<FormatId, readonly GalleryPicture[]>,
  random: () => number,
): () => AssetId {
  return () => {
    const job = claimPicture(library, { worker: 'gallery', leaseMs: 1_000_000 });
    const concept = job && concepts.get(job.conceptId);
    const ofFormat = (job && pictures.get(job.formatId)) ?? [];
    const picture = ofFormat[Math.floor(random() * ofFormat.length)];
    if (!job || !concept || !picture) throw new Error('the plan ran out of jobs');
    const { headline, body, callToAction } = concept;
    const outcome = completePicture(library, job, {
      hash: picture.hash,
      width: picture.widthPx,
      height: picture.heightPx,
      headline,
      body,
      callToAction,
      recipe: describeMaking(job, concept, picture),
      report: measure(job.brandVersionId, random),
    });
    if (outcome.kind !== 'committed') throw new Error('a job was lost');
    library.thumbnails.record(outcome.assetId, picture.thumbnails);
    return outcome.assetId;
  };
}

function describeMaking(
  { seed, brandVersionId }: PictureJob,
  { headline, body, callToAction, imagePrompt }: GalleryConcept,
  { widthPx, heightPx }: GalleryPicture,
): Recipe {
  return {
    version: 1,
    engineBuild: 'none',
    model: { name: 'none', hash: '0'.repeat(64) },
    loras: [],
    prompt: imagePrompt,
    negativePrompt: 'text, letters, watermark',
    seed,
    scheduler: 'ddim',
    steps: 12,
    guidance: 3,
    width: 256,
    height: 256,
    paletteGuidance: { colours: [{ hex: '#14213f', share: 0.5 }], strength: 0.6 },
    brandVersionId,
    template: {
      name: 'headline',
      version: 1,
      outputWidth: widthPx,
      outputHeight: heightPx,
      headline,
      body,
      callToAction,
      logo: null,
    },
  };
}

const SHARE_FAILING = 0.12;

function measure(brandVersionId: BrandVersionId, random: () => number): ComplianceReport {
  const check = (
    name: ComplianceCheck['name'],
    unit: string,
    threshold: number,
    better: ComplianceCheck['better'],
  ): ComplianceCheck => {
    const passed = random() >= SHARE_FAILING / 3;
    const share = passed === (better === 'lower') ? random() : 1 + random();
    return {
      name,
      score: threshold * share,
      threshold,
      unit,
      better,
      passed,
      reason: `The measured value is ${(threshold * share).toFixed(2)} ${unit} against ${threshold}.`,
      region: passed ? null : { x: 40, y: 60, width: 300, height: 200 },
    };
  };
  const checks = [
    check('palette', 'dE', 12, 'lower'),
    check('contrast', 'ratio', 4.5, 'higher'),
    check('safe-area', 'px', 24, 'higher'),
  ];
  return { brandVersionId, passed: checks.every(({ passed }) => passed), checks, measuredAtMs: START_MS };
}

/** About four of ten assets carry verdicts, in groups as a reviewer gives them. */
function decideSome(library: Library, assetIds: readonly AssetId[], random: () => number): void {
  const decisions: readonly Decision[] = [
    { axis: 'status', value: 'approved' },
    { axis: 'status', value: 'rejected' },
    { axis: 'status', value: 'redo' },
    { axis: 'flag', value: 'pick' },
    { axis: 'stars', value: 4 },
  ];
  for (let start = 0; start < assetIds.length; start += DECIDED_TOGETHER) {
    const decision = decisions[Math.floor(random() * decisions.length * 1.5)];
    if (decision === undefined) continue;
    library.verdicts.decide({
      assetIds: assetIds.slice(start, start + DECIDED_TOGETHER),
      decision,
      reason: '',
      reviewer: 'gallery',
    });
  }
}
