import type { ImageJob, ModelInfo, TraceSpan } from '../../contract/engine-protocol.ts';

/** How long the parts of one picture took. */
export type PictureTiming = {
  readonly model: ModelInfo | null;
  readonly job: ImageJob;
  readonly spans: readonly TraceSpan[];
};

/** One row of the drawing for each kind, so that a step lies under its stage and a run of a network under its step. */
const ROWS: readonly { readonly kind: TraceSpan['kind']; readonly title: string }[] = [
  { kind: 'stage', title: 'stages' },
  { kind: 'step', title: 'steps' },
  { kind: 'run', title: 'session.run' },
];

/**
 * In the trace event format of Chrome, which Perfetto and chrome://tracing draw: times in microseconds, complete events ("X"), and
 * names for the rows ("M"). Sums per stage and network are beside it, for people and scripts.
 */
export function formatTrace({ model, job, spans }: PictureTiming): string {
  const names = ROWS.map(({ title }, row) => ({
    name: 'thread_name',
    ph: 'M',
    pid: 1,
    tid: row + 1,
    args: { name: title },
  }));
  const events = spans.map(({ kind, name, startMs, durationMs }) => ({
    name,
    cat: kind,
    ph: 'X',
    ts: Math.round(startMs * 1000),
    dur: Math.round(durationMs * 1000),
    pid: 1,
    tid: ROWS.findIndex((row) => row.kind === kind) + 1,
  }));
  const { width, height, steps, scheduler, guidance, seed } = job;
  const trace = {
    traceEvents: [...names, ...events],
    displayTimeUnit: 'ms',
    otherData: {
      model: model?.name ?? null,
      device: model?.device ?? null,
      deviceReason: model?.deviceReason ?? null,
      engineBuild: model?.engineBuild ?? null,
      job: { width, height, steps, scheduler, guidance, seed },
      totals: sumByName(spans),
    },
  };
  return `${JSON.stringify(trace, null, 1)}\n`;
}

export type TraceTotal = { readonly kind: TraceSpan['kind']; readonly name: string; count: number; totalMs: number };

/** Stages and networks with how often and how long they ran; steps are in the events only. */
export function sumByName(spans: readonly TraceSpan[]): TraceTotal[] {
  const totals = new Map<string, TraceTotal>();
  for (const { kind, name, durationMs } of spans) {
    if (kind === 'step') continue;
    const key = `${kind} ${name}`;
    const total = totals.get(key) ?? { kind, name, count: 0, totalMs: 0 };
    total.count += 1;
    total.totalMs = Math.round((total.totalMs + durationMs) * 1000) / 1000;
    totals.set(key, total);
  }
  return [...totals.values()];
}
