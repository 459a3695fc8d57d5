import type { DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable } from '../../../electron/contract/ideation.ts';
import type { Action } from '../../app/actions.ts';
import { useActions } from '../../app/use-actions.ts';
import { message } from '../../lib/messages/message.ts';
import { findSequential, findVertical } from './board-cursor.ts';
import type { BoardChanges } from './use-board-changes.ts';

export interface BoardActionInput {
  board: readonly Deliverable[];
  active: Deliverable | null;
  changes: BoardChanges;
  canIdeate: boolean;
  running: boolean;
  canProduce: boolean;
  canSave: boolean;
  onActivate: (id: DeliverableId) => void;
  onEdit: (id: DeliverableId) => void;
  onReplace: (id: DeliverableId) => void;
  onIdeate: () => void;
  onStop: () => void;
  onProduce: () => void;
  onSave: () => void;
  onToggleBrief: () => void;
}

function action(id: string, title: string, keys: string[], run: () => void, enabled = true): Action {
  return { id: `ideate.${id}`, title, keys, scope: 'ideate', run, enabled };
}

function cardElements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('#board [data-card]')];
}

/** Everything that can be done on the board, with its keys. */
export function useBoardActions(input: BoardActionInput): void {
  const { board, active, changes } = input;
  const concepts = board.filter((entry) => entry.content.kind === 'concept');
  const isConcept = active?.content.kind === 'concept';

  function activate(id: string | null) {
    const entry = board.find((candidate) => candidate.id === id);
    if (!entry) return;
    input.onActivate(entry.id);
    const element = cardElements().find((card) => card.dataset['card'] === entry.id);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  }
  function moveVertically(direction: 'up' | 'down') {
    const boxes = cardElements().map((card) => {
      const { left, top, width, height } = card.getBoundingClientRect();
      return { id: card.dataset['card'] ?? '', left, top, width, height };
    });
    activate(findVertical(boxes, active?.id ?? '', direction));
  }
  const moveBy = (step: 1 | -1) =>
    activate(
      findSequential(
        cardElements().map((card) => card.dataset['card'] ?? ''),
        active?.id ?? null,
        step,
      ),
    );
  function bin(entry: Deliverable) {
    moveBy(1);
    changes.bin.mutate([entry.id]);
  }
  const onActive = (run: (entry: Deliverable) => void) => () => active && run(active);
  const move = (id: string, title: string, key: string, run: () => void): Action => ({
    ...action(id, title, [key], run, board.length > 0),
    unlisted: true,
  });

  useActions([
    action('run', message('ideate.run'), ['mod+enter'], input.onIdeate, input.canIdeate),
    action('stop', message('ideate.stop'), ['mod+.'], input.onStop, input.running),
    action('produce', message('ideate.action.produce'), ['shift+enter'], input.onProduce, input.canProduce),
    action(
      'choose',
      message('ideate.action.choose'),
      ['space'],
      onActive((entry) => changes.choose.mutate({ ids: [entry.id], chosen: !entry.chosen })),
      isConcept,
    ),
    action(
      'chooseAll',
      message('ideate.action.chooseAll'),
      ['mod+a'],
      () =>
        changes.choose.mutate({ ids: concepts.map(({ id }) => id), chosen: !concepts.every((entry) => entry.chosen) }),
      concepts.length > 0,
    ),
    action(
      'edit',
      message('ideate.action.edit'),
      ['e', 'enter'],
      onActive((entry) => input.onEdit(entry.id)),
      active !== null,
    ),
    action(
      'replace',
      message('ideate.action.replace'),
      ['r'],
      onActive((entry) => input.onReplace(entry.id)),
      isConcept && input.canIdeate,
    ),
    action('bin', message('ideate.action.bin'), ['delete', 'backspace'], onActive(bin), active !== null),
    move('next', message('ideate.action.next'), 'arrowright', () => moveBy(1)),
    move('previous', message('ideate.action.previous'), 'arrowleft', () => moveBy(-1)),
    move('up', message('ideate.action.up'), 'arrowup', () => moveVertically('up')),
    move('down', message('ideate.action.down'), 'arrowdown', () => moveVertically('down')),
    action('saveBrief', message('ideate.brief.save'), ['mod+s'], input.onSave, input.canSave),
    action('toggleBrief', message('ideate.brief.hide'), ['b'], input.onToggleBrief),
    action('editBrief', message('ideate.action.editBrief'), ['shift+b'], () =>
      document.getElementById('brief-text')?.focus(),
    ),
  ]);
}
