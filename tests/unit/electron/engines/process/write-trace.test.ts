import { describe, expect, it } from 'vitest';
import type { TraceSpan } from '../../../../../electron/contract/engine-protocol.ts';
import { formatTrace, sumByName } from '../../../../../electron/engines/process/write-trace.ts';
import { makeImageJob } from '../../../../support/fake-engine/make-jobs.ts';

const spans: TraceSpan[] = [
  { kind: 'stage', name: 'denoise', startMs: 2, durationMs: 10 },
  { kind: 'step', name: 'step 1 of 2', startMs: 2, durationMs: 5 },
  { kind: 'run', name: 'unet/model.onnx', startMs: 2.5, durationMs: 4 },
  { kind: 'run', name: 'unet/model.onnx', startMs: 7.5, durationMs: 4.25 },
];

describe('formatTrace', () => {
  it('draws stages, steps and network runs in rows of their own, in microseconds', () => {
    const trace = JSON.parse(formatTrace({ model: null, job: makeImageJob({ seed: 9 }), spans }));
    const rows = trace.traceEvents.filter(({ ph }: { ph: string }) => ph === 'M');
    expect(rows.map(({ tid, args }: { tid: number; args: object }) => [tid, args])).toEqual([
      [1, { name: 'stages' }],
      [2, { name: 'steps' }],
      [3, { name: 'session.run' }],
    ]);
    expect(trace.traceEvents.at(-1)).toEqual({
      name: 'unet/model.onnx',
      cat: 'run',
      ph: 'X',
      ts: 7500,
      dur: 4250,
      pid: 1,
      tid: 3,
    });
    expect(trace.otherData).toMatchObject({ model: null, job: { seed: 9 } });
  });
});

describe('sumByName', () => {
  it('counts stages and networks, and leaves steps to the drawing', () => {
    expect(sumByName(spans)).toEqual([
      { kind: 'stage', name: 'denoise', count: 1, totalMs: 10 },
      { kind: 'run', name: 'unet/model.onnx', count: 2, totalMs: 8.25 },
    ]);
  });
});
