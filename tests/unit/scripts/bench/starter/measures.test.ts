import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../../../electron/contract/engine-protocol.ts';
import { measureRecall } from '../../../../../scripts/bench/starter/measure-vision.ts';
import {
  isCalm,
  measureColourDistance,
  measureOctaves,
  measureRepeat,
  measureSeams,
} from '../../../../../scripts/bench/starter/picture-measures.ts';
import { classify, fitProbe } from '../../../../../scripts/bench/starter/probe.ts';

const EDGE = 64;

function paint(colour: (x: number, y: number) => readonly [number, number, number]): Raster {
  const rgb = new Uint8Array(EDGE * EDGE * 3);
  for (let y = 0; y < EDGE; y += 1) for (let x = 0; x < EDGE; x += 1) rgb.set(colour(x, y), (y * EDGE + x) * 3);
  return { width: EDGE, height: EDGE, rgb };
}

const NAVY = [0x14, 0x21, 0x3f] as const;
const CREAM = [0xfb, 0xe9, 0xc6] as const;
const halves = paint((x) => (x < EDGE / 2 ? NAVY : CREAM));
const dots = (x: number, y: number) => ((x >> 2) + (y >> 2)) % 2 === 0;

describe('measures of a picture', () => {
  it('finds named colours that are there and misses others', () => {
    expect(measureColourDistance(halves, ['navy', 'cream'])).toBeLessThan(1);
    expect(measureColourDistance(halves, ['red', 'green'])).toBeGreaterThan(25);
  });

  it('calls the asked space calm only when the busy part is elsewhere', () => {
    const busyBelow = paint((x, y) => (y > EDGE / 2 && dots(x, y) ? NAVY : CREAM));
    expect(isCalm(busyBelow, 'open space at the top')).toBe(true);
    expect(isCalm(busyBelow, 'open space at the bottom')).toBe(false);
    expect(isCalm(busyBelow, 'centred')).toBeNull();
  });

  it('reads a blurred edge as less sharp in the finest octave', () => {
    const soft = paint((x) => {
      const share = Math.min(1, Math.max(0, (x - 24) / 16));
      return [NAVY[0] + share * (CREAM[0] - NAVY[0]), NAVY[1] + share * (CREAM[1] - NAVY[1]), 120];
    });
    const checks = paint((x, y) => ((x + y) % 2 === 0 ? NAVY : CREAM));
    expect(measureOctaves(checks)[0]).toBeGreaterThan((measureOctaves(soft)[0] ?? 0) * 5);
  });

  it('sees steps on cell borders as seams and halves alike as a repeat', () => {
    expect(
      measureSeams(
        paint((x) => ((x >> 4) % 2 === 0 ? NAVY : CREAM)),
        16,
      ),
    ).toBeGreaterThan(5);
    expect(measureRepeat(paint((x, y) => (dots(x >> 1, y >> 1) ? NAVY : CREAM)))).toBeGreaterThan(0.99);
    expect(measureRepeat(paint((x, y) => (x > 40 && y > 44 ? NAVY : CREAM)))).toBeLessThan(0.5);
  });
});

describe('measures of vectors', () => {
  const axes = [0, 1, 2].map((axis) => Float32Array.from({ length: 3 }, (_, at) => (at === axis ? 1 : 0)));

  it('counts a query as found when one with its caption is among the nearest', () => {
    expect(measureRecall(axes, axes, ['a', 'b', 'c'], 1)).toBe(1);
    const turned = [axes[1], axes[2], axes[0]].map((axis) => axis ?? new Float32Array(3));
    expect(measureRecall(axes, turned, ['a', 'b', 'c'], 1)).toBe(0);
    expect(measureRecall(axes, turned, ['a', 'a', 'a'], 1)).toBe(1);
  });

  it('fits a probe that names separable classes', async () => {
    const probe = await fitProbe([...axes, ...axes], ['a', 'b', 'c', 'a', 'b', 'c']);
    expect(axes.map((axis) => classify(probe, axis))).toEqual(['a', 'b', 'c']);
  });
});
