import { describe, expect, it } from 'vitest';
import type { ReviewStatus } from '../../../../../electron/contract/asset.ts';
import type { VerdictRule } from '../../../../../electron/contract/review.ts';
import type { Role } from '../../../../../electron/contract/role.ts';
import { deriveStatus } from '../../../../../electron/domain/review/derive-status.ts';

/** One after the other, each by another person. */
const said = (...words: readonly (readonly [ReviewStatus, Role?])[]) =>
  words.map(([value, role = 'reviewer'], place) => ({ value, role, place }));

const cases: readonly (readonly [string, VerdictRule, ReturnType<typeof said>, ReviewStatus])[] = [
  ['nobody', { kind: 'newest' }, [], 'unreviewed'],
  ['the last word', { kind: 'newest' }, said(['approved'], ['rejected']), 'rejected'],
  [
    'the last word, whatever the order of rows',
    { kind: 'newest' },
    said(['approved'], ['rejected']).toReversed(),
    'rejected',
  ],
  ['somebody who put it back', { kind: 'newest' }, said(['approved'], ['unreviewed']), 'unreviewed'],
  ['all the same', { kind: 'unanimous' }, said(['approved'], ['approved']), 'approved'],
  ['one who disagrees', { kind: 'unanimous' }, said(['approved'], ['approved'], ['redo']), 'unreviewed'],
  ['one who says nothing', { kind: 'unanimous' }, said(['approved'], ['unreviewed']), 'approved'],
  ['too few', { kind: 'quorum', count: 2 }, said(['approved'], ['rejected']), 'unreviewed'],
  ['enough', { kind: 'quorum', count: 2 }, said(['approved'], ['rejected'], ['approved']), 'approved'],
  [
    'as many on each side',
    { kind: 'quorum', count: 2 },
    said(['approved'], ['redo'], ['approved'], ['redo']),
    'unreviewed',
  ],
  [
    'more on one side',
    { kind: 'quorum', count: 2 },
    said(['redo'], ['redo'], ['approved'], ['approved'], ['approved']),
    'approved',
  ],
  [
    'the last word of the role',
    { kind: 'role', role: 'producer' },
    said(['approved', 'admin'], ['rejected', 'reviewer']),
    'approved',
  ],
  ['nobody of the role', { kind: 'role', role: 'admin' }, said(['approved', 'producer']), 'unreviewed'],
];

describe('deriveStatus', () => {
  it.each(cases)('by %s', (_name, rule, standing, status) => {
    expect(deriveStatus(rule, standing)).toBe(status);
  });
});
