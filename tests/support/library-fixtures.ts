import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brandKitSchema } from '../../electron/contract/brand.ts';
import type { BrandKit } from '../../electron/contract/brand.ts';
import { briefFrontMatterSchema } from '../../electron/contract/brief.ts';
import type { ComplianceReport } from '../../electron/contract/compliance.ts';
import type {
  AssetId,
  BrandVersionId,
  BriefId,
  DeliverableId,
  ObjectHash,
  PlanId,
} from '../../electron/contract/identifiers.ts';
import type { FormatId } from '../../electron/contract/format.ts';
import type { Recipe } from '../../electron/contract/recipe.ts';
import type { Clock } from '../../electron/library/database/clock.ts';
import type { Library } from '../../electron/library/library.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import type { BriefText } from '../../electron/library/repositories/brief-repository.ts';
import type { PictureResult } from '../../electron/library/repositories/picture-result.ts';
import type { PictureJob } from '../../scripts/proof/picture-jobs.ts';
import { claimPicture, completePicture } from '../../scripts/proof/picture-jobs.ts';

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** Identifiers that count upwards from a start, in the layout of the contract. */
export function createCountingIds(start = 0): () => string {
  let next = start;
  return () => {
    next += 1;
    let digits = '';
    for (let rest = next; rest > 0; rest = Math.floor(rest / 32)) {
      digits = `${crockford[rest % 32] ?? ''}${digits}`;
    }
    return digits.padStart(26, '0');
  };
}

/** A clock that moves only when told to. */
export function createManualClock(
  startMs = 1_700_000_000_000,
): Clock & { advance(ms: number): void; setWall(ms: number): void } {
  let wallMs = startMs;
  let monotonicMs = 0;
  return {
    nowMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    advance: (ms) => {
      wallMs += ms;
      monotonicMs += ms;
    },
    setWall: (ms) => {
      wallMs = ms;
    },
  };
}

/** A fresh folder that is gone when the scope ends; in memory where that exists, because every test flushes files. */
export function createTestFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'housestyle-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function openTestLibrary(
  folder: string,
  options: { readonly clock?: Clock; readonly idStart?: number; readonly mode?: 'write' | 'read' } = {},
): Library {
  return openLibrary({
    folder,
    clock: options.clock ?? createManualClock(),
    newId: createCountingIds(options.idStart),
    mode: options.mode ?? 'write',
  });
}

export function makeBriefText(name = 'Oat milk launch'): BriefText {
  const fields = briefFrontMatterSchema.parse({
    name,
    product: 'Oat milk',
    what: 'A new drink',
    audience: 'City walkers',
    goal: 'Awareness',
    facts: ['Made in Graz'],
  });
  return { fields, notes: 'Keep it short.', text: `---\nname: ${name}\n---\nKeep it short.\n` };
}

export function makeKit(name = 'Lumen'): BrandKit {
  return brandKitSchema.parse({
    name,
    palette: [
      { name: 'Paper', hex: '#ffffff', role: 'background' },
      { name: 'Ink', hex: '#101010', role: 'text' },
    ],
    type: { headline: { family: 'Display', file: 'display.ttf' }, body: { family: 'Text', file: 'text.ttf' } },
    logos: [{ name: 'Mark', file: 'logo.svg' }],
  });
}

export function makeRecipe(prompt: string, seed: number): Recipe {
  return {
    version: 1,
    engineBuild: 'test',
    model: { name: 'test', hash: '0'.repeat(64) },
    loras: [],
    prompt,
    negativePrompt: '',
    seed,
    scheduler: 'ddim',
    steps: 4,
    guidance: 1,
    width: 64,
    height: 64,
    paletteGuidance: null,
    brandVersionId: null,
    template: null,
  };
}

