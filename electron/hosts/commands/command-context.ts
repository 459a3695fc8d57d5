import type { EngineEntries } from '../../engines/engine-client.ts';
import type { ModelStore } from '../../engines/model-store.ts';
import type { PictureFinisher } from '../../studio/finishing/picture-finisher.ts';
import { defaultLibraryFolder } from '../host-defaults.ts';
import { openHostStudio } from '../open-host-studio.ts';
import type { HostStudio } from '../open-host-studio.ts';
import { exitCodes } from './exit-codes.ts';
import { createTerminal, reportFailure } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** What a test puts in the place of real engines. */
export type CommandEngines = {
  readonly engineEntries?: EngineEntries;
  readonly modelStore?: ModelStore;
  readonly finisher?: PictureFinisher;
};

export type CommonOptions = { readonly library?: string; readonly json?: boolean; readonly models?: string[] };

export type CommandCall = {
  readonly terminal: Terminal;
  /** Aborts on Ctrl-C and on the end of the terminal. */
  readonly signal: AbortSignal;
  /** The studio on the chosen library; closed when the command ends. */
  readonly open: () => Promise<HostStudio>;
  readonly libraryFolder: string;
  /** Whose work it is: who sits at the machine. */
  readonly askedBy: string;
};

/** Runs a command with what all of them need, and sets the exit code. The first Ctrl-C stops cleanly, a second one at once. */
export async function runCommand(
  options: CommonOptions,
  engines: CommandEngines,
  work: (call: CommandCall) => Promise<number>,
): Promise<void> {
  const isJson = options.json === true;
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    process.stderr.write('\nStopping after the image in hand is put back. Press Ctrl-C again to stop at once.\n');
    stop.abort(new Error('interrupted'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  const libraryFolder = options.library ?? defaultLibraryFolder();
  const terminal = createTerminal(isJson);
  let opened: HostStudio | null = null;
  const open = async () =>
    (opened ??= await openHostStudio({
      libraryFolder,
      withExamples: false,
      modelFolders: options.models ?? [],
      ...engines,
    }));
  // While a gate is shut nothing else may hold the process: it waits for its work and for nothing less.
  const alive = setInterval(() => {}, 60_000);
  /** A failure that nobody waits for ends the command as any other does, with its code. */
  const stray = Promise.withResolvers<never>();
  const onStray = (error: unknown) => stray.reject(error);
  process.on('unhandledRejection', onStray);
  stray.promise.catch(() => undefined);
  try {
    const call = { terminal, signal: stop.signal, open, libraryFolder, askedBy: 'owner' };
    process.exitCode = await Promise.race([stray.promise, work(call)]);
  } catch (error) {
    terminal.endBars();
    process.exitCode = stop.signal.aborted ? exitCodes.interrupted : reportFailure(error, isJson);
  } finally {
    await closeStudio(opened);
    clearInterval(alive);
    process.off('unhandledRejection', onStray);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  }
}

async function closeStudio(opened: HostStudio | null): Promise<void> {
  await opened?.close();
}
