import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { buildProgram } from './build-program.ts';
import { createStudioRunner } from './commands/command-context.ts';
import type { CommandEngines } from './commands/command-context.ts';
import { exitCodes } from './commands/exit-codes.ts';
import { reportFailure } from './commands/terminal.ts';
import type { TerminalStreams } from './commands/terminal.ts';
import type { DoorCall } from './door/open-door.ts';
import { resolvePaths } from './resolve-paths.ts';

/** The command line of this process. `argv` as Node gives it. */
export async function runProgram(argv: readonly string[], engines: CommandEngines = {}): Promise<void> {
  await buildProgram({ ...engines, args: argv.slice(2), runArguments }).parseAsync([...argv]);
}

/** One command in a studio that has the library open. */
export async function runArguments(
  args: readonly string[],
  { opened, folder, streams, signal, ending }: DoorCall,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const runner = createStudioRunner({ opened, streams, signal, ending, onExit: (code) => (exitCode = code) });
  const program = buildProgram({ runner });
  program.hook('preAction', (_program, command) => resolvePaths(command, folder));
  speakTo(program, streams);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(error, false, streams);
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.input;
  }
  return exitCode;
}

function speakTo(command: Command, { stdout, stderr }: TerminalStreams): void {
  command.configureOutput({ writeOut: (text) => void stdout.write(text), writeErr: (text) => void stderr.write(text) });
  for (const below of command.commands) speakTo(below, { stdout, stderr });
}
