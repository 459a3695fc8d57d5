import type { Command } from 'commander';
import { momentOrDay } from '../option-values.ts';
import { checkAudit, exportAudit } from './audit.ts';
import type { AuditExportOptions } from './audit.ts';
import { runCommand } from './command-context.ts';
import type { CommandEngines, CommonOptions } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';

/** The verbs below `audit`. */
export function addAuditCommands(program: Command, engines: CommandEngines): void {
  const audit = program.command('audit').description('write down who did what and when, and check such a file');
  withCommonOptions(audit.command('export'))
    .description('write all events as JSON Lines, each line with the SHA-256 of the one before it')
    .option(
      '--from <time>',
      'from this day or moment on, such as 2026-03-31 or 2026-03-31T12:00:00Z',
      momentOrDay('start'),
    )
    .option('--to <time>', 'to the end of this day (UTC), or before this moment', momentOrDay('end'))
    .requiredOption('--out <file>', 'file to write')
    .option('--replace', 'write an earlier file anew')
    .action((options: AuditExportOptions & CommonOptions) =>
      runCommand(options, engines, (call) => exportAudit(options, call)),
    );
  withCommonOptions(audit.command('verify <file>'))
    .description('say whether such a file is as it was written, and where not')
    .action((file: string, options: CommonOptions) => runCommand(options, engines, (call) => checkAudit(file, call)));
}
