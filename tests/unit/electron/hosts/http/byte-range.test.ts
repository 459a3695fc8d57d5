import { describe, expect, it } from 'vitest';
import { parseByteRange } from '../../../../../electron/hosts/http/byte-range.ts';

describe('parseByteRange', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['bytes=-', null],
    ['items=0-1', null],
    ['bytes=0-1,4-5', null],
    ['bytes=a-b', null],
    ['bytes=1e3-', null],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-', { start: 10, end: 99 }],
    ['bytes=-5', { start: 95, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=5-4', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
  ] as const)('reads %s', (header, expected) => {
    expect(parseByteRange(header, 100)).toEqual(expected);
  });
});
