import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type FsckOptions = { readonly quick?: boolean; readonly repair?: boolean };

/** Reads the whole library and says what is damaged. Changes nothing without `--repair`, which moves leftovers aside and touches nothing else. */
export async function checkLibrary({ quick, repair }: FsckOptions, { terminal, open }: CommandCall): Promise<number> {
  const { library } = (await open()).studio.context;
  const report = await library.fsck({ read: quick === true ? 'none' : 'all' });
  const moved = repair === true ? (await library.repair()).movedToBin : [];
  for (const finding of report.findings) terminal.say(`damage: ${JSON.stringify(finding)}`);
  terminal.table([
    ['library', library.folder],
    ['objects', String(report.objects)],
    ['bytes read', String(report.bytesRead)],
    ['damage', report.findings.length === 0 ? 'none' : String(report.findings.length)],
    ['leftover files', String(report.orphans.length + report.temporaryFiles.length)],
    ...(repair === true ? [['moved to the bin', String(moved.length)] as const] : []),
  ]);
  terminal.result({ ...report, movedToBin: moved });
  return report.ok ? exitCodes.ok : exitCodes.incomplete;
}
