import type { Command } from 'commander';

/** What every command that works on a library takes. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--library <folder>', 'the library (default: the one in your data folder)')
    .option('--models <folders...>', 'more folders with models')
    .option('--json', 'one JSON object on standard output instead of tables and bars');
}
