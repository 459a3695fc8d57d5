import { describe, expect, it } from 'vitest';
import { readFormatMeasures } from '../../../../../renderer/features/produce/format-measures.ts';
import type { FormatMeasures } from '../../../../../renderer/features/produce/format-measures.ts';

const measures: FormatMeasures = { name: ' Poster ', unit: 'px', width: '1400', height: '700', dpi: '300' };
const read = (change: Partial<FormatMeasures>) => readFormatMeasures({ ...measures, ...change });

describe('readFormatMeasures', () => {
  it('takes pixels as they are', () => {
    expect(read({ dpi: '' }).format).toEqual({ name: 'Poster', width: 1400, height: 700 });
  });
  it('counts millimetres at the resolution, with a comma too', () => {
    expect(read({ unit: 'mm', width: '210', height: '297' }).format).toMatchObject({ width: 2480, height: 3508 });
    expect(read({ unit: 'mm', width: '52,5', height: '74.25', dpi: '150' }).format).toMatchObject({
      width: 310,
      height: 438,
    });
  });
  it('says nothing while something is to be filled in, and what is wrong afterwards', () => {
    expect(read({ width: '' })).toEqual({ format: null, problem: null });
    expect(read({ width: 'wide' }).problem).toMatch(/64 to 8,?192 pixels/);
    expect(read({ unit: 'mm', dpi: '5' }).problem).toMatch(/30 to 1,?200/);
    expect(read({ width: '4000', height: '100' }).problem).toMatch(/40\.0 times/);
  });
});
