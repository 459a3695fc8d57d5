import type { Command } from 'commander';
import { emptyBinOf, listBin, restoreFromBin } from './bin.ts';
import type { EmptyOptions, RestoreOptions } from './bin.ts';
import { days } from '../option-values.ts';
import { runCommand } from './command-context.ts';
import type { CommandEngines, CommonOptions } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';

/** The verbs below `bin`; without one it lists. */
export function addBinCommands(program: Command, engines: CommandEngines): void {
  const bin = program.command('bin').description('see, put back and delete for good what was thrown away');
  withCommonOptions(bin.command('list', { isDefault: true }))
    .description('list what lies in the bin, the last thrown away first')
    .action((options: CommonOptions) => runCommand(options, engines, listBin));
  withCommonOptions(bin.command('restore [ids...]'))
    .description('put things back where they were')
    .option('--all', 'everything that lies in the bin')
    .action((ids: string[], options: RestoreOptions & CommonOptions) =>
      runCommand(options, engines, (call) => restoreFromBin(ids, options, call)),
    );
  withCommonOptions(bin.command('empty'))
    .description('delete for good what lies in the bin, with its files')
    .option('--older-than <days>', 'only what was thrown away so many days ago', days)
    .action((options: EmptyOptions & CommonOptions) =>
      runCommand(options, engines, (call) => emptyBinOf(options, call)),
    );
}
