import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { BriefId, ObjectHash } from '../../contract/identifiers.ts';
import { MAX_LEFT_OUT } from '../../contract/media.ts';
import type { LeftOut } from '../../contract/media.ts';
import type { Run } from '../../contract/run.ts';
import type { NewJob } from '../../library/repositories/run-repository.ts';
import { startRun } from '../jobs/control-run.ts';
import type { Connection } from '../people/caller.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { walkPaths } from './walk-paths.ts';

export type StartedImport = { readonly run: Run | null; readonly leftOut: LeftOut[]; readonly leftOutCount: number };

type Upload = { readonly name: string; readonly hash: ObjectHash };

/** Begins a run over what a page has sent. @throws brief.notFound, library.objectMissing where an upload is not there (any more) */
export function importUploads(
  context: StudioContext,
  { files, briefId }: { readonly files: readonly Upload[]; readonly briefId: BriefId | null },
  askedBy: string,
): Run {
  for (const { hash } of files)
    if (context.library.objects.describe(hash) === null)
      throw new StudioError('library.objectMissing', `Object ${hash} is not in the library.`, { hash });
  const jobs = files.map(({ name: given, hash }): NewJob<'files.import'> => {
    const name = basename(given.replaceAll('\\', '/')) || given;
    return { ...common, subject: name, input: { name, from: { kind: 'upload', hash }, briefId }, inputHash: hash };
  });
  return start(context, jobs, briefId, askedBy);
}

/** Begins a run over files and folders of this machine. @throws access.denied for a page on another one, brief.notFound, library.unsupportedFile where they are too many */
export async function importPaths(
  context: StudioContext,
  { paths, briefId }: { readonly paths: readonly string[]; readonly briefId: BriefId | null },
  { sharesMachine, role, reviewer }: Pick<Connection, 'sharesMachine' | 'role' | 'reviewer'>,
  signal?: AbortSignal,
): Promise<StartedImport> {
  if (sharesMachine !== true)
    throw new StudioError('access.denied', "Only a page on the studio's own machine may call media.importPaths.", {
      procedure: 'media.importPaths',
      role,
    });
  const { files, leftOut } = await walkPaths(paths, signal);
  const jobs = files.map(({ path, name }): NewJob<'files.import'> => ({
    ...common,
    subject: name,
    input: { name, from: { kind: 'path', path }, briefId },
  }));
  const run = jobs.length === 0 ? null : start(context, jobs, briefId, reviewer);
  return { run, leftOut: leftOut.slice(0, MAX_LEFT_OUT), leftOutCount: leftOut.length };
}

const common = { kind: 'files.import', resource: 'disk' } as const;

/** Called after its first file. */
function start(context: StudioContext, jobs: readonly NewJob[], briefId: BriefId | null, askedBy: string): Run {
  return startRun(context, { kind: 'filesImport', title: jobs[0]?.subject ?? '', about: { briefId }, askedBy, jobs });
}
