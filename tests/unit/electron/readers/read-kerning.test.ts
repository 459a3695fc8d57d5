import { expect, it } from 'vitest';
import { readKerning } from '../../../../electron/readers/read-kerning.ts';

/** A GPOS table whose one `kern` lookup names the same subtable over and over; its coverage names all glyphs over and over. */
function buildTable(subtables: number, ranges: number): DataView {
  const lookup = 34;
  const pairs = lookup + 6 + subtables * 2;
  const coverage = pairs + 16;
  const classes = coverage + 4 + ranges * 6;
  const view = new DataView(new ArrayBuffer(classes + 6));
  const write = (at: number, ...values: readonly number[]) => {
    for (const [index, value] of values.entries()) view.setUint16(at + index * 2, value);
  };
  write(0, 1, 0, 0, 10, 30);
  // One feature "kern" with one lookup.
  write(10, 1, 0x6b65, 0x726e, 8, 0, 1, 0);
  write(30, 1, lookup - 30);
  write(lookup, 2, 0, subtables, ...Array.from({ length: subtables }, () => pairs - lookup));
  write(pairs, 2, coverage - pairs, 0, 0, classes - pairs, classes - pairs, 0, 0);
  write(coverage, 2, ranges, ...Array.from({ length: ranges }, () => [0, 0xffff, 0]).flat());
  write(classes, 1, 0, 0);
  return view;
}

it('kerning whose tables name the same glyphs over and over is refused at once', () => {
  expect(readKerning(buildTable(1, 1))(1, 2)).toBe(0);
  const beganAtMs = performance.now();
  expect(() => readKerning(buildTable(200, 40))).toThrow(/far too large/);
  expect(performance.now() - beganAtMs).toBeLessThan(2000);
});
