import type { Command } from 'commander';
import { wholeNumber } from '../option-values.ts';
import { runCommand } from './command-context.ts';
import type { CommandEngines, CommonOptions } from './command-context.ts';
import { withCommonOptions } from './common-options.ts';
import { listRuns, showRun } from './runs.ts';
import type { ListOptions } from './runs.ts';

/** The verbs below `runs`; without one it lists. */
export function addRunCommands(program: Command, engines: CommandEngines): void {
  const runs = program.command('runs').description('see what runs, waits, failed, was done and was healed');
  withCommonOptions(runs.command('list', { isDefault: true }))
    .description('list the work of a library, the newest first')
    .option('--open', 'only what runs or is paused')
    .option('--failed', 'only where something failed')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 200), 20)
    .action((options: ListOptions & CommonOptions) => runCommand(options, engines, (call) => listRuns(options, call)));
  withCommonOptions(runs.command('show <id>'))
    .description('show one with what failed in it and what was healed')
    .action((id: string, options: CommonOptions) => runCommand(options, engines, (call) => showRun(id, call)));
}
