import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutSurvey } from '../../../../../renderer/features/review/survey-layout.ts';

describe('layoutSurvey', () => {
  test('puts two wide pictures under each other and two tall ones beside each other', () => {
    expect(layoutSurvey(2, 800, 800, 2, 0)).toMatchObject({ columns: 1, rows: 2 });
    expect(layoutSurvey(2, 800, 800, 0.5, 0)).toMatchObject({ columns: 2, rows: 1 });
  });

  test('fits every picture into the frame', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 200, max: 2000 }),
        fc.integer({ min: 200, max: 1200 }),
        fc.double({ min: 0.2, max: 8, noNaN: true }),
        (count, width, height, aspect) => {
          const layout = layoutSurvey(count, width, height, aspect, 8);
          expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(count);
          expect(layout.columns * layout.widthPx + (layout.columns - 1) * 8).toBeLessThanOrEqual(width + 0.001);
          expect(layout.rows * layout.heightPx + (layout.rows - 1) * 8).toBeLessThanOrEqual(height + 0.001);
        },
      ),
    );
  });
});
