import { expect, it } from 'vitest';
import { parseKit } from '../../../../../electron/domain/brand/parse-kit.ts';
import { parseBrief } from '../../../../../electron/domain/brief/parse-brief.ts';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index));
const briefOf = (keys: number) => `---\nname: a\n${lines(keys, (index) => `k${index}: v`).join('\n')}\n---\n`;
const kitOf = (keys: number) => `{${lines(keys, (index) => `"k${index}":"v"`).join(',\n')}}`;

/** Milliseconds until it is refused. */
function refusalMs(parse: () => unknown): number {
  const beganAtMs = performance.now();
  expect(parse).toThrow(/not a known field|characters|KiB/);
  return performance.now() - beganAtMs;
}

it.each([
  ['a brief of 10,000 unknown fields', () => parseBrief(briefOf(10_000), 'brief.md')],
  ['a brief of 20,000 unknown fields', () => parseBrief(briefOf(20_000), 'brief.md')],
  ['a kit of 20,000 unknown fields', () => parseKit(kitOf(20_000), 'brand.json')],
  ['a kit of a million characters', () => parseKit(kitOf(80_000), 'brand.json')],
])('%s is refused at once', (_, parse) => {
  expect(refusalMs(parse)).toBeLessThan(500);
});

it('four times as many fields take about four times as long, not sixteen', () => {
  refusalMs(() => parseBrief(briefOf(500), 'brief.md'));
  const few = Math.min(...lines(3, () => '').map(() => refusalMs(() => parseBrief(briefOf(1000), 'brief.md'))));
  const many = Math.min(...lines(3, () => '').map(() => refusalMs(() => parseBrief(briefOf(4000), 'brief.md'))));
  expect(many / few).toBeLessThan(9);
});
