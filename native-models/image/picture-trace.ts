import type { TraceSpan } from '../../electron/contract/engine-protocol.ts';

/** A picture of many tiles runs a network often; what comes after this many spans is left out. */
const MAX_SPANS = 5000;

/** Collects how long the parts of one picture took, in milliseconds since its start. */
export class PictureTrace {
  readonly #startedAtMs = performance.now();
  readonly #spans: TraceSpan[] = [];
  #stepStartedAtMs = 0;

  /** Times by the same clock, performance.now. */
  add(kind: TraceSpan['kind'], name: string, fromMs: number, toMs: number): void {
    if (this.#spans.length >= MAX_SPANS) return;
    const startMs = Math.max(0, fromMs - this.#startedAtMs);
    this.#spans.push({ kind, name, startMs, durationMs: Math.max(0, toMs - fromMs) });
  }

  /** Called at the end of each step: the span reaches back to the step before, or to the network's last call before the first. */
  endStep(step: number, steps: number): void {
    const nowMs = performance.now();
    const lastRun = this.#spans.findLast(({ kind }) => kind === 'run');
    const from = step === 1 && lastRun !== undefined ? this.#startedAtMs + lastRun.startMs : this.#stepStartedAtMs;
    this.add('step', `step ${step} of ${steps}`, from || this.#startedAtMs, nowMs);
    this.#stepStartedAtMs = nowMs;
  }

  /** The stages follow each other without a gap. */
  finish(seconds: { readonly encode: number; readonly denoise: number; readonly decode: number }): TraceSpan[] {
    let startMs = 0;
    const stages = (['encode', 'denoise', 'decode'] as const).map((name): TraceSpan => {
      const span = { kind: 'stage' as const, name, startMs, durationMs: seconds[name] * 1000 };
      startMs += span.durationMs;
      return span;
    });
    return [...stages, ...this.#spans].toSorted((a, b) => a.startMs - b.startMs || b.durationMs - a.durationMs);
  }
}
