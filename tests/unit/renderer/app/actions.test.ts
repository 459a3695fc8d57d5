import { afterEach, describe, expect, it } from 'vitest';
import { findActionForKey, listActions, pushActions, runAction } from '../../../../renderer/app/actions.ts';
import type { Action } from '../../../../renderer/app/actions.ts';
import { matchActions } from '../../../../renderer/app/frame/match-actions.ts';

const layers: { remove: () => void }[] = [];
function push(...actions: Action[]) {
  const layer = pushActions(actions);
  layers.push(layer);
  return layer;
}
afterEach(() => {
  while (layers.length > 0) layers.pop()?.remove();
});

function action(id: string, keys: string[], more: Partial<Action> = {}): Action {
  return { id, title: id, keys, scope: 'frame', run: () => {}, ...more };
}
const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, shiftKey: false, altKey: false });
const idle = { typing: false, modal: false };
const idFor = (press: Parameters<typeof findActionForKey>[1], context = idle) =>
  findActionForKey(listActions(), press, context, false)?.id ?? null;

describe('findActionForKey', () => {
  it('lets the newest layer win and falls back when it leaves', () => {
    push(action('frame.back', ['escape']));
    const loupe = push(action('review.leaveLoupe', ['escape'], { scope: 'review' }));
    expect(idFor(key('Escape'))).toBe('review.leaveLoupe');
    loupe.remove();
    expect(idFor(key('Escape'))).toBe('frame.back');
  });

  it('passes over what is greyed out', () => {
    push(action('frame.back', ['escape']));
    push(action('brand.discard', ['escape'], { enabled: false }));
    expect(idFor(key('Escape'))).toBe('frame.back');
  });

  it('keeps letters for the text field that has the caret, but not combinations with mod', () => {
    push(action('ideate.edit', ['e']), action('ideate.run', ['mod+enter']), action('ideate.chooseAll', ['mod+a']));
    const typing = { typing: true, modal: false };
    expect(idFor(key('e'), typing)).toBeNull();
    expect(idFor(key('Enter', true), typing)).toBe('ideate.run');
    expect(idFor(key('a', true), typing)).toBeNull();
    expect(idFor(key('a', true))).toBe('ideate.chooseAll');
  });

  it('rests the keys of the screen behind a modal pane', () => {
    push(action('library.newBrief', ['n']), action('dialog.save', ['mod+s'], { scope: 'dialog' }));
    const modal = { typing: false, modal: true };
    expect(idFor(key('n'), modal)).toBeNull();
    expect(idFor(key('s', true), modal)).toBe('dialog.save');
  });
});

describe('runAction', () => {
  it('runs the newest registration and nothing that is greyed out', () => {
    const ran: string[] = [];
    push(action('frame.palette', [], { run: () => ran.push('old') }));
    const layer = push(action('frame.palette', [], { run: () => ran.push('new') }));
    runAction('frame.palette');
    layer.remove();
    push(action('frame.palette', [], { enabled: false, run: () => ran.push('disabled') }));
    runAction('frame.palette');
    expect(ran).toEqual(['new']);
  });
});

describe('matchActions', () => {
  const listed = [
    action('a', [], { title: 'Go to Library' }),
    action('b', [], { title: 'Import a brief' }),
    action('c', [], { title: 'Release the library lock' }),
    action('d', [], { title: 'Next card', unlisted: true }),
    action('a', [], { title: 'Go to Library, older' }),
  ];
  it('lists every listed action once when nothing is typed', () => {
    expect(matchActions(listed, ' ').map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
  it('needs every word and ranks the beginnings of titles first', () => {
    expect(matchActions(listed, 'lib').map(({ id }) => id)).toEqual(['a', 'c']);
    expect(matchActions(listed, 'im br').map(({ id }) => id)).toEqual(['b']);
    expect(matchActions(listed, 'nothing')).toEqual([]);
  });
});
