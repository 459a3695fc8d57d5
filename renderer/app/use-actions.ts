import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Right } from '../../electron/contract/role.ts';
import { mayCall, useRight } from '../rpc/rights.ts';
import { procedureOf } from './action-rights.ts';
import { actionStore, findActionForKey, listActions, pushActions } from './actions.ts';
import type { Action } from './actions.ts';

/** Registers actions while the component is mounted. The list may be made anew on every render; what `run` closes over is always current. What the present person may not do is greyed out. */
export function useActions(given: readonly Action[]): void {
  const right = useRight();
  useRegistration(given.map((action) => (isPermitted(action, right) ? action : { ...action, enabled: false })));
}

function useRegistration(actions: readonly Action[]): void {
  const latest = useRef(actions);
  const layer = useRef<ReturnType<typeof pushActions> | null>(null);
  const shape = actions
    .map(({ id, title, keys, enabled }) => `${id}|${title}|${keys?.join(' ') ?? ''}|${enabled ?? true}`)
    .join('\n');

  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const registered = shape === '' ? [] : latest.current;
    const stable = registered.map((action): Action => ({
      ...action,
      run: () => latest.current.find(({ id }) => id === action.id)?.run(),
    }));
    if (layer.current) layer.current.replace(stable);
    else layer.current = pushActions(stable);
  }, [shape]);
  useEffect(() => {
    return () => {
      layer.current?.remove();
      layer.current = null;
    };
  }, []);
}

function isPermitted({ id }: Action, right: Right): boolean {
  const procedure = procedureOf(id);
  return procedure === null || mayCall(right, procedure);
}

export function useRegisteredActions(): Action[] {
  return listActions(useStore(actionStore, (state) => state.layers));
}

const typingSelector =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]):not([type=button]), textarea, select, [contenteditable=true], [role=menu], [role=listbox]';

function isOwnKeyOfControl(event: KeyboardEvent, target: Element | null): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const key = event.key;
  // Space and Enter press the focused button; arrows belong to sliders, tabs and toggles.
  if (key === 'Enter' || key === ' ')
    return target?.closest('button:not([data-grid-cell]), a[href], summary, [role=switch], [role=slider]') != null;
  return (
    /^(Arrow|Home|End|Page)/.test(key) &&
    target?.closest('[role=slider], [role=tab], [role=radio], [role=separator]') != null
  );
}

/** The one listener of keys. The frame mounts it once. */
export function useKeyDispatch(): void {
  useEffect(() => {
    function dispatch(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (isOwnKeyOfControl(event, target)) return;
      const context = {
        typing: target?.closest(typingSelector) != null,
        modal: document.querySelector('[data-modal]') !== null,
      };
      const action = findActionForKey(listActions(), event, context);
      if (!action) return;
      event.preventDefault();
      action.run();
    }
    window.addEventListener('keydown', dispatch);
    return () => window.removeEventListener('keydown', dispatch);
  }, []);
}
