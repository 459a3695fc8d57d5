import {
  ENGINE_PROTOCOL_VERSION,
  type EngineCommand,
  type EngineEvent,
  type EngineJob,
  type EngineKind,
  type EngineResult,
  type LoadRequest,
  type ModelInfo,
} from '../../contract/engine-protocol.ts';
import { reviveError, StudioError, type ErrorData } from '../../contract/errors.ts';
import { CrashRecord, DEFAULT_CRASH_LIMITS, type CrashLimits } from './crash-record.ts';
import type { EngineEntry, ImageProgress } from '../engine-client.ts';
import { EngineProcess } from './engine-process.ts';
import { findReplyFault } from './reply-check.ts';
import { sleep } from './sleep.ts';

export type SupervisorTimes = {
  /** Longest silence before an engine counts as hung. Engines send a heartbeat every second. */
  readonly silenceMs: number;
  /** From spawn to `ready`. */
  readonly startMs: number;
  /** From asking an engine to cancel to killing it. */
  readonly cancelGraceMs: number;
};

export const DEFAULT_TIMES: SupervisorTimes = { silenceMs: 10_000, startMs: 30_000, cancelGraceMs: 5_000 };

export type SupervisorOptions = {
  readonly kind: EngineKind;
  readonly nodePath: string;
  readonly entry: EngineEntry;
  readonly compileCacheFolder?: string | undefined;
  readonly times?: Partial<SupervisorTimes>;
  readonly limits?: Partial<CrashLimits>;
  readonly now?: () => number;
  readonly sleep?: (durationMs: number, signal?: AbortSignal) => Promise<void>;
  /** The process came, went, or changed what it does. */
  readonly onChange?: () => void;
  /** It ended without being asked to. The next request starts another one. */
  readonly onCrash?: (error: StudioError) => void;
};

export type RequestHandlers = {
  readonly onProgress?: ((progress: ImageProgress) => void) | undefined;
  readonly onChunk?: ((text: string) => void) | undefined;
};

type Pending = {
  readonly requestId: number;
  readonly jobKey: string | null;
  readonly handlers: RequestHandlers;
  readonly settle: PromiseWithResolvers<EngineEvent>;
};

type Request =
  | { readonly type: 'load'; readonly model: LoadRequest }
  | { readonly type: 'run'; readonly job: EngineJob; readonly jobKey: string }
  | { readonly type: 'unload' };

/**
 * Keeps one engine process in working order: starts it, talks to it, and starts it anew after a crash, later each time and in the
 * end not at all until a person or the clock says so. One request at a time; the caller queues.
 */
