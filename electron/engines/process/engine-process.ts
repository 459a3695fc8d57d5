import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import {
  engineEventSchema,
  type EngineCommand,
  type EngineEvent,
  type EngineKind,
} from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import { makeChildEnvironment } from './child-environment.ts';
import type { EngineEntry } from '../engine-client.ts';
import { encodeFrame, FrameDecoder } from './frame-stream.ts';
import { LastWords } from './last-words.ts';

export type EngineProcessOptions = {
  readonly kind: EngineKind;
  readonly nodePath: string;
  readonly entry: EngineEntry;
  /** Longest silence at first, in milliseconds, before the process counts as hung. */
  readonly silenceMs: number;
  /** Where Node keeps compiled code between starts: halves the time of a restart. Must be writable by this user alone. */
  readonly compileCacheFolder?: string | undefined;
  readonly onEvent: (event: EngineEvent) => void;
};

/** Output may trail the end of a process; a grandchild may hold the pipe for ever. */
const DRAIN_MS = 200;

/**
 * One engine process from spawn to end. It owns the pipe, checks every frame, and kills the process when it falls silent or sends
 * what is not in the protocol. It never restarts anything.
 */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #child: ChildProcess;
  readonly #pipe: Duplex | null;
  readonly #decoder = new FrameDecoder();
  readonly #lastWords = new LastWords();
  readonly #exited = Promise.withResolvers<StudioError | null>();
  #silenceTimer: NodeJS.Timeout | null = null;
  #silenceMs: number;
  #allowedSilenceMs: number;
  /** Why we ended it; undefined while nobody did. */
  #verdict: StudioError | null | undefined;
  #over = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    this.#silenceMs = options.silenceMs;
    this.#allowedSilenceMs = options.silenceMs;
    this.#child = spawn(
      options.nodePath,
      ['--disable-warning=ExperimentalWarning', options.entry.script, ...options.entry.args],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        env: makeChildEnvironment(
          options.compileCacheFolder === undefined ? {} : { NODE_COMPILE_CACHE: options.compileCacheFolder },
        ),
        windowsHide: true,
      },
    );
    this.#pipe = findPipe(this.#child);
    this.#listen();
    this.#rearm();
  }

  /** Null once the process is over or never came to be. */
  get processId(): number | null {
    return this.#over ? null : (this.#child.pid ?? null);
  }

  /** True from the moment it was told to end. */
  get isEnding(): boolean {
    return this.#over || this.#verdict !== undefined;
  }

  /** Settles once, when the process is over: null if we asked for its end, else what went wrong. */
  get exited(): Promise<StudioError | null> {
    return this.#exited.promise;
  }

  /** Fire and forget: when the pipe is broken the process is at its end and `exited` tells. */
  send(command: EngineCommand): void {
    if (this.#over || this.#pipe === null || this.#pipe.destroyed) return;
    this.#pipe.write(encodeFrame(command), (error) => {
      if (error) this.#lastWords.add(`[pipe] ${error.message}\n`);
    });
  }

  /** SIGKILL. `reason` becomes the outcome; null means that the end was wanted. The first reason stays. */
  kill(reason: StudioError | null): void {
    if (this.#over) return;
    if (this.#verdict === undefined) this.#verdict = reason;
    this.#child.kill('SIGKILL');
  }

  /** From now on: how long the process may be silent. Starting up may take longer than working. */
  allowSilence(silenceMs: number): void {
    this.#silenceMs = silenceMs;
    this.#allowedSilenceMs = silenceMs;
    this.#rearm();
  }

  #listen(): void {
    const child = this.#child;
    child.stdout?.on('data', (chunk: Buffer) => this.#lastWords.add(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.#lastWords.add(chunk));
    this.#pipe?.on('data', (chunk: Buffer) => this.#receive(chunk));
    // The reader's side of a killed child's pipe; the exit says the rest.
    this.#pipe?.on('error', (error: Error) => this.#lastWords.add(`[pipe] ${error.message}\n`));
    child.on('error', (error) => {
      if (child.pid === undefined) this.#finish(unavailable(this.#options.kind, error.message));
      else this.#lastWords.add(`[process] ${error.message}\n`);
    });
    child.on('exit', (exitCode, signal) => {
      this.#disarm();
      const finish = () =>
        this.#finish(this.#verdict === undefined ? this.#describeExit(exitCode, signal) : this.#verdict);
      const drained = setTimeout(finish, DRAIN_MS);
      child.on('close', () => {
        clearTimeout(drained);
        finish();
      });
    });
  }

  #receive(chunk: Buffer): void {
    if (this.#over || this.#verdict !== undefined) return;
    let values: unknown[];
    try {
      values = this.#decoder.push(chunk);
    } catch (error) {
      this.refuseReply(error instanceof Error ? error.message : 'unreadable bytes');
      return;
    }
    for (const value of values) {
      const parsed = engineEventSchema.safeParse(value);
      if (!parsed.success) {
        this.refuseReply(parsed.error.issues[0]?.message ?? 'a frame outside the protocol');
        return;
      }
      this.#accept(parsed.data);
    }
  }

  #accept(event: EngineEvent): void {
    // A busy announcement holds until the next word of the work itself: a sign of life may still come before the loop stands still.
    if (event.type !== 'heartbeat')
      this.#allowedSilenceMs = this.#silenceMs + (event.type === 'busy' ? event.forMs : 0);
    this.#rearm();
    if (event.type !== 'busy' && event.type !== 'heartbeat') this.#options.onEvent(event);
  }

  /** Ends a process that answered what cannot be used. */
  refuseReply(reason: string): void {
    const { kind } = this.#options;
    this.kill(
      new StudioError('engine.badReply', `The ${kind} engine sent an answer that cannot be used.`, {
        kind,
        reason: reason.slice(0, 300),
      }),
    );
  }

  #rearm(): void {
    this.#disarm();
    const silentMs = this.#allowedSilenceMs;
    this.#silenceTimer = setTimeout(() => {
      const { kind } = this.#options;
      this.kill(
        new StudioError(
          'engine.hung',
          `The ${kind} engine gave no sign of life for ${Math.round(silentMs / 1000)} s.`,
          { kind, silentMs },
        ),
      );
    }, silentMs);
    this.#silenceTimer.unref();
  }

  #disarm(): void {
    if (this.#silenceTimer !== null) clearTimeout(this.#silenceTimer);
    this.#silenceTimer = null;
  }

  #describeExit(exitCode: number | null, signal: string | null): StudioError {
    const { kind } = this.#options;
    const lastWords = this.#lastWords.read();
    if (/out of memory|bad_alloc|cannot allocate memory|failed to allocate/i.test(lastWords)) {
      return new StudioError('engine.outOfMemory', `The ${kind} engine ran out of memory.`, {
        kind,
        neededMiB: null,
        freeMiB: null,
        holders: [],
      });
    }
    const how = signal === null ? `exit code ${exitCode ?? 'unknown'}` : signal;
    return new StudioError('engine.crashed', `The ${kind} engine ended unexpectedly (${how}).`, {
      kind,
      exitCode,
      signal,
      lastWords,
    });
  }

  #finish(outcome: StudioError | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#disarm();
    this.#pipe?.destroy();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#exited.resolve(outcome);
  }
}

/** Descriptor 3 is a socket pair: we asked for a pipe, and Node makes those duplex. */
function findPipe(child: ChildProcess): Duplex | null {
  const pipe = child.stdio[3];
  return pipe && 'write' in pipe && 'read' in pipe ? (pipe as Duplex) : null;
}

function unavailable(kind: EngineKind, reason: string): StudioError {
  return new StudioError('engine.unavailable', `The ${kind} engine could not be started.`, {
    kind,
    reason: reason.slice(0, 300),
    retryAtMs: null,
  });
}
