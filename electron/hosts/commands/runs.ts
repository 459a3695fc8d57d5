import { StudioError } from '../../contract/errors.ts';
import { runIdSchema } from '../../contract/identifiers.ts';
import type { RunRecord } from '../../library/repositories/run-repository.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type ListOptions = { readonly open?: boolean; readonly failed?: boolean; readonly limit: number };

export async function listRuns(
  { open: isOpen, failed = false, limit }: ListOptions,
  { open, terminal }: CommandCall,
): Promise<number> {
  const { library } = (await open()).studio.context;
  const runs = library.runs.list({ open: isOpen === true ? true : null, failed, limit });
  terminal.table(runs.map((run) => [run.id, describe(run)] as const));
  if (runs.length === 0) terminal.say('No work is known here.');
  terminal.result({ runs });
  return exitCodes.ok;
}

/** @throws input.invalid for what is no id; run.notFound */
export async function showRun(id: string, { open, terminal }: CommandCall): Promise<number> {
  const runId = runIdSchema.safeParse(id).data;
  if (runId === undefined) {
    const message = `${id} is not the id of a run; \`housestyle runs\` lists them.`;
    throw new StudioError('input.invalid', message, { issues: [{ path: 'id', message }] });
  }
  const { library } = (await open()).studio.context;
  const run = library.runs.get(runId);
  const troubles = library.runs.troubles(runId);
  terminal.table([
    ['what', describe(run)],
    ['asked for by', run.askedBy],
    ['begun', new Date(run.startedAtMs).toISOString()],
    ...(run.finishedAtMs === null ? [] : [['ended', new Date(run.finishedAtMs).toISOString()] as const]),
    ...troubles.failed.map(
      ({ error, jobs, attempts }) =>
        ['failed', `${jobs} after ${attempts} tries at most: ${error.message} (${error.code})`] as const,
    ),
    ...troubles.healed.map(
      ({ error, jobs }) =>
        ['healed', `${jobs}: ${error === null ? 'the studio ended with the work in hand' : error.message}`] as const,
    ),
  ]);
  terminal.result({ ...run, troubles });
  return exitCodes.ok;
}

function describe({ kind, title, state, done, total, failed, healed }: RunRecord): string {
  const counts = [`${done} of ${total} done`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (healed > 0) counts.push(`${healed} healed`);
  return `${kind} "${title}", ${state}, ${counts.join(', ')}`;
}
