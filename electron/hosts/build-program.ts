import { Command, Option } from 'commander';
import { addAuditCommands } from './commands/audit-commands.ts';
import { addBinCommands } from './commands/bin-commands.ts';
import { runCommand } from './commands/command-context.ts';
import type { CommandEngines, CommonOptions } from './commands/command-context.ts';
import { withCommonOptions } from './commands/common-options.ts';
import { examine } from './commands/doctor.ts';
import { exitCodeHelp, exitCodes } from './commands/exit-codes.ts';
import { exportPictures } from './commands/export.ts';
import type { ExportOptions } from './commands/export.ts';
import { checkLibrary } from './commands/fsck.ts';
import type { FsckOptions } from './commands/fsck.ts';
import { addFormatCommands } from './commands/format-commands.ts';
import { importFiles } from './commands/import.ts';
import type { ImportOptions } from './commands/import.ts';
import { addPeopleCommands } from './commands/people-commands.ts';
import { importOwnFiles } from './commands/import-files.ts';
import type { ImportFilesOptions } from './commands/import-files.ts';
import { addModelCommands } from './commands/model-commands.ts';
import { addProduceCommand } from './commands/produce-command.ts';
import { addRunCommands } from './commands/run-commands.ts';
import { addWordCommands } from './commands/word-commands.ts';
import { serve } from './commands/serve.ts';
import type { ServeOptions } from './commands/serve.ts';
import { showVersions } from './commands/versions.ts';
import type { VersionOptions } from './commands/versions.ts';
import { wholeNumber } from './option-values.ts';
import { readVersion } from './host-defaults.ts';

/** The command line. Tests put fake engines in the place of the real ones. */
export function buildProgram(engines: CommandEngines = {}): Command {
  const program = new Command('housestyle')
    .description('Makes on-brand creative work with models that run on this machine.')
    .version(readVersion())
    .addHelpText('after', exitCodeHelp);
  program.exitOverride((error) => {
    if (engines.runner !== undefined) throw error;
    process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.input);
  });

  addProduceCommand(program, engines);
  withCommonOptions(program.command('import'))
    .description('bring a brand kit or a brief into a library')
    .option('--brief <file>', 'a brief')
    .option('--brand <file>', 'a brand kit')
    .option('--from <files...>', 'what a brand has in other forms: swatches, styles, tokens, logos, fonts, a PDF guide')
    .option('--into <brand>', 'with --from: keep what was read in the draft of this brand')
    .option('--new <name>', 'with --from: make a new brand of it')
    .action((options: ImportOptions & CommonOptions) =>
      runCommand(options, engines, (call) => importFiles(options, call)),
    );
  withCommonOptions(program.command('import-files'))
    .description('bring pictures, sounds and documents of your own into a library; folders with all that is in them')
    .argument('<paths...>', 'files and folders')
    .option('--brief <name>', 'file them under the campaign of this brief')
    .action((paths: string[], options: ImportFilesOptions & CommonOptions) =>
      runCommand(options, engines, (call) => importOwnFiles(paths, options, call)),
    );
  withCommonOptions(program.command('versions'))
    .description('show the versions of a brand and what differs between two of them')
    .requiredOption('--brand <name>', 'the brand')
    .option('--from <n>', 'the older version', wholeNumber(1, 1_000_000))
    .option('--to <n>', 'the newer version', wholeNumber(1, 1_000_000))
    .action((options: VersionOptions & CommonOptions) =>
      runCommand(options, engines, (call) => showVersions(options, call)),
    );
  withCommonOptions(program.command('export'))
    .description('write pictures with manifest and contact sheet into a new folder')
    .requiredOption('--out <folder>', 'folder to make')
    .addOption(
      new Option('--what <which>', 'which pictures').choices(['approved', 'passed', 'all']).default('approved'),
    )
    .option('--brief <name>', 'only those of this brief')
    .option(
      '--judged-against <version>',
      'brand version whose checks count, by number, with the brand before it where there are several (default: the one each was made under)',
    )
    .option('--replace', 'replace an earlier export in that folder')
    .action((options: ExportOptions & CommonOptions) =>
      runCommand(options, engines, (call) => exportPictures(options, call)),
    );
  withCommonOptions(program.command('serve'))
    .description('serve the studio to browsers')
    .option('--port <n>', 'port; 0 takes any free one', wholeNumber(0, 65_535))
    .option('--host <address>', 'address to listen on (default: this machine only)')
    .option('--tls', 'encrypt the line with a certificate that the studio makes; shows its fingerprint')
    .option('--cert <file>', 'encrypt the line with this certificate (PEM)')
    .option('--key <file>', 'the key of --cert (PEM)')
    .option('--open', 'open the page in the browser')
    .action((options: ServeOptions) => runCommand(options, engines, ({ signal }) => serve(options, engines, signal)));
  addAuditCommands(program, engines);
  addBinCommands(program, engines);
  addFormatCommands(program, engines);
  addPeopleCommands(program, engines);
  addRunCommands(program, engines);
  addWordCommands(program, engines);
  addModelCommands(program, engines);
  withCommonOptions(program.command('fsck'))
    .description('look for damage in a library')
    .option('--quick', 'compare sizes instead of reading every file')
    .option('--repair', 'move leftover files to the bin')
    .option('--restore [copy]', 'put back the newest sound copy of the database, or the one that is named')
    .action((options: FsckOptions & CommonOptions) =>
      runCommand(options, engines, (call) => checkLibrary(options, call)),
    );
  withCommonOptions(program.command('doctor'))
    .description('try everything that the studio needs on this machine')
    .action((options: CommonOptions) => runCommand(options, engines, examine));
  return program;
}
