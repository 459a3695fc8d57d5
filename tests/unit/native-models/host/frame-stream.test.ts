import { describe, expect, it } from 'vitest';
import * as reader from '../../../../electron/readers/frame-stream.ts';
import * as studio from '../../../../electron/engines/process/frame-stream.ts';
import * as engine from '../../../../native-models/host/frame-stream.ts';

const VALUES = [
  { type: 'ready', nothing: null, missing: undefined, number: 1.5, text: 'ü\u0000', list: [1, 'a'] },
  { pixels: new Uint8Array([1, 2, 3]), vector: new Float32Array([0.5, -1]) },
  'a text',
  0,
  true,
  new Uint8Array(300_000).fill(7),
];

for (const [name, { encodeFrame }, { FrameDecoder }] of [
  ['studio to engine', studio, engine],
  ['engine to studio', engine, studio],
  ['studio to reader', studio, reader],
  ['reader to studio', reader, studio],
] as const) {
  describe(`frames from ${name}`, () => {
    it('carry every value, however the bytes are cut', () => {
      const bytes = Buffer.concat(VALUES.map(encodeFrame));
      for (const size of [1, 3, 1000, 65_536, bytes.length]) {
        if (size === 1 && bytes.length > 1e6) continue;
        const decoder = new FrameDecoder();
        const received: unknown[] = [];
        for (let start = 0; start < bytes.length; start += size)
          received.push(...decoder.push(bytes.subarray(start, start + size)));
        expect(received).toEqual(VALUES);
      }
    });

    it('refuse a length over the limit before any memory is taken', () => {
      expect(() => new FrameDecoder().push(Buffer.from([255, 255, 255, 255]))).toThrow('over the limit');
    });

    it('refuse bytes that are no structured clone', () => {
      expect(() => new FrameDecoder().push(Buffer.from([4, 0, 0, 0, 9, 9, 9, 9]))).toThrow();
    });
  });
}
