import type { Command } from 'commander';
import { runCommand } from './command-context.ts';
import type { CommandEngines } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';
import { chooseDefault, importModelFiles, listModels, removeModelFiles, verifyModel } from './models.ts';
import type { ModelOptions, ModelsCall } from './models.ts';

/** The verbs below `models`; without one it lists. */
export function addModelCommands(program: Command, engines: CommandEngines): void {
  const models = program.command('models').description('list, install, check and remove models and LoRAs');
  const run = (options: ModelOptions, work: (call: ModelsCall) => Promise<number>) =>
    runCommand(options, engines, (call) => work({ options, engines, call }));
  withCommonOptions(models.command('list', { isDefault: true }))
    .description('list installed models')
    .action((options: ModelOptions) => run(options, listModels));
  withCommonOptions(models.command('import <path>'))
    .description('install a model folder, a GGUF file, a LoRA, or a checkpoint')
    .option(
      '--base <model>',
      'for a checkpoint: the installed model whose graphs it takes; for a LoRA: count the layers that fit',
    )
    .option('--name <name>', 'what to call it (default: the name of the file or folder)')
    .action((source: string, options: ModelOptions) => run(options, (call) => importModelFiles(source, call)));
  withCommonOptions(models.command('verify <name>'))
    .description('read every header of an installed model and compute its hash')
    .option('--base <model>', 'for a LoRA: count the layers that fit this model')
    .action((name: string, options: ModelOptions) => run(options, (call) => verifyModel(name, call)));
  withCommonOptions(models.command('default [name]'))
    .description('show or choose the text model that writes in a library; "none" takes the choice back')
    .action((name: string | undefined, options: ModelOptions) => run(options, (call) => chooseDefault(name, call)));
  withCommonOptions(models.command('remove <name>'))
    .description('remove a model or LoRA that was installed')
    .action((name: string, options: ModelOptions) => run(options, (call) => removeModelFiles(name, call)));
}
