import type { LaneGate } from './lane-gate.ts';

export type PatienceOptions = {
  readonly gate: Pick<LaneGate, 'failure'>;
  /** Milliseconds behind a shut gate, without a job done, before whoever waits gives up. */
  readonly limitMs: number;
  readonly monotonicMs: () => number;
};

/**
 * For callers that nobody looks at: a gate opens by itself and shuts again when the same thing is still wrong, so waiting for it may have no end.
 * Jobs that fail are no progress; a job that is done is.
 */
export class Patience {
  readonly #options: PatienceOptions;
  #done: number | null = null;
  #sinceMs: number | null = null;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** Call with what is done by now. @throws what the gate was shut for, when it has taken too long */
  look(done: number): void {
    const { gate, limitMs, monotonicMs } = this.#options;
    if (done !== this.#done) this.#sinceMs = null;
    this.#done = done;
    const failure = gate.failure();
    if (failure === null) return;
    this.#sinceMs ??= monotonicMs();
    if (monotonicMs() - this.#sinceMs >= limitMs) throw failure;
  }
}
