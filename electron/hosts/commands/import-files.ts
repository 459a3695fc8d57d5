import { StudioError } from '../../contract/errors.ts';
import { followRun } from '../../studio/jobs/follow-run.ts';
import { importPaths } from '../../studio/media/start-import.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { findBriefId } from './export.ts';

export type ImportFilesOptions = { readonly brief?: string };

/** Names of refused files that people are shown. */
const MOST_NAMED = 40;

/** Brings pictures, sounds and documents into a library, folders with all that is in them. What is there already is not added twice. */
export async function importOwnFiles(
  paths: readonly string[],
  { brief }: ImportFilesOptions,
  { terminal, signal, open, askedBy, patienceMs }: CommandCall,
): Promise<number> {
  const { context } = (await open()).studio;
  const { library } = context;
  const briefId = brief === undefined ? null : findBriefId(context, brief);
  const asked = { sharesMachine: true, role: 'admin', reviewer: askedBy } as const;
  const { run: begun, leftOut, leftOutCount } = await importPaths(context, { paths, briefId }, asked, signal);
  for (const { name, reason } of leftOut.slice(0, MOST_NAMED)) terminal.say(`${name}: ${reason}`);
  if (leftOutCount > MOST_NAMED) terminal.say(`and ${leftOutCount - MOST_NAMED} more that are left out`);
  if (begun === null) throw nothingToImport(leftOut[0]);
  const bar = terminal.bar('Import', begun.total);
  const run = await followRun(context, begun.id, {
    patienceMs,
    signal,
    onAbort: 'stops',
    onRun: ({ done, failed, inHand: [job] }) => bar.update(done + failed, job?.subject ?? ''),
  }).finally(() => bar.end());
  const { failed } = library.runs.troubles(run.id);
  const refused = failed.map(({ error }) => error.message);
  for (const message of refused.slice(0, MOST_NAMED)) terminal.say(message);
  const outcomes = library.imports.outcomes(run.id);
  terminal.table([
    ['added', String(outcomes.added)],
    ['there already', String(outcomes.known)],
    ['out of the bin', String(outcomes.restored)],
    ['refused', String(run.failed)],
    ['left out', String(leftOutCount)],
    ['library', library.folder],
  ]);
  terminal.result({ runId: run.id, ...outcomes, refused: run.failed, reasons: refused, leftOut, leftOutCount });
  if (run.done === 0) return exitCodes.input;
  const isWhole = run.failed === 0 && leftOut.every(({ reason }) => reason === 'it is hidden');
  return isWhole ? exitCodes.ok : exitCodes.incomplete;
}

function nothingToImport(first: { readonly name: string; readonly reason: string } | undefined): StudioError {
  const { name, reason } = first ?? { name: 'import-files', reason: 'the folder is empty' };
  return new StudioError('library.unsupportedFile', `There is nothing to bring in. ${name}: ${reason}.`, {
    name,
    reason,
  });
}
