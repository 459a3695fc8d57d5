import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { reviveError } from '../../contract/errors.ts';
import { makeChildEnvironment } from '../../engines/process/child-environment.ts';
import { encodeFrame, FrameDecoder } from '../../engines/process/frame-stream.ts';
import type { ReaderAnswer, ReaderTask } from '../../readers/reader-task.ts';

/** Why a reader did not answer. */
export type ReaderEnd = 'time' | 'memory' | 'ended' | 'stopped';

export class ReaderEnded extends Error {
  readonly how: ReaderEnd;
  /** The file that it was at, or null when it had begun none. */
  readonly file: string | null;

  constructor(how: ReaderEnd, file: string | null) {
    super(`a reader ended (${how}) at ${file ?? 'nothing'}`);
    this.how = how;
    this.file = file;
  }
}

export type ReaderProcessOptions = { readonly nodePath: string; readonly script: string; readonly mostMiB: number };

type Asked = {
  readonly id: number;
  file: string | null;
  readonly settle: PromiseWithResolvers<unknown>;
  hasAnswered: boolean;
  isSpent: boolean;
};

/** A start on a machine that is busy with other things; the time of a task begins after it. */
const START_MS = 20_000;

/**
 * One reader from spawn to kill. It works on one task at a time. A reader that refused a file in order reads the next one; one that says it is spent, or that did
 * not answer, is ended, because nobody knows what it holds then.
 */
export class ReaderProcess {
  readonly mostMiB: number;
  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  readonly #decoder = new FrameDecoder();
  readonly #ready = Promise.withResolvers<void>();
  #current: Asked | null = null;
  #nextId = 1;
  #how: ReaderEnd = 'ended';
  isOver = false;

  constructor({ nodePath, script, mostMiB }: ReaderProcessOptions) {
    this.mostMiB = mostMiB;
    this.#child = spawn(
      nodePath,
      ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${mostMiB}`, script, String(mostMiB)],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], env: makeChildEnvironment(), windowsHide: true },
    );
    this.#pipe = this.#child.stdio[3] as Duplex;
    this.#ready.promise.catch(() => undefined);
    this.#listen();
  }

  /** @throws ReaderEnded, the task's own studio error, or the signal's reason */
  async ask(task: ReaderTask, limitMs: number, signal?: AbortSignal): Promise<unknown> {
    const settle = Promise.withResolvers<unknown>();
    // A reader that ends before it has begun rejects both; one of them is heard.
    settle.promise.catch(() => undefined);
    const current: Asked = { id: this.#nextId++, file: null, settle, hasAnswered: false, isSpent: false };
    this.#current = current;
    const stop = () => this.#end('stopped');
    signal?.addEventListener('abort', stop, { once: true });
    let timer = setTimeout(() => this.#end('time'), START_MS);
    try {
      await this.#ready.promise;
      clearTimeout(timer);
      timer = setTimeout(() => this.#end('time'), limitMs);
      this.#pipe.write(encodeFrame({ id: current.id, task }), () => undefined);
      return await settle.promise;
    } catch (error) {
      // Nobody knows what it is at when it was not the one who answered.
      if (!current.hasAnswered) this.#end('stopped');
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      this.#current = null;
      if (current.isSpent) this.#end('stopped');
    }
  }

  /** SIGKILL. */
  kill(): void {
    this.#end('stopped');
  }

  /** Lets the program end although a reader waits for its next task. */
  rest(isResting: boolean): void {
    for (const handle of [this.#child, this.#pipe, this.#child.stderr]) {
      if (handle === null || !('ref' in handle) || !('unref' in handle)) continue;
      const counted = handle as { ref(): void; unref(): void };
      if (isResting) counted.unref();
      else counted.ref();
    }
  }

  #listen(): void {
    this.#pipe.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#pipe.on('error', () => this.#end('ended'));
    this.#child.stderr?.on('data', (text: Buffer) => {
      if (text.toString().includes('over memory')) this.#how = 'memory';
    });
    this.#child.on('error', () => this.#finish('ended'));
    this.#child.on('exit', (_code, signal) => {
      // The last words may trail behind.
      setTimeout(() => this.#finish(signal === 'SIGABRT' ? 'memory' : this.#how), 20);
    });
  }

  #receive(chunk: Buffer): void {
    try {
      for (const value of this.#decoder.push(chunk)) this.#take(value as ReaderAnswer);
    } catch {
      // Not our frames: something in it has taken over, or broke.
      this.#end('ended');
    }
  }

  #take(answer: ReaderAnswer): void {
    const current = this.#current;
    if (answer.kind === 'ready') this.#ready.resolve();
    if (answer.kind === 'ready' || current === null || answer.id !== current.id) return;
    if (answer.kind === 'doing') {
      current.file = answer.file;
      return;
    }
    current.hasAnswered = true;
    current.isSpent = answer.isSpent;
    if (answer.kind === 'done') current.settle.resolve(answer.output);
    else current.settle.reject(reviveError(answer.error));
  }

  #end(how: ReaderEnd): void {
    if (this.isOver) return;
    this.#child.kill('SIGKILL');
    this.#finish(how);
  }

  #finish(how: ReaderEnd): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#pipe.destroy();
    this.#child.stderr?.destroy();
    const ended = new ReaderEnded(how, this.#current?.file ?? null);
    this.#ready.reject(ended);
    this.#current?.settle.reject(ended);
  }
}
