import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByMargin } from '../../../../../electron/library/index/order-by-margin.ts';

describe('orderByMargin', () => {
  it('orders like a comparison of margins and then of positions', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { maxLength: 300 }), (values) => {
        const margins = Float32Array.from(values, (value) => value + 0);
        const positions = Int32Array.from(margins.keys()).filter((position) => position % 3 !== 0);
        const expected = [...positions].sort((a, b) => (margins[a] ?? 0) - (margins[b] ?? 0) || a - b);
        expect([...orderByMargin(positions, margins)]).toEqual(expected);
      }),
    );
  });

  it('keeps positions exact beyond what fits beside a whole margin', () => {
    const margins = new Float32Array(3_000_001);
    margins[3_000_000] = -1;
    margins[7] = 5;
    expect([...orderByMargin(Int32Array.of(7, 2_999_999, 3_000_000), margins)]).toEqual([3_000_000, 2_999_999, 7]);
  });
});
