import { useMemo } from 'react';
import { useActions } from '../../app/use-actions.ts';
import type { Action } from '../../app/actions.ts';
import type { Decision } from '../../../electron/contract/review.ts';
import { message } from '../../lib/messages/message.ts';
import { countShown } from './asset-list.ts';
import { MAX_TILE_PX, MIN_TILE_PX } from './grid-layout.ts';
import type { GridMove } from './grid-layout.ts';
import { countPlaces } from './places.ts';
import {
  binTargets,
  compareOrSwap,
  decide,
  leaveView,
  moveCursor,
  planFromPicture,
  promote,
  redo,
  selectEverything,
  toggleAutoAdvance,
  toggleCompareLayout,
  toggleCompareSide,
  toggleLoupe,
  toggleSurvey,
  toggleZoom,
  undo,
  updateList,
  varyTargets,
} from './review-commands.ts';
import { useReviewStore } from './review-store.ts';

interface DecisionKey {
  readonly id: string;
  readonly key: string;
  readonly decision: Decision;
  readonly title: string;
}

/** Flag, stars and status are three axes of their own; each key sets one of them. */
export const decisionKeys: readonly DecisionKey[] = [
  { id: 'pick', key: 'p', decision: { axis: 'flag', value: 'pick' }, title: message('review.pick') },
  { id: 'rejectFlag', key: 'x', decision: { axis: 'flag', value: 'reject' }, title: message('review.rejectFlag') },
  { id: 'unflag', key: 'u', decision: { axis: 'flag', value: 'none' }, title: message('review.unflag') },
  { id: 'approve', key: 'a', decision: { axis: 'status', value: 'approved' }, title: message('review.approve') },
  { id: 'reject', key: 'r', decision: { axis: 'status', value: 'rejected' }, title: message('review.reject') },
  { id: 'redo', key: 'd', decision: { axis: 'status', value: 'redo' }, title: message('review.markRedo') },
  { id: 'stars1', key: '1', decision: { axis: 'stars', value: 1 }, title: message('review.stars1') },
  { id: 'stars2', key: '2', decision: { axis: 'stars', value: 2 }, title: message('review.stars2') },
  { id: 'stars3', key: '3', decision: { axis: 'stars', value: 3 }, title: message('review.stars3') },
  { id: 'stars4', key: '4', decision: { axis: 'stars', value: 4 }, title: message('review.stars4') },
  { id: 'stars5', key: '5', decision: { axis: 'stars', value: 5 }, title: message('review.stars5') },
  { id: 'stars0', key: '0', decision: { axis: 'stars', value: 0 }, title: message('review.stars0') },
];

const moves: readonly { move: GridMove; key: string; title: string }[] = [
  { move: 'left', key: 'arrowleft', title: message('review.moveLeft') },
  { move: 'right', key: 'arrowright', title: message('review.moveRight') },
  { move: 'up', key: 'arrowup', title: message('review.moveUp') },
  { move: 'down', key: 'arrowdown', title: message('review.moveDown') },
  { move: 'page-up', key: 'pageup', title: message('review.movePageUp') },
  { move: 'page-down', key: 'pagedown', title: message('review.movePageDown') },
  { move: 'first', key: 'home', title: message('review.moveFirst') },
  { move: 'last', key: 'end', title: message('review.moveLast') },
];

function moveActions(): Action[] {
  return moves.flatMap(({ move, key, title }): Action[] => [
    { id: `review.move.${move}`, title, keys: [key], scope: 'review', unlisted: true, run: () => moveCursor(move) },
    {
      id: `review.extend.${move}`,
      silent: move !== 'right',
      title: message(move === 'right' ? 'review.extendAny' : 'review.extend', { move: title }),
      keys: [`shift+${key}`],
      scope: 'review',
      unlisted: true,
      run: () => moveCursor(move, true),
    },
  ]);
}

function decisionActions(enabled: boolean): Action[] {
  return decisionKeys.flatMap(({ id, key, decision, title }): Action[] => [
    { id: `review.${id}`, title, keys: [key], scope: 'review', enabled, run: () => decide(decision, false) },
    {
      id: `review.${id}.advance`,
      silent: id !== 'pick',
      title: message(id === 'pick' ? 'review.andAdvanceAny' : 'review.andAdvance', { action: title }),
      keys: [`shift+${key}`],
      scope: 'review',
      enabled,
      unlisted: true,
      run: () => decide(decision, true),
    },
  ]);
}

