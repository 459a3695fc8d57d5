import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VerdictId } from '../../../../../electron/contract/identifiers.ts';
import { verdictIdSchema } from '../../../../../electron/contract/identifiers.ts';
import type { ReviewMarks } from '../../../../../electron/domain/review/decide.ts';
import { decideChanges, invertChanges } from '../../../../../electron/domain/review/decide.ts';
import type { VerdictGroup } from '../../../../../electron/domain/review/undo-stack.ts';
import { deriveUndoStack } from '../../../../../electron/domain/review/undo-stack.ts';
import { assetId, numberedId } from '../../../../support/review-fixtures.ts';

const marks: ReviewMarks[] = [
  { assetId: assetId(1), flag: 'none', stars: 0, status: 'unreviewed' },
  { assetId: assetId(2), flag: 'pick', stars: 3, status: 'approved' },
];
const group = (number: number) => verdictIdSchema.parse(numberedId(number));

describe('decideChanges', () => {
  test('changes only what is another value, and one axis alone', () => {
    expect(decideChanges(marks, { axis: 'status', value: 'approved' })).toEqual([
      { assetId: assetId(1), axis: 'status', before: 'unreviewed', after: 'approved' },
    ]);
    expect(decideChanges(marks, { axis: 'stars', value: 4 })).toEqual([
      { assetId: assetId(1), axis: 'stars', before: '0', after: '4' },
      { assetId: assetId(2), axis: 'stars', before: '3', after: '4' },
    ]);
  });

  test('decides an asset once that is named twice', () => {
    expect(decideChanges([...marks, ...marks], { axis: 'flag', value: 'reject' })).toHaveLength(2);
  });
});

describe('invertChanges', () => {
  test('takes changes back in reverse order', () => {
    const changes = decideChanges(marks, { axis: 'stars', value: 4 });
    expect(invertChanges(changes)).toEqual([
      { assetId: assetId(2), axis: 'stars', before: '4', after: '3' },
      { assetId: assetId(1), axis: 'stars', before: '4', after: '0' },
    ]);
  });
});

const decided = (number: number): VerdictGroup => ({ group: group(number), undoes: null });
const undone = (number: number, what: number): VerdictGroup => ({ group: group(number), undoes: group(what) });

describe('deriveUndoStack', () => {
  test('undoes the newest decision, then the one before', () => {
    expect(deriveUndoStack([])).toEqual({ undo: null, redo: null });
    expect(deriveUndoStack([decided(1), decided(2)])).toEqual({ undo: group(2), redo: null });
    expect(deriveUndoStack([decided(1), decided(2), undone(3, 2)])).toEqual({ undo: group(1), redo: group(3) });
  });

  test('forgets what could be redone after a new decision', () => {
    expect(deriveUndoStack([decided(1), undone(2, 1), decided(3)])).toEqual({ undo: group(3), redo: null });
  });

  test('counts the verdicts of one group once', () => {
    expect(deriveUndoStack([decided(1), decided(1), decided(2), decided(2), undone(3, 2), undone(3, 2)])).toEqual({
      undo: group(1),
      redo: group(3),
    });
  });

  test('agrees with a plain pair of stacks over any sequence', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('decide', 'undo', 'redo'), { maxLength: 40 }), (actions) => {
        const history: VerdictGroup[] = [];
        const done: string[] = [];
        const taken: string[] = [];
        const meaning = new Map<VerdictId, string>();
        for (const [index, action] of actions.entries()) {
          const id = group(index + 1);
          const { undo, redo } = deriveUndoStack(history);
          if (action === 'decide') {
            history.push({ group: id, undoes: null });
            meaning.set(id, `d${index}`);
            done.push(`d${index}`);
            taken.length = 0;
          } else {
            const target = action === 'undo' ? undo : redo;
            const wanted = action === 'undo' ? done.pop() : taken.pop();
            expect(target === null ? undefined : meaning.get(target)).toBe(wanted);
            if (target === null || wanted === undefined) continue;
            history.push({ group: id, undoes: target });
            meaning.set(id, wanted);
            (action === 'undo' ? taken : done).push(wanted);
          }
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