export function makeReport(brandVersionId: BrandVersionId, score = 5): ComplianceReport {
  const passed = score <= 10;
  return {
    brandVersionId,
    passed,
    measuredAtMs: 1,
    checks: [
      { name: 'palette', score, threshold: 10, unit: 'dE', better: 'lower', passed, reason: 'measured', region: null },
    ],
  };
}

export type PreparedPlan = {
  readonly briefId: BriefId;
  readonly brandVersionId: BrandVersionId;
  readonly conceptIds: DeliverableId[];
  readonly planId: PlanId;
};

/** A brief, a brand with one file, concepts and a plan whose cells are concepts x formats x variations. */
export async function preparePlan(
  library: Library,
  options: { readonly concepts?: number; readonly formats?: readonly FormatId[]; readonly variations?: number } = {},
): Promise<PreparedPlan> {
  const formatIds: FormatId[] = [...(options.formats ?? (['square-post', 'story'] as const))];
  const variations = options.variations ?? 2;
  const logo = await library.store.put(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  const brandVersionId = library.brands.create({ kit: makeKit(), files: { 'logo.svg': logo } }).id;
  const briefId = library.briefs.create(makeBriefText()).id;
  const conceptIds = Array.from(
    { length: options.concepts ?? 2 },
    (_, index) =>
      library.deliverables.add({
        briefId,
        content: {
          kind: 'concept',
          concept: {
            title: `Concept ${index}`,
            headline: `Morning number ${index}`,
            body: 'A calm start.',
            callToAction: 'Taste it',
            imagePrompt: 'soft amber gradient',
          },
        },
        origin: { kind: 'model', model: 'test', modelHash: '0'.repeat(64), system: '', prompt: '', seed: index },
        parentIds: [],
        citations: [],
      }).id,
  );
  const cells = conceptIds.flatMap((conceptId) =>
    formatIds.flatMap((formatId) =>
      Array.from({ length: variations }, (_, variation) => ({
        conceptId,
        formatId,
        locale: 'en',
        variation,
        seed: variation,
      })),
    ),
  );
  const plan = library.plans.create({
    briefId,
    brandVersionId,
    name: 'Plan',
    conceptIds,
    formatIds,
    locales: ['en'],
    variations,
    seed: 1,
    cells,
  });
  return { briefId, brandVersionId, conceptIds, planId: plan.id };
}

/** Bytes that differ for every number and start like a PNG. */
export function makePictureBytes(number: number, sizeBytes = 3000): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  for (
    let at = 8, block = createHash('sha256').update(`picture ${number}`).digest();
    at < sizeBytes;
    at += block.length, block = createHash('sha256').update(block).digest()
  ) {
    bytes.set(block.subarray(0, Math.min(block.length, sizeBytes - at)), at);
  }
  return bytes;
}

export function makeResult(
  job: PictureJob,
  hash: ObjectHash,
  options: { readonly score?: number; readonly headline?: string } = {},
): PictureResult {
  return {
    hash,
    width: 64,
    height: 64,
    headline: options.headline ?? `Morning ${job.variation}`,
    body: 'A calm start.',
    callToAction: 'Taste it',
    recipe: makeRecipe(`soft gradient for cell ${job.variation}`, job.seed),
    report: makeReport(job.brandVersionId, options.score),
  };
}

/** Works through waiting jobs as the queue does, up to `limit`. Returns what was committed, in order. */
export async function completeJobs(
  library: Library,
  limit = Number.POSITIVE_INFINITY,
  makeScore: (index: number) => number = () => 5,
): Promise<AssetId[]> {
  const made: AssetId[] = [];
  while (made.length < limit) {
    const job = claimPicture(library, { worker: 'test', leaseMs: 1000 });
    if (job === null) {
      break;
    }
    const hash = await library.store.put(makePictureBytes(job.seed * 100_000 + made.length));
    const outcome = completePicture(library, job, makeResult(job, hash, { score: makeScore(made.length) }));
    if (outcome.kind === 'committed') {
      made.push(outcome.assetId);
    }
  }
  return made;
}