export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  readonly #times: SupervisorTimes;
  readonly #crashes: CrashRecord;
  #process: EngineProcess | null = null;
  #starting: Promise<EngineProcess> | null = null;
  #build: string | null = null;
  #ready: PromiseWithResolvers<void> | null = null;
  #pending: Pending | null = null;
  #lastRequestId = 0;
  #restarts = 0;
  #lastError: StudioError | null = null;
  #disposed = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#times = { ...DEFAULT_TIMES, ...options.times };
    this.#crashes = new CrashRecord({ ...DEFAULT_CRASH_LIMITS, ...options.limits }, options.now ?? Date.now);
  }

  get processId(): number | null {
    return this.#process?.processId ?? null;
  }

  get isUp(): boolean {
    return this.#build !== null && this.#process?.isEnding === false;
  }

  get isBroken(): boolean {
    return this.#crashes.retryAtMs !== null;
  }

  /** Starts after a crash or by hand; the first start is none. */
  get restarts(): number {
    return this.#restarts;
  }

  get lastError(): StudioError | null {
    return this.#lastError;
  }

  /**
   * Rejects with `engine.unavailable` while the breaker is open.
   * @throws the signal's reason when aborted while waiting; the process goes on starting for whoever comes next.
   */
  async start(signal?: AbortSignal): Promise<void> {
    if (this.isUp) return;
    this.#starting ??= this.#startProcess().finally(() => {
      this.#starting = null;
      this.#changed();
    });
    this.#changed();
    // Nobody may be left to hear how the start went.
    this.#starting.catch(() => undefined);
    await abortable(this.#starting, signal);
  }

  async load(model: LoadRequest, signal?: AbortSignal): Promise<ModelInfo> {
    const event = await this.#request({ type: 'load', model }, {}, signal);
    if (event.type === 'loaded') return event.info;
    throw this.#refuse(`${event.type} for a load`);
  }

  /** Rejects with `engine.poisonJob` when this job has taken the process down too often. */
  async run(job: EngineJob, jobKey: string, handlers: RequestHandlers, signal?: AbortSignal): Promise<EngineResult> {
    if (this.#crashes.isPoison(jobKey)) throw this.#poison(jobKey);
    const event = await this.#request({ type: 'run', job, jobKey }, handlers, signal);
    const fault = event.type === 'result' ? findReplyFault(job, event.result) : `${event.type} for a run`;
    if (event.type !== 'result' || fault !== null) throw this.#refuse(fault ?? event.type);
    this.#crashes.addSuccess();
    this.#lastError = null;
    return event.result;
  }

  async unload(): Promise<void> {
    if (!this.isUp) return;
    const event = await this.#request({ type: 'unload' }, {});
    if (event.type !== 'unloaded') throw this.#refuse(`${event.type} for an unload`);
  }

  /** Ends the process and waits for its end. It is not counted as a crash. */
  async stop(): Promise<void> {
    const process = this.#process;
    if (process === null) return;
    process.kill(null);
    await process.exited;
  }

  /** As new: no process, no crashes remembered. */
  async reset(): Promise<void> {
    await this.stop();
    this.#crashes.forget();
    this.#lastError = null;
    this.#restarts += 1;
    this.#changed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await this.stop();
  }

  async #startProcess(): Promise<EngineProcess> {
    // One that was told to end may take a moment; its outcome decides whether another may start.
    await this.#process?.exited;
    this.#assertMayStart();
    const wait = this.#options.sleep ?? sleep;
    if (this.#crashes.backOffMs > 0) await wait(this.#crashes.backOffMs);
    if (this.#disposed) throw this.#unavailable('the studio is closing', null);
    if (this.#lastError !== null) this.#restarts += 1;

    const { kind, nodePath, entry, compileCacheFolder } = this.#options;
    const ready = Promise.withResolvers<void>();
    this.#ready = ready;
    const process = new EngineProcess({
      kind,
      nodePath,
      entry,
      compileCacheFolder,
      silenceMs: Math.max(this.#times.silenceMs, this.#times.startMs),
      onEvent: (event) => this.#receive(event),
    });
    this.#process = process;
    void process.exited.then((outcome) => this.#bury(process, outcome));
    const tooLate = setTimeout(
      () =>
        process.kill(
          new StudioError('engine.hung', `The ${kind} engine did not start.`, { kind, silentMs: this.#times.startMs }),
        ),
      this.#times.startMs,
    );
    try {
      await ready.promise;
      process.allowSilence(this.#times.silenceMs);
      return process;
    } finally {
      clearTimeout(tooLate);
      this.#ready = null;
    }
  }

  #assertMayStart(): void {
    if (this.#disposed) throw this.#unavailable('the studio is closing', null);
    const retryAtMs = this.#crashes.retryAtMs;
    if (retryAtMs === null) return;
    throw this.#unavailable(this.#lastError?.message ?? 'it crashed too often', retryAtMs);
  }

  async #request(request: Request, handlers: RequestHandlers, signal?: AbortSignal): Promise<EngineEvent> {
    signal?.throwIfAborted();
    if (this.#pending !== null) throw new Error(`two requests at once to the ${this.#options.kind} engine`);
    await this.start(signal);
    const process = this.#process;
    if (process === null) throw this.#unavailable('it ended before the request', null);
    this.#lastRequestId += 1;
    const requestId = this.#lastRequestId;
    const jobKey = request.type === 'run' ? request.jobKey : null;
    const pending: Pending = { requestId, jobKey, handlers, settle: Promise.withResolvers<EngineEvent>() };
    this.#pending = pending;
    const stopWatching = this.#watchAbort(process, requestId, signal);
    try {
      process.send(toCommand(request, requestId));
      const event = await pending.settle.promise;
      signal?.throwIfAborted();
      if (event.type === 'failure') throw this.#takeFailure(event.error);
      return event;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      stopWatching();
      this.#pending = null;
    }
  }

  /** Asks the engine to cancel when the signal fires, and ends it when it does not listen. */
  #watchAbort(process: EngineProcess, requestId: number, signal: AbortSignal | undefined): () => void {
    if (signal === undefined) return () => {};
    let grace: NodeJS.Timeout | null = null;
    const onAbort = () => {
      process.send({ type: 'cancel', requestId });
      grace = setTimeout(() => process.kill(null), this.#times.cancelGraceMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    return () => {
      signal.removeEventListener('abort', onAbort);
      if (grace !== null) clearTimeout(grace);
    };
  }

  #receive(event: EngineEvent): void {
    if (event.type === 'ready') return this.#receiveReady(event);
    const pending = this.#pending;
    if (!('requestId' in event) || pending === null || event.requestId !== pending.requestId) return;
    if (event.type === 'progress') {
      pending.handlers.onProgress?.({ step: event.step, steps: event.steps, preview: event.preview });
    } else if (event.type === 'chunk') {
      pending.handlers.onChunk?.(event.text);
    } else {
      pending.settle.resolve(event);
    }
  }

  #receiveReady(event: Extract<EngineEvent, { type: 'ready' }>): void {
    if (event.protocol !== ENGINE_PROTOCOL_VERSION || event.kind !== this.#options.kind) {
      this.#process?.refuseReply(`it speaks protocol ${event.protocol} and is a ${event.kind} engine`);
      return;
    }
    this.#build = event.build;
    this.#ready?.resolve();
    this.#changed();
  }

  /** An engine that ran out of memory inside a job may be in any state; a new process costs less than trusting it. */
  #takeFailure(record: Parameters<typeof reviveError>[0]): StudioError {
    const error = reviveError(record);
    if (error.code !== 'engine.outOfMemory') return error;
    this.#process?.kill(null);
    return noteMoment(error, this.#pending !== null && this.#pending.jobKey !== null);
  }

  #bury(process: EngineProcess, verdict: StudioError | null): void {
    if (this.#process !== process) return;
    this.#process = null;
    this.#build = null;
    const pending = this.#pending;
    const jobKey = pending?.jobKey ?? null;
    const outcome = verdict === null ? null : noteMoment(verdict, jobKey !== null);
    if (outcome === null) {
      const stopped = this.#unavailable('it was stopped', null);
      pending?.settle.reject(stopped);
      this.#ready?.reject(stopped);
      this.#changed();
      return;
    }
    this.#lastError = outcome;
    this.#crashes.addCrash(jobKey);
    pending?.settle.reject(jobKey !== null && this.#crashes.isPoison(jobKey) ? this.#poison(jobKey, outcome) : outcome);
    this.#ready?.reject(outcome);
    this.#changed();
    this.#options.onCrash?.(outcome);
  }

  #refuse(reason: string): StudioError {
    this.#process?.refuseReply(reason);
    const { kind } = this.#options;
    return new StudioError('engine.badReply', `The ${kind} engine sent an answer that cannot be used.`, {
      kind,
      reason,
    });
  }

  #poison(jobKey: string, cause?: StudioError): StudioError {
    const { kind } = this.#options;
    const crashes = this.#crashes.crashesOf(jobKey);
    return new StudioError(
      'engine.poisonJob',
      `This job ended the ${kind} engine ${crashes} times and was set aside.`,
      { kind, crashes },
      { cause },
    );
  }

  #unavailable(reason: string, retryAtMs: number | null): StudioError {
    const { kind } = this.#options;
    return new StudioError('engine.unavailable', `The ${kind} engine is not available: ${reason}`, {
      kind,
      reason,
      retryAtMs,
    });
  }

  #changed(): void {
    this.#options.onChange?.();
  }
}

/** Only what an engine had begun may count against a job. */
function noteMoment(error: StudioError, begun: boolean): StudioError {
  const { code, message, data } = error;
  if (code !== 'engine.crashed' && code !== 'engine.hung' && code !== 'engine.outOfMemory') return error;
  return new StudioError(code, message, { ...(data as ErrorData<typeof code>), begun });
}

function toCommand(request: Request, requestId: number): EngineCommand {
  if (request.type === 'load') return { type: 'load', requestId, model: request.model };
  if (request.type === 'run') return { type: 'run', requestId, job: request.job };
  return { type: 'unload', requestId };
}

/** Waits for `promise`, or for the signal, whichever comes first. The work behind `promise` goes on. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