/** Everything that can be done in Review, for keyboard, palette, menu and key sheet. */
export function useReviewActions(): readonly Action[] {
  const mode = useReviewStore((state) => state.mode);
  const hasActive = useReviewStore((state) => state.selection.active !== null || state.sought !== null);
  const hasSeveral = useReviewStore((state) => countPlaces(state.selection.selected) > 1);
  const hasAny = useReviewStore((state) => countShown(state.list) > 0);
  const hasTwo = useReviewStore((state) => countShown(state.list) > 1);
  const actions = useMemo(
    (): Action[] => [
      ...decisionActions(hasActive),
      {
        id: 'review.loupe',
        title: message(mode === 'loupe' ? 'review.toGrid' : 'review.loupe'),
        keys: ['space', 'enter'],
        scope: 'review',
        enabled: hasActive && (mode === 'grid' || mode === 'loupe'),
        run: toggleLoupe,
      },
      {
        id: 'review.zoom',
        title: message('review.zoom'),
        keys: ['z'],
        scope: 'review',
        enabled: hasActive && mode !== 'survey',
        run: toggleZoom,
      },
      {
        id: 'review.compare',
        title: message(mode === 'compare' ? 'review.swap' : 'review.compare'),
        keys: ['c'],
        scope: 'review',
        enabled: hasActive && hasTwo,
        run: compareOrSwap,
      },
      {
        id: 'review.compareLayout',
        title: message('review.compareLayout'),
        keys: ['m'],
        scope: 'review',
        enabled: mode === 'compare',
        run: toggleCompareLayout,
      },
      {
        id: 'review.compareSide',
        title: message('review.compareSide'),
        keys: ['s'],
        scope: 'review',
        enabled: mode === 'compare',
        run: toggleCompareSide,
      },
      {
        id: 'review.promote',
        title: message('review.promote'),
        keys: ['enter'],
        scope: 'review',
        enabled: mode === 'compare',
        run: promote,
      },
      {
        id: 'review.survey',
        title: message(mode === 'survey' ? 'review.toGrid' : 'review.survey'),
        keys: ['n'],
        scope: 'review',
        enabled: mode === 'survey' || hasSeveral,
        run: toggleSurvey,
      },
      { id: 'review.undo', title: message('review.undo'), keys: ['mod+z'], scope: 'review', run: undo },
      {
        id: 'review.redoStep',
        title: message('review.redoStep'),
        keys: ['mod+shift+z', 'mod+y'],
        scope: 'review',
        run: redo,
      },
      {
        id: 'review.bin',
        title: message('review.bin'),
        keys: ['delete', 'backspace'],
        scope: 'review',
        enabled: hasActive,
        run: binTargets,
      },
      {
        id: 'review.selectAll',
        title: message('review.selectAll'),
        keys: ['mod+a'],
        scope: 'review',
        enabled: hasAny && mode === 'grid',
        run: selectEverything,
      },
      {
        id: 'review.autoAdvance',
        title: message('review.autoAdvance'),
        keys: ['t'],
        scope: 'review',
        run: toggleAutoAdvance,
      },
      {
        id: 'review.sortIn',
        title: message('review.sortIn'),
        keys: ['l'],
        scope: 'review',
        run: updateList,
      },
      {
        id: 'review.vary',
        title: message('review.vary'),
        keys: ['v'],
        scope: 'review',
        enabled: hasActive,
        run: varyTargets,
      },
      {
        id: 'review.useAsSource',
        title: message('media.useAsSource'),
        keys: ['shift+v'],
        scope: 'review',
        enabled: hasActive,
        run: planFromPicture,
      },
      {
        id: 'review.export',
        title: message('review.export'),
        keys: ['e'],
        scope: 'review',
        run: () => useReviewStore.setState({ exportOpen: true }),
      },
      {
        id: 'review.filterText',
        title: message('review.filterText'),
        keys: ['/'],
        scope: 'review',
        run: () => document.querySelector<HTMLInputElement>('[data-review-search]')?.focus(),
      },
      {
        id: 'review.larger',
        title: message('review.larger'),
        keys: ['plus', '='],
        scope: 'review',
        enabled: mode === 'grid',
        run: () => changeTile(1.25),
      },
      {
        id: 'review.smaller',
        title: message('review.smaller'),
        keys: ['-'],
        scope: 'review',
        enabled: mode === 'grid',
        run: () => changeTile(0.8),
      },
      {
        id: 'review.back',
        title: message('review.toGrid'),
        keys: ['escape'],
        scope: 'review',
        enabled: mode !== 'grid' || hasSeveral,
        unlisted: true,
        run: leaveView,
      },
      ...moveActions(),
    ],
    [mode, hasActive, hasSeveral, hasAny, hasTwo],
  );
  useActions(actions);
  return actions;
}

function changeTile(factor: number): void {
  useReviewStore.setState(({ tilePx }) => ({
    tilePx: Math.round(Math.min(MAX_TILE_PX, Math.max(MIN_TILE_PX, tilePx * factor))),
  }));
}
