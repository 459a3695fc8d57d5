import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../../scripts/proof/labelled-set/random.ts';
import { scoreCheck, tuneThreshold, worstOf } from '../../../../../scripts/proof/labelled-set/score-set.ts';
import type { LabelledScore } from '../../../../../scripts/proof/labelled-set/score-set.ts';

const score = (half: LabelledScore['half'], violated: boolean, value: number, failed = violated): LabelledScore => ({
  half,
  violated,
  score: value,
  failed,
});

describe('tuneThreshold', () => {
  test('lies in the middle of the gap between good and bad', () => {
    const scores = [score('tune', false, 1), score('tune', false, 3), score('tune', true, 9), score('tune', true, 20)];
    expect(tuneThreshold(scores, 'lower')).toBe(6);
    expect(
      tuneThreshold(
        scores.map((one) => ({ ...one, score: -one.score })),
        'higher',
      ),
    ).toBe(-6);
  });
});

describe('scoreCheck', () => {
  test('chooses on one half and counts on the other only', () => {
    const scores = [
      score('tune', false, 1),
      score('tune', true, 9),
      score('report', false, 2),
      score('report', false, 8),
      score('report', true, 7),
      score('report', true, 3),
    ];
    expect(scoreCheck(scores, 'lower')).toEqual({ recall: 0.5, falseAlarms: 0.5, violated: 2, clean: 2, threshold: 5 });
  });

  test('takes the verdict of a check with a threshold of its own', () => {
    const scores = [score('report', true, 0), score('report', true, 0, false), score('report', false, 0)];
    expect(scoreCheck(scores, null)).toMatchObject({ recall: 0.5, falseAlarms: 0, threshold: null });
  });

  test('has no recall without a violated asset, and the worst check decides', () => {
    const none = scoreCheck([score('report', false, 0)], null);
    expect(none.recall).toBeNull();
    expect(worstOf({ terms: none, logo: { ...none, recall: 0.9, falseAlarms: 0.1 } })).toEqual({
      recall: 0.9,
      falseAlarms: 0.1,
    });
  });
});

function draw(seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: 5 }, () => random.next());
}

test('the stream of numbers is the same from the same seed', () => {
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(draw(3).every((value) => value >= 0 && value < 1)).toBe(true);
});
