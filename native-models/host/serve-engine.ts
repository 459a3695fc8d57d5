import { Socket } from 'node:net';
import {
  ENGINE_PROTOCOL_VERSION,
  engineCommandSchema,
  type EngineCommand,
  type EngineEvent,
  type EngineJob,
  type EngineKind,
  type EngineResult,
  type LoadRequest,
  type ModelInfo,
  type Raster,
} from '../../electron/contract/engine-protocol.ts';
import { EngineCancelled, toErrorRecord } from './engine-errors.ts';
import { encodeFrame, FrameDecoder } from './frame-stream.ts';

/** What a backend may do while it works on a request. */
export type WorkContext = {
  /** Fires when the studio cancels. The backend stops at the next safe place and rejects with anything. */
  readonly signal: AbortSignal;
  reportProgress(step: number, steps: number, preview: Raster | null): void;
  sendText(text: string): void;
  /** To be said before a native call that blocks the loop: the studio then waits so much longer for a sign of life. */
  announceBusy(forMs: number): void;
};

/** One kind of inference. The process holds at most one model. */
export type EngineBackend = {
  /** Names and versions of what decides the result's bits. Part of every recipe. */
  readonly build: string;
  load(model: LoadRequest, context: WorkContext): Promise<ModelInfo>;
  run(job: EngineJob, context: WorkContext): Promise<EngineResult>;
  unload(): Promise<void>;
};

const STUDIO_DESCRIPTOR = 3;
const HEARTBEAT_MS = 1000;

/**
 * Serves one backend over descriptor 3 until the studio hangs up; then the process ends. Frames that are not in the protocol end it
 * too: a studio of another version would be served nonsense.
 */
export function serveEngine(kind: EngineKind, backend: EngineBackend): void {
  const pipe = new Socket({ fd: STUDIO_DESCRIPTOR, readable: true, writable: true });
  const send = (event: EngineEvent) => void pipe.write(encodeFrame(event));
  const decoder = new FrameDecoder();
  const loop = new RequestLoop(kind, backend, send);

  pipe.on('data', (chunk: Buffer) => {
    for (const value of decoder.push(chunk)) loop.accept(engineCommandSchema.parse(value));
  });
  // Ctrl-C in a terminal reaches the whole group. The studio ends its engines itself, after it has put the picture in hand back.
  process.on('SIGINT', () => {});
  pipe.on('error', () => process.exit(0));
  pipe.on('close', () => process.exit(0));

  send({ type: 'ready', protocol: ENGINE_PROTOCOL_VERSION, kind, build: backend.build });
  const beat = () => send({ type: 'heartbeat', rssBytes: process.memoryUsage.rss() });
  beat();
  setInterval(beat, HEARTBEAT_MS);
}

/** One request at a time; a second one is the studio's mistake and fails. */
class RequestLoop {
  readonly #kind: EngineKind;
  readonly #backend: EngineBackend;
  readonly #send: (event: EngineEvent) => void;
  #current: { readonly requestId: number; readonly cancel: AbortController } | null = null;

  constructor(kind: EngineKind, backend: EngineBackend, send: (event: EngineEvent) => void) {
    this.#kind = kind;
    this.#backend = backend;
    this.#send = send;
  }

  accept(command: EngineCommand): void {
    if (command.type === 'shutdown') process.exit(0);
    if (command.type === 'cancel') {
      if (this.#current?.requestId === command.requestId) this.#current.cancel.abort(new EngineCancelled());
      return;
    }
    if (this.#current !== null) {
      this.#fail(command.requestId, new Error('the engine works on another request'));
      return;
    }
    const cancel = new AbortController();
    this.#current = { requestId: command.requestId, cancel };
    void this.#work(command, cancel.signal);
  }

  async #work(
    command: Extract<EngineCommand, { type: 'load' | 'run' | 'unload' }>,
    signal: AbortSignal,
  ): Promise<void> {
    const { requestId } = command;
    let answer: EngineEvent;
    try {
      answer = await this.#answer(command, signal);
    } catch (error) {
      this.#current = null;
      if (signal.aborted) this.#send({ type: 'cancelled', requestId });
      else this.#fail(requestId, error);
      return;
    }
    this.#current = null;
    this.#send(answer);
  }

  async #answer(
    command: Extract<EngineCommand, { type: 'load' | 'run' | 'unload' }>,
    signal: AbortSignal,
  ): Promise<EngineEvent> {
    const { requestId } = command;
    const context = this.#createContext(requestId, signal);
    if (command.type === 'load')
      return { type: 'loaded', requestId, info: await this.#backend.load(command.model, context) };
    if (command.type === 'run')
      return { type: 'result', requestId, result: await this.#backend.run(command.job, context) };
    await this.#backend.unload();
    return { type: 'unloaded', requestId };
  }

  #createContext(requestId: number, signal: AbortSignal): WorkContext {
    return {
      signal,
      reportProgress: (step, steps, preview) => this.#send({ type: 'progress', requestId, step, steps, preview }),
      sendText: (text) => this.#send({ type: 'chunk', requestId, text }),
      announceBusy: (forMs) => this.#send({ type: 'busy', forMs: Math.round(forMs) }),
    };
  }

  #fail(requestId: number, error: unknown): void {
    this.#send({ type: 'failure', requestId, error: toErrorRecord(this.#kind, error) });
  }
}
