import type { CrashLimits } from '../../engines/process/crash-record.ts';
import type { EngineEntries } from '../../engines/engine-client.ts';
import type { ModelStore } from '../../engines/models/model-store.ts';
import type { PictureFinisher } from '../../studio/compose/finishing/picture-finisher.ts';
import { ownerId } from '../../contract/identifiers.ts';
import { actAs } from '../../library/database/acting.ts';
import { isStudioError, StudioError } from '../../contract/errors.ts';
import type { RunId } from '../../contract/identifiers.ts';
import { pauseRun } from '../../studio/jobs/control-run.ts';
import { askDoor } from '../door/ask-door.ts';
import type { RunArguments } from '../door/open-door.ts';
import { defaultLibraryFolder } from '../host-defaults.ts';
import { openHostStudio } from '../open-host-studio.ts';
import type { HostStudio } from '../open-host-studio.ts';
import { exitCodes } from './exit-codes.ts';
import { createTerminal, reportFailure } from './terminal.ts';
import type { Terminal, TerminalStreams } from './terminal.ts';

/** What a test puts in the place of real engines, and of long times. */
export type CommandEngines = {
  readonly probeMs?: number;
  readonly crashLimits?: Partial<CrashLimits>;
  readonly patienceMs?: number;
  readonly engineEntries?: EngineEntries;
  readonly modelStore?: ModelStore;
  readonly finisher?: PictureFinisher;
  /** What stands on the command line, for the studio that has the library open. Without it a locked library is a failure. */
  readonly args?: readonly string[];
  /** Carries out what the command line asks of a studio that a command serves. */
  readonly runArguments?: RunArguments;
  /** Who carries commands out. Default: this process. */
  readonly runner?: CommandRunner;
};

/** Where commands are carried out: in the process of the command line, or in a studio that has the library open. */
export type CommandRunner = {
  readonly run: (options: CommonOptions, work: CommandWork) => Promise<void>;
};
export type CommandWork = (call: CommandCall) => Promise<number>;

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
  /** What an interrupted command does with a run that would go on without it: nothing where the library closes with the command. */
  readonly leave?: (runId: RunId) => void;
  /** Whose work it is: who sits at the machine. */
  readonly askedBy: string;
};

/** Twice as long as an engine that crashed too often is left alone: whatever is tried again has failed again by then. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Runs a command with what all of them need, and sets the exit code. The first Ctrl-C stops cleanly, a second one at once. Where a studio has the library open,
 * the command is carried out in there.
 */
export async function runCommand(
  options: CommonOptions,
  { patienceMs = PATIENCE_MS, args, runner, runArguments: _unused, ...engines }: CommandEngines,
  work: CommandWork,
): Promise<void> {
  if (runner !== undefined) return runner.run(options, work);
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
  let isLockedOut = false;
  const open = async () => {
    try {
      opened ??= await openHostStudio({
        libraryFolder,
        withExamples: false,
        modelFolders: options.models ?? [],
        ...engines,
      });
      return opened;
    } catch (error) {
      isLockedOut = isStudioError(error) && error.code === 'library.locked';
      throw error;
    }
  };
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
    const call = { terminal, signal: stop.signal, open, libraryFolder, patienceMs, askedBy: ownerId };
    process.exitCode = await Promise.race([actAs({ by: call.askedBy }, () => work(call)), forgotten.promise]);
  } catch (error) {
    terminal.endBars();
    const exitCode =
      isLockedOut && args !== undefined
        ? await askDoor({ libraryFolder, args, streams: process, signal: stop.signal })
        : null;
    process.exitCode = exitCode ?? (stop.signal.aborted ? exitCodes.interrupted : reportFailure(error, isJson));
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

export type StudioRunnerOptions = {
  readonly opened: HostStudio;
  readonly streams: TerminalStreams;
  readonly signal: AbortSignal;
  /** Aborts when the studio ends: then its runs go on at its next start. */
  readonly ending: AbortSignal;
  readonly onExit: (exitCode: number) => void;
};

/** Carries commands out in a studio that is open already. It outlives them. */
export function createStudioRunner({ opened, streams, signal, ending, onExit }: StudioRunnerOptions): CommandRunner {
  return {
    async run({ json: isJson = false, models = [] }, work) {
      const terminal = createTerminal(isJson, streams);
      const call: CommandCall = {
        terminal,
        signal,
        open: async () => opened,
        libraryFolder: opened.studio.context.library.folder,
        patienceMs: PATIENCE_MS,
        askedBy: 'owner',
        leave: (runId) => {
          if (!ending.aborted) pauseIfOpen(opened, runId);
        },
      };
      try {
        if (models.length > 0) throw refuseModels();
        onExit(await actAs({ by: call.askedBy }, () => work(call)));
      } catch (error) {
        onExit(signal.aborted ? exitCodes.interrupted : reportFailure(error, isJson, streams));
      } finally {
        terminal.endBars();
      }
    },
  };
}

/** Whoever stops a command expects its work to stop; the same command takes it up again. */
function pauseIfOpen({ studio: { context } }: HostStudio, runId: RunId): void {
  if (context.library.runs.get(runId).state === 'running') pauseRun(context, runId);
}

function refuseModels(): StudioError {
  const message =
    '--models: a studio has this library open and keeps its model folders. Close it, or import the model.';
  return new StudioError('input.invalid', message, { issues: [{ path: 'models', message }] });
}
