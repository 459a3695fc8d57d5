import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { MAX_COPY_FILE_CHARACTERS } from '../../contract/copy.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Plan } from '../../contract/plan.ts';
import { exportCopies } from '../../studio/copy/export-copies.ts';
import { importCopies } from '../../studio/copy/import-copies.ts';
import { readCopyTable } from '../../studio/copy/copy-table.ts';
import { followRun } from '../../studio/jobs/follow-run.ts';
import { updateWords } from '../../studio/plan/control-batch.ts';
import type { StudioContext } from '../../studio/system/studio-context.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type WordsOptions = { readonly plan?: string };
export type ExportWordsOptions = WordsOptions & { readonly out: string };

/** How many of a plan's places have words of their own, language by language. */
export async function listWords({ plan: name }: WordsOptions, { open, terminal }: CommandCall): Promise<number> {
  const { context } = (await open()).studio;
  const plan = findPlan(context, name);
  const { concepts, locales, copies } = readCopyTable(context.library, plan.id);
  const languages = locales.map((locale) => {
    const own = copies.filter((copy) => copy.locale === locale && copy.formatId === null);
    return { locale, written: own.length, behind: own.filter(({ isBehind }) => isBehind).length };
  });
  const stale = context.library.pictures.staleWords(plan.id).length;
  terminal.table([
    ['plan', `${plan.name} (${plan.id})`],
    ...languages.map(
      ({ locale, written, behind }) => [locale, describeLanguage(concepts.length, written, behind)] as const,
    ),
    ['pictures that say something else', String(stale)],
  ]);
  terminal.result({ planId: plan.id, concepts: concepts.length, languages, stale });
  return exitCodes.ok;
}

/** @throws input.invalid when the file is there already */
export async function exportWords(
  { plan: name, out }: ExportWordsOptions,
  { open, terminal }: CommandCall,
): Promise<number> {
  const { library, ...context } = (await open()).studio.context;
  const plan = findPlan({ library, ...context }, name);
  const file = resolve(out);
  const { text } = exportCopies(library, plan.id);
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw refuse('out', `--out: "${basename(file)}" cannot be written: ${describeFailure(error)}.`);
  }
  const rows = text.split('\r\n').length - 2;
  terminal.table([
    ['rows', String(rows)],
    ['file', file],
  ]);
  terminal.result({ planId: plan.id, rows, out: file });
  return exitCodes.ok;
}

/** @throws input.invalid naming rows and columns; then nothing is written */
export async function importWords(
  path: string,
  { plan: name }: WordsOptions,
  { open, terminal }: CommandCall,
): Promise<number> {
  const file = resolve(path);
  const text = readText(file);
  const { context } = (await open()).studio;
  const plan = findPlan(context, name);
  const report = importCopies(context.library, plan.id, { name: basename(file), text });
  const stale = context.library.pictures.staleWords(plan.id).length;
  terminal.table([
    ['written', String(report.written)],
    ['unchanged', String(report.unchanged)],
    ['without words yet', String(report.empty)],
    ['pictures that say something else', stale === 0 ? '0' : `${stale}; \`housestyle words update\` sets them again`],
  ]);
  terminal.result({ planId: plan.id, ...report, stale });
  return exitCodes.ok;
}

/** Sets the words of today over the art that is there, for every picture that says something else. @throws plan.empty when none does */
export async function updatePictureWords(
  { plan: name }: WordsOptions,
  { open, terminal, signal, askedBy, patienceMs, leave }: CommandCall,
): Promise<number> {
  const { context } = (await open()).studio;
  const plan = findPlan(context, name);
  const batch = updateWords(context, plan.id, null, askedBy);
  const bar = terminal.bar('Words', batch.total);
  const run = await followRun(context, batch.id, {
    signal,
    patienceMs,
    onAbort: 'goesOn',
    onRun: ({ done, total }) => bar.update(done, '', total),
  }).finally(() => {
    bar.end();
    if (signal.aborted) leave?.(batch.id);
  });
  terminal.table([
    ['set again', String(run.done)],
    ['failed', String(run.failed)],
  ]);
  terminal.result({ planId: plan.id, done: run.done, failed: run.failed });
  return run.failed === 0 ? exitCodes.ok : exitCodes.incomplete;
}

/** By its id or its name; without one the newest. */
function findPlan({ library }: Pick<StudioContext, 'library'>, name: string | undefined): Plan {
  const plans = library.plans.list(null);
  const wanted = name?.toLowerCase();
  const found = plans.filter(
    (plan) => wanted === undefined || plan.id === wanted || plan.name.toLowerCase() === wanted,
  );
  const newest = found.toSorted((one, other) => other.createdAtMs - one.createdAtMs)[0];
  if (newest !== undefined) return newest;
  const known = plans.map((plan) => `"${plan.name}"`).join(', ') || 'none yet';
  throw new StudioError(
    'plan.notFound',
    `--plan: there is no plan "${name ?? ''}" in this library. It has: ${known}.`,
    {
      id: name ?? '',
    },
  );
}

function describeLanguage(concepts: number, written: number, behind: number): string {
  const own =
    written === 0
      ? 'no words of its own: it says what the concepts say'
      : `${written} of ${concepts} concepts have words of their own`;
  return behind === 0 ? own : `${own}, ${behind} of them written before the concept was changed`;
}

function readText(file: string): string {
  try {
    if (statSync(file).size > 4 * MAX_COPY_FILE_CHARACTERS) throw new Error('it is too large for a table of words');
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    throw refuse('file', `"${basename(file)}" cannot be read as a UTF-8 text: ${describeFailure(error)}.`);
  }
}

function describeFailure(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) {
    if (error.code === 'EEXIST') return 'it is there already';
    if (error.code === 'ENOENT') return 'there is no such file or folder';
  }
  return error instanceof Error ? error.message : String(error);
}

function refuse(path: string, message: string): StudioError {
  return new StudioError('input.invalid', message, { issues: [{ path, message }] });
}
