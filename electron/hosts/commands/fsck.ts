import { isStudioError, StudioError } from '../../contract/errors.ts';
import { listCopies, findProblem, restoreLibrary } from '../../library/folder/backups.ts';
import type { Restored } from '../../library/folder/backups.ts';
import { systemClock } from '../../library/database/clock.ts';
import type { FsckFinding } from '../../library/folder/fsck.ts';
import { libraryPaths } from '../../library/folder/library-folder.ts';
import { RESTORE_REMEDY } from '../../library/folder/restore-remedy.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type FsckOptions = {
  readonly quick?: boolean;
  readonly repair?: boolean;
  /** True without a name. */
  readonly restore?: boolean | string;
};

/**
 * Reads the whole library and says what is damaged. Changes nothing without `--repair`, which moves leftovers aside and touches nothing else, or `--restore`,
 * which puts a copy of the database back and keeps the damaged one.
 */
export async function checkLibrary({ quick, repair, restore }: FsckOptions, call: CommandCall): Promise<number> {
  const { terminal, open, libraryFolder } = call;
  const restored = restore === undefined ? null : restoreCopy(libraryFolder, restore);
  const { library } = (await open()).studio.context;
  const report = await library.fsck({ read: quick === true ? 'none' : 'all' });
  const moved = repair === true ? (await library.repair()).movedToBin : [];
  for (const finding of report.findings) terminal.say(`damage: ${describeFinding(finding)}`);
  const copies = listCopies(libraryPaths(library.folder));
  terminal.table([
    ['library', library.folder],
    ...(restored === null ? [] : describeRestored(restored)),
    ['objects', String(report.objects)],
    ['bytes read', String(report.bytesRead)],
    ['damage', report.findings.length === 0 ? 'none' : String(report.findings.length)],
    ['leftover files', String(report.orphans.length + report.temporaryFiles.length)],
    ['newest copy', copies[0] === undefined ? 'none yet' : copies[0].name],
    ...(repair === true ? [['moved to the bin', String(moved.length)] as const] : []),
  ]);
  terminal.result({ ...report, movedToBin: moved, restored, copies: copies.map(({ name }) => name) });
  return report.ok ? exitCodes.ok : exitCodes.incomplete;
}

/** A sound database is replaced only by a copy that is named: what was made since would be lost to no end. */
function restoreCopy(folder: string, restore: boolean | string): Restored {
  if (typeof restore !== 'string' && findProblem(libraryPaths(folder).database) === null) {
    throw new StudioError('input.invalid', 'The database is sound, so nothing is put back.', {
      issues: [
        {
          path: 'restore',
          message: 'Name the copy to go back to it all the same; "housestyle fsck --json" lists the copies.',
        },
      ],
    });
  }
  try {
    return restoreLibrary(folder, systemClock, typeof restore === 'string' ? restore : null);
  } catch (error) {
    if (isStudioError(error)) throw error;
    throw new StudioError(
      'library.readOnly',
      `No copy could be put back: ${String(error)}.`,
      { reason: 'the library folder cannot be written' },
      { cause: error },
    );
  }
}

function describeRestored({ name, copiedAtMs, skipped, setAside }: Restored): (readonly [string, string])[] {
  return [
    ['put back', `${name}, copied ${new Date(copiedAtMs).toISOString()}`],
    ...skipped.map((copy) => ['passed over', `${copy.name}: ${copy.problem}`] as const),
    ['damaged file', `kept in ${setAside}`],
  ];
}

/** A finding by the names that people know, and what helps. */
export function describeFinding(finding: FsckFinding): string {
  switch (finding.kind) {
    case 'objectMissing':
      return `${nameAll(finding.of)}: its file ${place(finding.hash)} is missing. ${objectRemedy}`;
    case 'objectWrongSize':
      return `${nameAll(finding.of)}: its file ${place(finding.hash)} has ${finding.foundBytes} bytes instead of ${finding.expectedBytes}. ${objectRemedy}`;
    case 'objectWrongHash':
      return `${nameAll(finding.of)}: its file ${place(finding.hash)} was changed. ${objectRemedy}`;
    case 'database':
    case 'reference':
      return `library.db: ${finding.detail}. ${RESTORE_REMEDY}`;
    case 'jobWithoutAsset':
      return `job ${finding.jobId} is done, and its picture is not there. Make that cell again.`;
    case 'jobWithTwoAssets':
      return `job ${finding.jobId} made the pictures ${finding.assetIds.join(' and ')}. Move one to the bin.`;
    case 'queue':
      return `the queue: ${finding.detail}. Stop that run and begin it again.`;
  }
}

const objectRemedy =
  'Put that file back from a copy of the library folder, or move the picture to the bin and make it again.';

function place(hash: string): string {
  return `objects/${hash.slice(0, 2)}/${hash.slice(2)}`;
}

function nameAll(names: readonly string[]): string {
  return names.length === 0 ? 'something that nothing names' : names.join('; ');
}
