import { parentPort, Worker } from 'node:worker_threads';
import type { ErrorRecord } from '../../contract/errors.ts';
import { isStudioError, reviveError, StudioError } from '../../contract/errors.ts';

/** A thread that answers one question after the other. */
export type WorkerThread<Input, Output> = {
  /** @throws what the thread answers as a studio error; internal.unexpected when the thread dies */
  ask(input: Input, options?: AskOptions): Promise<Output>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** After the limit the thread is ended, whatever it does, and the question fails with the error. */
export type AskOptions = { readonly limitMs: number; readonly onLimit: () => StudioError };

export type WorkerThreadOptions = {
  readonly script: URL;
  /** What the thread does, for logs. */
  readonly name: string;
  /** Largest heap in MiB; a thread that wants more dies alone. */
  readonly heapMiB?: number;
};

type Question = { readonly id: number; readonly input: unknown };
type Answer = { readonly id: number } & ({ readonly output: unknown } | { readonly error: ErrorRecord });
type Waiting = { readonly resolve: (output: unknown) => void; readonly reject: (error: Error) => void };

/** The script of a thread beside its caller; in the bundle of the desktop it is built already. */
export function findWorkerScript(callerUrl: string, name: string): URL {
  return new URL(callerUrl.endsWith('.ts') ? `${name}.ts` : `${name}.js`, callerUrl);
}

/** Starts the thread with the first question. When it dies, what was asked fails and the next question starts another. */
export function createWorkerThread<Input, Output>({
  script,
  name,
  heapMiB,
}: WorkerThreadOptions): WorkerThread<Input, Output> {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let nextId = 1;

  function settle(answer: Answer): void {
    const entry = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker?.unref();
    if ('output' in answer) entry?.resolve(answer.output);
    else entry?.reject(reviveError(answer.error));
  }

  function failAll(error: Error): void {
    const ending = worker;
    worker = null;
    for (const entry of waiting.values()) entry.reject(error);
    waiting.clear();
    void ending?.terminate();
  }

  function died(started: Worker, cause: unknown): void {
    if (worker !== started) return;
    failAll(new StudioError('internal.unexpected', `The thread ${name} ended.`, { logId: name }, { cause }));
  }

  function startWorker(): Worker {
    const started = new Worker(script, {
      name,
      ...(heapMiB === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMiB } }),
    });
    started.on('message', settle);
    started.on('error', (error) => died(started, error));
    started.on('exit', (exitCode) => died(started, new Error(`exit code ${exitCode}`)));
    return started;
  }

  return {
    async ask(input, options) {
      worker ??= startWorker();
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, input } satisfies Question);
      const timer = options ? setTimeout(() => failAll(options.onLimit()), options.limitMs) : null;
      try {
        return (await promise) as Output;
      } finally {
        if (timer) clearTimeout(timer);
      }
    },
    async [Symbol.asyncDispose]() {
      const ending = worker;
      worker = null;
      await ending?.terminate();
      for (const entry of waiting.values()) entry.reject(new Error('the studio closes'));
      waiting.clear();
    },
  };
}

/** The other side: answers questions one after the other, since two at once would only take turns on one thread. */
export function answerQuestions(name: string, work: (input: never) => Promise<unknown>): void {
  let turn: Promise<void> = Promise.resolve();
  async function answer({ id, input }: Question): Promise<Answer> {
    try {
      return { id, output: await work(input as never) };
    } catch (error) {
      if (isStudioError(error)) return { id, error: error.toRecord() };
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { id, error: new StudioError('internal.unexpected', reason, { logId: name }).toRecord() };
    }
  }
  parentPort?.on('message', (question: Question) => {
    turn = turn.then(async () => parentPort?.postMessage(await answer(question)));
  });
}
