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
