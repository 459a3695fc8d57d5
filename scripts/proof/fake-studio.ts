import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import type { BatchId } from '../../electron/contract/identifiers.ts';
import type { EngineEntries } from '../../electron/engines/engine-client.ts';
import type { InstalledModel, ModelStore } from '../../electron/engines/models/model-store.ts';
import { openHostStudio } from '../../electron/hosts/open-host-studio.ts';
import type { HostStudio } from '../../electron/hosts/open-host-studio.ts';
import { importBrandFolder } from '../../electron/studio/brand/import-brand-folder.ts';
import { createBrief } from '../../electron/studio/brief/create-brief.ts';
import type { PictureFinisher } from '../../electron/studio/compose/finishing/picture-finisher.ts';
import { createPlan } from '../../electron/studio/plan/create-plan.ts';
import { startBatch } from '../../electron/studio/plan/control-batch.ts';
import type { StudioContext } from '../../electron/studio/system/studio-context.ts';
import { root } from '../project.ts';

/** The engine of the tests: it speaks the protocol and draws a gradient. */
const fakeEngine = join(root, 'tests', 'support', 'fake-engine', 'fake-engine.ts');

export function fakeEntries(imageMs: number): EngineEntries {
  return { image: { script: fakeEngine, args: ['image', '--image-ms', String(imageMs)] } };
}

export function fakeModels(): ModelStore {
  const model: InstalledModel = {
    name: 'fake-image',
    kind: 'image',
    family: 'fake',
    sizeBytes: 1_000_000,
    licence: 'Apache-2.0',
    shipped: true,
    note: '',
    problem: null,
    path: 'fake-image',
    stamp: '',
    hash: createHash('sha256').update('image').digest('hex'),
  };
  return {
    list: async () => [],
    find: async () => model,
    findLora: async (use) => ({ ...use, path: use.name }),
    findTwin: async () => null,
    noteProblem: () => undefined,
  };
}

/** Writes the engine's raster as it is: these proofs are about the queue, not about type. */
export function plainFinisher(keepsArt = false): PictureFinisher {
  return {
    async finish({ raster: { width, height, rgb }, brandVersionId, measuredAtMs }) {
      const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
        .png({ compressionLevel: 0 })
        .toBuffer();
      return {
        png,
        ...(keepsArt ? { art: png } : {}),
        width,
        height,
        template: { name: 'plain', version: 1 },
        logoFile: null,
        report: { brandVersionId, passed: true, checks: [], measuredAtMs },
        fingerprint: new Uint8Array(),
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** With `keepsArt` the pictures can be composed again. */
export function openFakeStudio(libraryFolder: string, imageMs: number, keepsArt = false): Promise<HostStudio> {
  return openHostStudio({
    libraryFolder,
    withExamples: false,
    engineEntries: fakeEntries(imageMs),
    modelStore: fakeModels(),
    finisher: plainFinisher(keepsArt),
  });
}

const briefText = '---\nname: Proof\nproduct: Lumen Oat\nwhat: oat drink\naudience: families\ngoal: try it\n---\n';

/** A batch of so many images in one format under the example brand. */
export async function startProofBatch(context: StudioContext, images: number): Promise<BatchId> {
  return startBatch(context, (await makeProofPlan(context, images)).id, null, 'owner').id;
}

export async function makeProofPlan(
  context: StudioContext,
  cells: number,
  concepts = 1,
): Promise<ReturnType<typeof createPlan>> {
  const brandVersion = await importBrandFolder(context, join(root, 'examples', 'lumen-oat', 'brand.json'));
  const brief = createBrief(context, briefText);
  const concept = {
    title: 'Proof',
    headline: 'Proof',
    body: 'Made from Baltic oats.',
    callToAction: 'Try it',
    imagePrompt: 'calm gradient, soft, open space on the left, in navy and cream',
  };
  const conceptIds = Array.from(
    { length: concepts },
    () =>
      context.library.deliverables.add({
        briefId: brief.id,
        content: { kind: 'concept', concept },
        origin: { kind: 'model', model: 'none', modelHash: '', system: '', prompt: '', seed: 1 },
        parentIds: [],
        citations: [],
      }).id,
  );
  const formatIds = ['square-post', 'portrait-post', 'story', 'landscape', 'link-card'] as const;
  const perVariation = cells % formatIds.length === 0 ? formatIds.length : 1;
  return createPlan(context, {
    briefId: brief.id,
    brandVersionId: brandVersion.id,
    name: 'Proof',
    conceptIds,
    formatIds: formatIds.slice(0, perVariation),
    locales: ['en'],
    variations: Math.ceil(cells / perVariation / concepts),
    seed: 1,
  });
}

/** What a batch has come to: cells without a picture, and pictures beyond one for each cell. */
export function countOutcome(
  { library }: StudioContext,
  batchId: BatchId,
): { readonly lost: number; readonly doubled: number } {
  const { planId, total } = library.batches.get(batchId);
  const takes = library.plans.cells(planId).map(({ takeCount }) => takeCount);
  const withPicture = takes.filter((count) => count > 0).length;
  const pictures = takes.reduce((sum, count) => sum + count, 0);
  return { lost: total - withPicture, doubled: pictures - withPicture };
}

export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
