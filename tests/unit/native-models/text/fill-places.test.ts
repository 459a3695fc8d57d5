import { expect, it } from 'vitest';
import { fillPlaces } from '../../../../native-models/text/fill-places.ts';

const instructions = {
  system: 's',
  user: 'Product: {notes}\n{facts}\n--\n{notes}\nend',
  spare: [
    { place: '{facts}', lines: ['- one', '- {notes}'] },
    { place: '{notes}', lines: ['first $&', 'second', 'third'] },
  ],
  maxTokens: 10,
};
const within = (most: number) => (_: string, user: string) => user.length <= most;

it('everything stands in its place where there is room, and what looks like a place stays', () => {
  expect(fillPlaces(instructions, () => true)).toEqual({
    system: 's',
    user: 'Product: {notes}\n- one\n- {notes}\n--\nfirst $&\nsecond\nthird\nend',
    leftOut: [],
  });
});

it('the last lines are left out first, whole, and named', () => {
  const whole = fillPlaces(instructions, () => true).user.length;
  for (let most = whole - 1; most > 40; most -= 1) {
    const { user, leftOut } = fillPlaces(instructions, within(most));
    expect(user.length).toBeLessThanOrEqual(most);
    expect(['- one', '- {notes}', 'first $&', 'second', 'third'].slice(-leftOut.length)).toEqual(leftOut);
  }
  expect(fillPlaces(instructions, within(whole - 1)).leftOut).toEqual(['third']);
});

it('says that there is none where nothing fits or nothing is there', () => {
  const { user, leftOut } = fillPlaces(instructions, () => false);
  expect(user).toBe('Product: {notes}\n(none)\n--\n(none)\nend');
  expect(leftOut).toHaveLength(5);
  expect(fillPlaces({ ...instructions, spare: [] }, () => true).leftOut).toEqual([]);
});
