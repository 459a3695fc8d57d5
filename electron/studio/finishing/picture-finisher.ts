import { Worker } from 'node:worker_threads';
import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceReport } from '../../contract/compliance.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import { reviveError, StudioError } from '../../contract/errors.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import type { BrandVersionId } from '../../contract/identifiers.ts';
import type { FormatId } from '../../contract/plan.ts';

export type FinishInput = {
  readonly raster: Raster;
  readonly brandVersionId: BrandVersionId;
  readonly kit: BrandKit;
  /** Bytes of fonts and logos by their name in the kit. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly formatId: FormatId;
  readonly headline: string;
  readonly body: string;
  readonly callToAction: string;
  readonly forbiddenTerms: readonly string[];
  /** Lines that the market asks for; those that no other text says are set as the legal line. */
  readonly requiredTerms: readonly string[];
  readonly measuredAtMs: number;
};

/** The finished picture as PNG, in pixels of the channel format. */
export type FinishedPicture = {
  /** The picture under type and logo as PNG, at the size at which it was made. */
  readonly art?: Uint8Array;
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly template: { readonly name: string; readonly version: number };
  /** Name in the kit of the logo that was set, or null. */
  readonly logoFile: string | null;
  readonly report: ComplianceReport;
  /** What tells near duplicates apart; see sameness-check.ts. */
  readonly fingerprint: Uint8Array;
};

export type FinishReply = { readonly id: number } & (
  | { readonly picture: FinishedPicture }
  | { readonly error: ErrorRecord }
);

/** Sets type and logo on pictures and measures them, in a thread of its own so that nobody waits for it. */
export type PictureFinisher = {
  finish(input: FinishInput): Promise<FinishedPicture>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The bundle of the desktop has the thread's script beside it, already built. */
const workerFile = import.meta.url.endsWith('.ts') ? 'finish-worker.ts' : 'finish-worker.js';

type Waiting = { readonly resolve: (picture: FinishedPicture) => void; readonly reject: (error: Error) => void };

/** Starts the thread with the first picture. When it dies, what was in it fails with `internal.unexpected` and the next picture starts another. */
export function createPictureFinisher(): PictureFinisher {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let nextId = 1;

  function settle(reply: FinishReply): void {
    const entry = waiting.get(reply.id);
    waiting.delete(reply.id);
    // The thread alone must not keep the process alive, work in it must.
    if (waiting.size === 0) worker?.unref();
    if ('picture' in reply) entry?.resolve(reply.picture);
    else entry?.reject(reviveError(reply.error));
  }

  function failAll(cause: unknown): void {
    worker = null;
    const error = new StudioError(
      'internal.unexpected',
      'The thread that composes pictures ended.',
      { logId: 'finisher' },
      { cause },
    );
    for (const entry of waiting.values()) entry.reject(error);
    waiting.clear();
  }

  function startWorker(): Worker {
    const started = new Worker(new URL(workerFile, import.meta.url));
    started.on('message', settle);
    started.on('error', failAll);
    started.on('exit', (exitCode) => {
      if (worker === started) failAll(new Error(`exit code ${exitCode}`));
    });
    started.unref();
    return started;
  }

  return {
    finish(input) {
      worker ??= startWorker();
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<FinishedPicture>();
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, input });
      return promise;
    },
    async [Symbol.asyncDispose]() {
      const ending = worker;
      worker = null;
      await ending?.terminate();
      failAll(new Error('the studio closes'));
    },
  };
}
