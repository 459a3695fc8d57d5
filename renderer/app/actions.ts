import { createStore } from 'zustand';
import { matchesKeys } from '../lib/keys.ts';
import type { KeyPress } from '../lib/keys.ts';

export type ActionScope =
  | 'frame'
  | 'library'
  | 'ideate'
  | 'brand'
  | 'produce'
  | 'review'
  | 'compliance'
  | 'models'
  | 'activity'
  | 'settings'
  | 'dialog';

/** Something the user can do. Menus, the palette, the key sheet and the keyboard all read this. */
export interface Action {
  /** `screen.verb`, unique among what is registered at one time. */
  id: string;
  title: string;
  /** Keys that run it, the first is the one shown: "mod+k", "shift+d", "space", "?", "arrowleft". */
  keys?: readonly string[];
  scope: ActionScope;
  run: () => void;
  /** False greys it out and lets its keys pass on. */
  enabled?: boolean;
  /** Also while the caret is in a text field. Combinations with mod do so anyway, but for select all, undo and the clipboard. */
  whileTyping?: boolean;
  /** Also while a modal pane is open. Scope "dialog" does so anyway. */
  whileModal?: boolean;
  /** Keeps it out of the palette: pure cursor movement and the like. */
  unlisted?: boolean;
  /** Keeps it out of the key sheet too: one of many variations, of which another action's title tells. */
  silent?: boolean;
}

interface Layer {
  readonly token: symbol;
  readonly actions: readonly Action[];
}

const store = createStore<{ layers: readonly Layer[] }>(() => ({ layers: [] }));
export const actionStore = store;

/** Puts a set of actions on top of those before; returns how to replace and how to remove it. */
export function pushActions(actions: readonly Action[]) {
  const token = Symbol('actions');
  store.setState(({ layers }) => ({ layers: [...layers, { token, actions }] }));
  return {
    replace: (next: readonly Action[]) =>
      store.setState(({ layers }) => ({
        layers: layers.map((layer) => (layer.token === token ? { token, actions: next } : layer)),
      })),
    remove: () => store.setState(({ layers }) => ({ layers: layers.filter((layer) => layer.token !== token) })),
  };
}

/** Everything that can be done now, the newest layer first; what the frame does everywhere yields to what a screen does with the same key. */
export function listActions(layers: readonly Layer[] = store.getState().layers): Action[] {
  const actions = layers.toReversed().flatMap((layer) => layer.actions);
  return [...actions.filter(({ scope }) => scope !== 'frame'), ...actions.filter(({ scope }) => scope === 'frame')];
}

export function runAction(id: string): void {
  const action = listActions().find((candidate) => candidate.id === id);
  if (action && action.enabled !== false) action.run();
}

/** What a text field does with these itself. */
const ownedByTextFields = new Set(['mod+a', 'mod+c', 'mod+x', 'mod+v', 'mod+z', 'mod+shift+z', 'mod+y']);

export interface KeyContext {
  typing: boolean;
  modal: boolean;
}

/** The action that a key press means: the newest layer wins, and what is greyed out lets the key pass on. */
export function findActionForKey(
  actions: readonly Action[],
  press: KeyPress,
  context: KeyContext,
  mac?: boolean,
): Action | null {
  for (const action of actions) {
    if (action.enabled === false) continue;
    if (context.modal && !action.whileModal && action.scope !== 'dialog') continue;
    const keys = action.keys?.find((candidate) => matchesKeys(candidate, press, mac));
    if (keys === undefined) continue;
    if (context.typing && !action.whileTyping && (!keys.includes('mod+') || ownedByTextFields.has(keys))) continue;
    return action;
  }
  return null;
}
