import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { brandKitSchema } from '../../../electron/contract/brand.ts';
import { briefFrontMatterSchema } from '../../../electron/contract/brief.ts';
import type { AssetId, BrandVersionId, ObjectHash } from '../../../electron/contract/identifiers.ts';
import { assembleLibrary } from '../../../electron/library/assemble-library.ts';
import { copyDatabase, restoreLibrary } from '../../../electron/library/folder/backups.ts';
import { systemClock } from '../../../electron/library/database/clock.ts';
import type { Library } from '../../../electron/library/library.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import { createVariant, variantNames } from './variants.ts';
import type { Variant, VariantName } from './variants.ts';
import { claimPicture, completePicture } from '../../proof/picture-jobs.ts';

/** Runs in a child process under strace. Every acknowledgement is one write to standard output, so that the record shows what came before it. */

export const workloadNames = ['import', 'batch', 'restore'] as const;
export type WorkloadName = (typeof workloadNames)[number];

const GREATEST_PICTURE_BYTES = 20_000;
/** Fewer than a small run makes. */
const REVIEWED_AT_ONCE = 4;

function acknowledge(acknowledgement: Acknowledgement): void {
  writeSync(1, `${JSON.stringify(acknowledgement)}\n`);
}

function createIds(start: number): () => string {
  let next = start;
  return () => String((next += 1)).padStart(26, '0');
}

function open(folder: string, variant: Variant, idStart: number): Library {
  const library = assembleLibrary(
    { folder, clock: systemClock, newId: createIds(idStart), mode: 'write' },
    variant.seams,
  );
  acknowledge({ kind: 'opened' });
  return library;
}

