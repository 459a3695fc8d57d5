import type { CrashLimits } from '../../engines/process/crash-record.ts';
import type { EngineEntries } from '../../engines/engine-client.ts';
import type { ModelStore } from '../../engines/models/model-store.ts';
import type { PictureFinisher } from '../../studio/compose/finishing/picture-finisher.ts';
import { actAs } from '../../library/database/acting.ts';
import { defaultLibraryFolder } from '../host-defaults.ts';
import { openHostStudio } from '../open-host-studio.ts';
import type { HostStudio } from '../open-host-studio.ts';
import { exitCodes } from './exit-codes.ts';
import { createTerminal, reportFailure } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** What a test puts in the place of real engines, and of long times. */
export type CommandEngines = {
  readonly probeMs?: number;
  readonly crashLimits?: Partial<CrashLimits>;
  readonly patienceMs?: number;
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
  /** How long the command stands before something that is wrong, with nothing done meanwhile, in milliseconds. */
  readonly patienceMs: number;
  /** Whose work it is: who sits at the machine. */
  readonly askedBy: string;
};

/** Twice as long as an engine that crashed too often is left alone: whatever is tried again has failed again by then. */
const PATIENCE_MS = 10 * 60_000;

/** Runs a command with what all of them need, and sets the exit code. The first Ctrl-C stops cleanly, a second one at once. */
export async function runCommand(
  options: CommonOptions,
  { patienceMs = PATIENCE_MS, ...engines }: CommandEngines,
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
  // The studio's own clocks keep nothing alive. While it only waits for one, a process without this would end in the middle of the command.
  const stay = setInterval(() => {}, 60_000);
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
  const forgotten = Promise.withResolvers<never>();
  let isForgotten = false;
  // An open studio has a watch of its own, and goes on.
  const noteRejection = (error: unknown) => {
    if (process.listenerCount('unhandledRejection') > 1) return;
    isForgotten = true;
    forgotten.reject(error);
  };
  process.on('unhandledRejection', noteRejection);
  try {
    const call = { terminal, signal: stop.signal, open, libraryFolder, patienceMs, askedBy: 'owner' };
    process.exitCode = await Promise.race([actAs({ by: call.askedBy }, () => work(call)), forgotten.promise]);
  } catch (error) {
    terminal.endBars();
    process.exitCode = stop.signal.aborted ? exitCodes.interrupted : reportFailure(error, isJson);
  } finally {
    await closeStudio(opened);
    clearInterval(stay);
    process.off('unhandledRejection', noteRejection);
    // The command itself is still at work, and what it would say contradicts what was said.
    if (isForgotten) process.exit(process.exitCode);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  }
}

async function closeStudio(opened: HostStudio | null): Promise<void> {
  await opened?.close();
}
