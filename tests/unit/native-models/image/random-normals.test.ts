import { describe, expect, it } from 'vitest';
import { computeBlock, drawNormals } from '../../../../native-models/image/random-normals.ts';

describe('computeBlock', () => {
  // Known answers published with Random123 (kat_vectors, philox4x32 10).
  const known = [
    { counter: [0, 0, 0, 0], key: [0, 0], words: ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8'] },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      words: ['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd'],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      words: ['d16cfe09', '94fdcceb', '5001e420', '24126ea1'],
    },
  ] as const;
  for (const { counter, key, words } of known) {
    it(`gives the published words for counter ${counter[0].toString(16)}`, () => {
      const block = new Uint32Array(4);
      computeBlock(block, counter[0], counter[1], key[0], key[1], counter[2], counter[3]);
      expect([...block].map((word) => word.toString(16).padStart(8, '0'))).toEqual(words);
    });
  }
});

describe('drawNormals', () => {
  it('has mean 0, deviation 1 and the tails of a normal distribution', () => {
    const numbers = drawNormals(7, 0, 100_000);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
    const beyondTwo = numbers.filter((value) => Math.abs(value) > 2).length / numbers.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.003);
  });

  it('gives a shorter draw as the beginning of a longer one, and other numbers for other seeds and streams', () => {
    const long = drawNormals(1, 2, 1000);
    expect(drawNormals(1, 2, 333)).toEqual(long.subarray(0, 333));
    expect(drawNormals(2, 2, 1000)).not.toEqual(long);
    expect(drawNormals(1, 3, 1000)).not.toEqual(long);
  });

  it('keeps to the normal distribution everywhere, not only in its moments', () => {
    // Kolmogorov and Smirnov: the largest gap between the shares found and wanted; 1.63 / sqrt(n) is passed by 99 of 100.
    const numbers = drawNormals(11, 3, 20_000).toSorted();
    const gaps = [...numbers].map((value, index) => Math.abs((index + 0.5) / numbers.length - normalShare(value)));
    expect(Math.max(...gaps)).toBeLessThan(1.63 / Math.sqrt(numbers.length));
  });

  it('draws neighbours, streams and seeds that know nothing of each other', () => {
    const count = 50_000;
    const base = drawNormals(5, 0, count);
    const others = [drawNormals(5, 1, count), drawNormals(6, 0, count), drawNormals(6, 1, count)];
    // Four standard errors of a correlation of independent numbers.
    const limit = 4 / Math.sqrt(count);
    for (const other of others) expect(Math.abs(correlate(base, other))).toBeLessThan(limit);
    for (const lag of [1, 2, 3, 4, 64])
      expect(Math.abs(correlate(base.subarray(lag), base.subarray(0, count - lag)))).toBeLessThan(limit);
    expect(Math.abs(correlate(centreSquares(base.subarray(1)), centreSquares(base)))).toBeLessThan(limit);
  });

  it('stays the same for ever: recipes depend on it', () => {
    expect([...drawNormals(42, 0, 6)].map((value) => value.toFixed(6))).toMatchInlineSnapshot(`
      [
        "-0.736244",
        "1.416595",
        "-0.946687",
        "-0.151875",
        "-0.016958",
        "1.216056",
      ]
    `);
  });
});

function correlate(first: Float32Array, second: Float32Array): number {
  const count = Math.min(first.length, second.length);
  let [both, ones, twos] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const [one, two] = [first[index] ?? 0, second[index] ?? 0];
    both += one * two;
    ones += one * one;
    twos += two * two;
  }
  return both / Math.sqrt(ones * twos);
}

/** Share of the standard normal distribution below a value: Abramowitz and Stegun 26.2.17, good to 7.5e-8. */
function normalShare(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const tail =
    (Math.exp(-(value * value) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return value > 0 ? 1 - tail : tail;
}

function centreSquares(values: Float32Array): Float32Array {
  return values.map((value) => value * value - 1);
}