/** Bytes of a size between a few hundred and twenty thousand, different for each number. */
function makeBytes(number: number): Uint8Array {
  const start = createHash('sha256').update(String(number)).digest();
  const sizeBytes = 300 + (start.readUInt32LE(0) % GREATEST_PICTURE_BYTES);
  const blocks = Array.from({ length: Math.ceil(sizeBytes / 32) }, (_, index) =>
    createHash('sha256').update(`${number} ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, sizeBytes);
}

async function importBrand(library: Library, variant: Variant, number: number): Promise<BrandVersionId> {
  const names = ['display.ttf', 'text.ttf', 'logo.svg'];
  const hashes = await Promise.all(names.map((_, index) => library.store.put(makeBytes(number * 10 + index))));
  const kit = brandKitSchema.parse({
    name: `Brand ${number}`,
    palette: [{ name: 'Paper', hex: '#ffffff', role: 'background' }],
    type: { headline: { family: 'A', file: 'display.ttf' }, body: { family: 'B', file: 'text.ttf' } },
    logos: [{ name: 'Mark', file: 'logo.svg' }],
  });
  const files: Record<string, ObjectHash> = Object.fromEntries(
    names.flatMap((name, index) => (hashes[index] === undefined ? [] : [[name, hashes[index]]])),
  );
  const { id } = library.brands.create({ kit, files });
  acknowledge({ kind: 'brand', id, hashes });
  await variant.afterCommit();
  return id;
}

function writeBrief(number: number) {
  const fields = briefFrontMatterSchema.parse({
    name: `Brief ${number}`,
    product: 'Oat milk',
    what: 'A drink',
    audience: 'Walkers',
    goal: 'Awareness',
  });
  const text = `brief ${number}\n`.repeat(50);
  return { fields, notes: text, text };
}

function addBrief(library: Library, number: number) {
  const brief = writeBrief(number);
  const { id } = library.briefs.create(brief);
  acknowledge({ kind: 'brief', id, text: brief.text });
  return id;
}

/** Brands with files and briefs; closes and opens half-way, because a reopened database is where durability was lost before. */
async function runImport(folder: string, variant: Variant, size: number): Promise<void> {
  for (const half of [0, 1]) {
    const library = open(folder, variant, half * 1_000_000);
    for (let number = 0; number < size / 2; number += 1) {
      await importBrand(library, variant, half * 1000 + number + 1);
      addBrief(library, half * 1000 + number);
    }
    library.close();
  }
}

/** A plan is made, its batch runs, some pictures get stars, some leave through the bin. */
async function runBatch(folder: string, variant: Variant, size: number): Promise<void> {
  open(folder, variant, 0).close();
  const library = open(folder, variant, 1_000_000);
  const brandVersionId = await importBrand(library, variant, 1);
  const briefId = addBrief(library, 1);
  const { id: conceptId } = library.deliverables.add({
    briefId,
    content: {
      kind: 'concept',
      concept: {
        title: 'One',
        headline: 'A calm start',
        body: 'Every day.',
        callToAction: 'Taste it',
        imagePrompt: 'amber',
      },
    },
    origin: { kind: 'model', model: 'none', modelHash: '', system: '', prompt: '', seed: 1 },
    parentIds: [],
    citations: [],
  });
  const cells = Array.from({ length: size }, (_, variation) => ({
    conceptId,
    formatId: 'story' as const,
    locale: 'en',
    variation,
    seed: variation,
  }));
  const plan = library.plans.create({
    briefId,
    brandVersionId,
    name: 'Plan',
    conceptIds: [conceptId],
    formatIds: ['story'],
    locales: ['en'],
    variations: size,
    seed: 1,
    cells,
  });
  acknowledge({ kind: 'plan', id: plan.id, cells: size });
  library.batches.start(plan.id, null, 'owner');
  const made: AssetId[] = [];
  for (let assetId = await makeNext(library, variant); assetId !== null; assetId = await makeNext(library, variant)) {
    made.push(assetId);
    if (made.length % REVIEWED_AT_ONCE === 0) {
      review(library, made.slice(-REVIEWED_AT_ONCE));
    }
  }
  library.close();
}

async function makeNext(library: Library, variant: Variant): Promise<AssetId | null> {
  const job = claimPicture(library, { worker: 'workload', leaseMs: 60_000 });
  if (job === null) {
    return null;
  }
  const hash = await library.store.put(makeBytes(100_000 + job.variation));
  const outcome = completePicture(library, job, {
    hash,
    width: 64,
    height: 64,
    headline: `Take ${job.variation}`,
    body: 'Every day.',
    callToAction: 'Taste it',
    recipe: {
      version: 1,
      engineBuild: 'none',
      model: { name: 'none', hash: '' },
      loras: [],
      prompt: `amber ${job.variation}`,
      negativePrompt: '',
      seed: job.seed,
      scheduler: 'ddim',
      steps: 1,
      guidance: 0,
      width: 64,
      height: 64,
      paletteGuidance: null,
      brandVersionId: job.brandVersionId,
      template: null,
    },
    report: { brandVersionId: job.brandVersionId, passed: true, checks: [], measuredAtMs: 0 },
  });
  if (outcome.kind === 'stale') {
    throw new Error('The only worker lost its job.');
  }
  acknowledge({ kind: 'asset', id: outcome.assetId, hash });
  await variant.afterCommit();
  return outcome.assetId;
}

function review(library: Library, assetIds: readonly AssetId[]): void {
  const kept = assetIds.slice(2);
  library.verdicts.decide({ assetIds: kept, decision: { axis: 'stars', value: 4 }, reason: '', reviewer: 'workload' });
  acknowledge({ kind: 'stars', ids: kept, stars: 4 });
  const gone = assetIds.slice(0, 2);
  const putBack = assetIds.slice(2, 3);
  library.assets.bin([...gone, ...putBack]);
  library.assets.restore(putBack);
  acknowledge({ kind: 'putBack', ids: putBack });
  library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
  acknowledge({ kind: 'emptied', ids: gone });
}

/** Copies that are made while the library is open, work after the last one, and a copy put back; then work goes on. */
async function runRestore(folder: string, variant: Variant, size: number): Promise<void> {
  const library = open(folder, variant, 0);
  for (let number = 0; number < size / 2; number += 1) {
    await importBrand(library, variant, number + 1);
    addBrief(library, number);
    if (number % 3 === 0) {
      acknowledge({ kind: 'copied', name: copyDatabase(folder, systemClock.nowMs()).name });
    }
  }
  acknowledge({ kind: 'copied', name: copyDatabase(folder, systemClock.nowMs()).name });
  const { id: laterId } = library.briefs.create(writeBrief(size));
  acknowledge({ kind: 'later', id: laterId });
  library.close();
  restoreLibrary(folder, systemClock);
  acknowledge({ kind: 'restored', withoutId: laterId });
  const again = open(folder, variant, 1_000_000);
  addBrief(again, size + 1);
  again.close();
}

const runs: Record<WorkloadName, (folder: string, variant: Variant, size: number) => Promise<void>> = {
  import: runImport,
  batch: runBatch,
  restore: runRestore,
};

function oneOf<Name extends string>(names: readonly Name[], given: string | undefined): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) {
    throw new Error(`${given ?? 'nothing'} is none of ${names.join(', ')}`);
  }
  return found;
}

async function main([folder, workload, variantName, size]: readonly string[]): Promise<void> {
  const variant = createVariant(oneOf<VariantName>(variantNames, variantName));
  await runs[oneOf(workloadNames, workload)](folder ?? '', variant, Number(size));
}

if (import.meta.main) {
  await main(process.argv.slice(2));
}
