import type { Command } from 'commander';
import { share, wholeNumber } from '../option-values.ts';
import { runCommand } from './command-context.ts';
import type { CommandEngines, CommonOptions } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';
import { produce } from './produce.ts';
import type { ProduceOptions } from './produce.ts';

/** The main job without a window. */
export function addProduceCommand(program: Command, engines: CommandEngines): void {
  withCommonOptions(program.command('produce'))
    .description('make images for a brief under a brand, and export those that pass every check')
    .requiredOption('--brief <file>', 'the brief: Markdown with front matter')
    .requiredOption('--brand <file>', 'the brand kit: JSON, with its fonts and logos beside it')
    .option('--count <n>', 'images wanted that pass every check', wholeNumber(1, 10_000), 24)
    .option('--concepts <n>', 'concepts to make them from', wholeNumber(1, 24), 4)
    .option('--seed <n>', 'same seed, same work', wholeNumber(0, 4_294_967_295), 1)
    .option('--formats <names...>', 'channel formats (default: those of the brief)')
    .option('--text-model <name>', "the installed text model that writes (default: the campaign's, else the usual one)")
    .option('--from <picture>', 'make the pictures from this one')
    .option('--strength <share>', 'how far --from is changed, above 0 to 1 (default: 0.6)', share)
    .option('--mask <picture>', 'with --from: white where it changes, black where it stays')
    .requiredOption('--out <folder>', 'folder to make for the export')
    .option('--replace', 'replace an earlier export in that folder')
    .option('--trace <file>', 'write how long the parts of the first image took, for Perfetto or chrome://tracing')
    .action((options: ProduceOptions & CommonOptions) =>
      runCommand(options, engines, (call) => produce(options, call)),
    );
}
