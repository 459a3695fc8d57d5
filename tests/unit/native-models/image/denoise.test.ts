import { describe, expect, it } from 'vitest';
import { assertFinite } from '../../../../native-models/image/pipeline/denoise.ts';
import { embedGuidance } from '../../../../native-models/image/pipeline/families/guidance-embedding.ts';

describe('assertFinite', () => {
  it('names the step at which the numbers overflowed', () => {
    expect(() => assertFinite(new Float32Array([1, Number.NaN]), 'step 3 of 20')).toThrow('step 3 of 20');
    expect(() => assertFinite(new Float32Array([Number.POSITIVE_INFINITY]), 'the last stage')).toThrow(
      'the last stage',
    );
    expect(() => assertFinite(new Float32Array([1, -1e30]), 'step 1 of 2')).not.toThrow();
  });
});

describe('embedGuidance', () => {
  it('gives sines, then cosines, of 1000 (guidance - 1) at falling frequencies', () => {
    const embedding = embedGuidance(8.5, 8);
    const angles = [0, 1, 2, 3].map((index) => 7500 * 10_000 ** (-index / 3));
    expect([...embedding]).toEqual([...new Float32Array([...angles.map(Math.sin), ...angles.map(Math.cos)])]);
  });
});
