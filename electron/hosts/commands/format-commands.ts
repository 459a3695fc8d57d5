import type { Command } from 'commander';
import { wholeNumber } from '../option-values.ts';
import { runCommand } from './command-context.ts';
import type { CommandEngines, CommonOptions } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';
import { addFormatOf, listFormats, removeFormatOf } from './formats.ts';
import type { AddFormatOptions } from './formats.ts';

/** The verbs below `formats`; without one it lists. */
export function addFormatCommands(program: Command, engines: CommandEngines): void {
  const formats = program.command('formats').description('see the channel formats, and add sizes of your own');
  withCommonOptions(formats.command('list', { isDefault: true }))
    .description('list what pictures can be made for')
    .action((options: CommonOptions) => runCommand(options, engines, listFormats));
  withCommonOptions(formats.command('add <name>'))
    .description('add a size; it is laid out like the format whose shape is nearest')
    .requiredOption('--size <size>', 'width x height in pixels (1400x700) or millimetres (210x297mm)')
    .option('--dpi <n>', 'with millimetres: dots per inch', wholeNumber(30, 1200), 300)
    .action((name: string, options: AddFormatOptions & CommonOptions) =>
      runCommand(options, engines, (call) => addFormatOf(name, options, call)),
    );
  withCommonOptions(formats.command('remove <id>'))
    .description('take one of your own out of the list; pictures that were made in it keep it')
    .action((id: string, options: CommonOptions) => runCommand(options, engines, (call) => removeFormatOf(id, call)));
}
