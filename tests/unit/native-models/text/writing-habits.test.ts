import { expect, it } from 'vitest';
import { listSamplingOptions, parseHabits } from '../../../../native-models/text/writing-habits.ts';

it('a model that declares nothing, or nonsense, is prompted plainly and samples as the job says', () => {
  for (const value of [
    null,
    '',
    '{',
    '[]',
    '{"standIns":{"product":"Wren"}}',
    '{"minP":2}',
    '{"standIns":{"place":[]}}',
  ]) {
    const habits = parseHabits(value);
    expect(habits.standIns).toEqual({});
    expect(listSamplingOptions(habits)).toEqual({});
  }
});

it('what a model declares is followed', () => {
  const habits = parseHabits('{"standIns":{"product":[["Wren"]]},"minP":0.1,"guardTokens":40}');
  expect(habits.standIns).toEqual({ product: [['Wren']] });
  expect(listSamplingOptions(habits)).toMatchObject({ minP: 0.1, dryRepeatPenalty: { lastTokens: 40 } });
});
