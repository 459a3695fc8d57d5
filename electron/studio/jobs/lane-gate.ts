import type { StudioError } from '../../contract/errors.ts';

/** How often lanes that wait without a known end look again, in milliseconds. */
const PROBE_MS = 5_000;

export type LaneGate = {
  /** Closes the gate until the time, or until the next probe. The newest reason stands. `failure` is what the sentence was made of. */
  close(sentence: string, retryAtMs: number | null, failure: StudioError): void;
  /** Opens it at once, for instance because a person restarted the engine. */
  open(): void;
  /** Why nothing moves, or null. */
  sentence(): string | null;
  /** What it was closed for, or null. */
  failure(): StudioError | null;
  /** Resolves when the gate is open or the signal aborts. */
  passage(signal: AbortSignal): Promise<void>;
};

export type LaneGateOptions = {
  readonly nowMs: () => number;
  readonly onChange: () => void;
  readonly probeMs?: number;
};

/**
 * Holds the lanes of a resource back while something outside of it is wrong: the engine is down, the disk is full, a model is missing.
 * It opens by itself and lets one try through to see; when that fails in the same way, it closes again.
 */
export function createLaneGate({ nowMs, onChange, probeMs = PROBE_MS }: LaneGateOptions): LaneGate {
  let reason: { readonly sentence: string; readonly failure: StudioError } | null = null;
  let timer: NodeJS.Timeout | null = null;
  const waiting = new Set<() => void>();

  function open(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (reason === null) return;
    reason = null;
    for (const pass of waiting) pass();
    waiting.clear();
    onChange();
  }

  return {
    close(sentence, retryAtMs, failure) {
      if (timer) clearTimeout(timer);
      const delayMs = retryAtMs === null ? probeMs : Math.max(probeMs, retryAtMs - nowMs());
      timer = setTimeout(open, delayMs);
      timer.unref();
      reason = { sentence, failure };
      onChange();
    },
    open,
    sentence: () => reason?.sentence ?? null,
    failure: () => reason?.failure ?? null,
    passage(signal) {
      if (reason === null || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const pass = () => {
          signal.removeEventListener('abort', pass);
          waiting.delete(pass);
          resolve();
        };
        waiting.add(pass);
        signal.addEventListener('abort', pass);
      });
    },
  };
}
