import type { Command } from 'commander';
import { runCommand } from './command-context.ts';
import type { CommandEngines, CommonOptions } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';
import { exportWords, importWords, listWords, updatePictureWords } from './words.ts';
import type { ExportWordsOptions, WordsOptions } from './words.ts';

function withPlan(command: Command): Command {
  return withCommonOptions(command).option('--plan <name>', 'the plan, by name or id (default: the newest)');
}

/** The verbs below `words`; without one it lists. */
export function addWordCommands(program: Command, engines: CommandEngines): void {
  const words = program.command('words').description('the words of a plan in its languages: see, export, take in, set');
  withPlan(words.command('list', { isDefault: true }))
    .description('say which languages have words of their own')
    .action((options: WordsOptions & CommonOptions) =>
      runCommand(options, engines, (call) => listWords(options, call)),
    );
  withPlan(words.command('export'))
    .description('write a table for a translator (CSV)')
    .requiredOption('--out <file>', 'file to make')
    .action((options: ExportWordsOptions & CommonOptions) =>
      runCommand(options, engines, (call) => exportWords(options, call)),
    );
  withPlan(words.command('import <file>'))
    .description('take in a table that was filled in')
    .action((file: string, options: WordsOptions & CommonOptions) =>
      runCommand(options, engines, (call) => importWords(file, options, call)),
    );
  withPlan(words.command('update'))
    .description('set the words of today over the art of pictures that say something else')
    .action((options: WordsOptions & CommonOptions) =>
      runCommand(options, engines, (call) => updatePictureWords(options, call)),
    );
}
