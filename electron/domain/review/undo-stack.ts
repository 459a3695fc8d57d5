import type { Verdict } from '../../contract/asset.ts';
import type { VerdictId } from '../../contract/identifiers.ts';

/** A group of verdicts as the history shows it: its id, and the group that it takes back. */
export type VerdictGroup = Pick<Verdict, 'group' | 'undoes'>;
export type UndoStack = {
  /** The group that undo takes back next. */
  readonly undo: VerdictId | null;
  /** The undoing group that redo takes back next; a new decision empties this. */
  readonly redo: VerdictId | null;
};

/**
 * Derives what undo and redo would take back from the append-only history, oldest group first. Undo writes a group that undoes a decision; redo writes a group that
 * undoes that undoing, and can itself be undone again.
 */
export function deriveUndoStack(history: readonly VerdictGroup[]): UndoStack {
  const undoable: VerdictId[] = [];
  const redoable: VerdictId[] = [];
  let previous: VerdictId | null = null;
  for (const { group, undoes } of history) {
    if (group === previous) continue;
    previous = group;
    if (undoes === null) {
      undoable.push(group);
      redoable.length = 0;
    } else if (undoes === redoable.at(-1)) {
      redoable.pop();
      undoable.push(group);
    } else if (undoes === undoable.at(-1)) {
      undoable.pop();
      redoable.push(group);
    }
  }
  return { undo: undoable.at(-1) ?? null, redo: redoable.at(-1) ?? null };
}
