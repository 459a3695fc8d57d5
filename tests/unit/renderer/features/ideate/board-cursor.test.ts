import { describe, expect, it } from 'vitest';
import { findSequential, findVertical } from '../../../../../renderer/features/ideate/board-cursor.ts';

/** A wide card over two rows of three. */
const boxes = [
  { id: 'persona', left: 0, top: 0, width: 380, height: 100 },
  ...['a', 'b', 'c'].map((id, column) => ({ id, left: column * 130, top: 120, width: 120, height: 90 })),
  ...['d', 'e'].map((id, column) => ({ id, left: column * 130, top: 230, width: 120, height: 90 })),
];

describe('findVertical', () => {
  it('goes to the card that stands straight above or below', () => {
    expect([findVertical(boxes, 'a', 'down'), findVertical(boxes, 'e', 'up'), findVertical(boxes, 'b', 'up')]).toEqual([
      'd',
      'b',
      'persona',
    ]);
  });
  it('takes the nearest card where a row is shorter', () => {
    expect(findVertical(boxes, 'c', 'down')).toBe('e');
  });
  it('stays at the edge and begins with the first card', () => {
    expect([
      findVertical(boxes, 'persona', 'up'),
      findVertical(boxes, 'e', 'down'),
      findVertical(boxes, '', 'down'),
      findVertical([], '', 'up'),
    ]).toEqual([null, null, 'persona', null]);
  });
});

describe('findSequential', () => {
  it('walks in reading order and stops at both ends', () => {
    const ids = ['a', 'b'];
    expect([
      findSequential(ids, null, 1),
      findSequential(ids, 'a', 1),
      findSequential(ids, 'b', 1),
      findSequential(ids, 'a', -1),
      findSequential(ids, 'gone', 1),
    ]).toEqual(['a', 'b', null, null, 'a']);
  });
});
