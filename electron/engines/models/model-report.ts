import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { importReportSchema, MAX_EXAMPLES, type ImportReport, type WeightFit } from '../../contract/model.ts';
import type { WeightAnswer } from '../../contract/weight-task.ts';
import { readSmallText } from './read-small-text.ts';

/** Lies in the folder of a model that an import brought in. Hidden, so it is no part of the model and of its hash. */
export const RECORD_FILE = '.housestyle.json';

const recordSchema = z.looseObject({ report: importReportSchema.optional() });

export const noFit: WeightFit = { matched: null, unmatched: null, examples: [] };

/** How much of a LoRA or of a checkpoint found a place, from what the engine's process answered. */
export function countFit({ placed, unplaced }: Pick<WeightAnswer, 'placed' | 'unplaced'>): WeightFit {
  return {
    matched: Object.values(placed).reduce((sum, count) => sum + count, 0),
    unmatched: unplaced.length,
    examples: unplaced.slice(0, MAX_EXAMPLES).map((name) => name.slice(0, 300)),
  };
}

export async function writeReport(folder: string, report: ImportReport): Promise<void> {
  await writeFile(join(folder, RECORD_FILE), JSON.stringify({ report }), { flush: true });
}

/** What the import of a model wrote down, or null: for models that were put there by hand, and for records of other versions. */
export async function readReport(folder: string): Promise<ImportReport | null> {
  const text = await readSmallText(join(folder, RECORD_FILE));
  if (text === null) return null;
  try {
    return recordSchema.safeParse(JSON.parse(text)).data?.report ?? null;
  } catch {
    return null;
  }
}
