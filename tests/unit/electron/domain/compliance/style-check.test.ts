import { describe, expect, test } from 'vitest';
import {
  checkStyle,
  measureStyle,
  measureStyleDistance,
} from '../../../../../electron/domain/compliance/style-check.ts';
import type { StyleReference } from '../../../../../electron/domain/compliance/style-check.ts';

/** Unit vectors in a plane, as far apart as their angles; `crowd` turns them all towards each other, as an encoder does that finds everything alike. */
const vectorAt = (degrees: number, crowd = 1) => {
  const angle = (degrees * crowd * Math.PI) / 180;
  return new Float32Array([Math.cos(angle), Math.sin(angle)]);
};
const reference = (degrees: number, crowd = 1): StyleReference => {
  const parts = [vectorAt(degrees, crowd)];
  return { parts, views: parts };
};
const brand = (crowd = 1) => measureStyle([0, 20, 36, 60, 72].map((degrees) => reference(degrees, crowd)));
const judge = (degrees: number, crowd = 1) => checkStyle([vectorAt(degrees, crowd)], brand(crowd), 0.31);

describe('measureStyleDistance', () => {
  test('looks for a part in any view of the two nearest references', () => {
    const turned = { parts: [vectorAt(90)], views: [vectorAt(90), vectorAt(0)] };
    expect(measureStyleDistance([vectorAt(0)], [turned, reference(90)])).toBeCloseTo(0.5);
    expect(measureStyleDistance([vectorAt(0)], [turned, reference(0), reference(90)])).toBeCloseTo(0);
    expect(measureStyleDistance([vectorAt(0)], [reference(0)])).toBeCloseTo(0);
  });

  test('asks two parts to be like the brand, not all of them', () => {
    const references = [reference(0), reference(0)];
    expect(measureStyleDistance([vectorAt(0), vectorAt(0), vectorAt(90)], references)).toBeCloseTo(0);
    expect(measureStyleDistance([vectorAt(0), vectorAt(90), vectorAt(90)], references)).toBeCloseTo(0.5);
  });

  test('is null without references or parts', () => {
    expect(measureStyleDistance([vectorAt(0)], [])).toBeNull();
    expect(measureStyleDistance([], [reference(0)])).toBeNull();
  });
});

describe('checkStyle', () => {
  test('passes what lies among the references and fails what lies farther than they do', () => {
    expect(judge(44)).toMatchObject({ name: 'style', passed: true, threshold: 0.31 });
    expect(judge(150)).toMatchObject({ passed: false, reason: expect.stringContaining('unlike the brand') });
  });

  test('says the same of the eyes of an encoder that finds everything more alike', () => {
    for (const [degrees, passed] of [
      [10, true],
      [44, true],
      [120, false],
      [150, false],
    ] as const) {
      expect(judge(degrees).passed).toBe(passed);
      expect(judge(degrees, 0.5).passed).toBe(passed);
    }
  });

  test('does not fail pictures for references that are copies of each other', () => {
    const copies = measureStyle([0, 0, 0, 0].map((degrees) => reference(degrees)));
    expect(checkStyle([vectorAt(8)], copies, 0.31).passed).toBe(true);
    expect(checkStyle([vectorAt(30)], copies, 0.31).passed).toBe(false);
  });

  test('says that it does not judge from few references, and passes', () => {
    const few = measureStyle([reference(0), reference(1), reference(2)]);
    expect(checkStyle([vectorAt(90)], few, 0.31)).toMatchObject({
      passed: true,
      score: 0,
      reason: expect.stringContaining('Not judged: the brand has 3 style references.'),
    });
    expect(checkStyle([vectorAt(0)], measureStyle([]), 0.31)).toMatchObject({
      passed: true,
      reason: 'The brand has no style references to compare with.',
    });
  });
});
