import { describe, expect, it } from 'vitest';
import { matchesKeys } from '../../../../renderer/lib/keys.ts';

function press(key: string, held: { ctrl?: boolean; meta?: boolean; shift?: boolean; alt?: boolean } = {}) {
  return {
    key,
    ctrlKey: held.ctrl ?? false,
    metaKey: held.meta ?? false,
    shiftKey: held.shift ?? false,
    altKey: held.alt ?? false,
  };
}

describe('matchesKeys', () => {
  it('takes mod as Ctrl, and as Command on a Mac', () => {
    expect(matchesKeys('mod+k', press('k', { ctrl: true }), false)).toBe(true);
    expect(matchesKeys('mod+k', press('k', { meta: true }), false)).toBe(false);
    expect(matchesKeys('mod+k', press('k', { meta: true }), true)).toBe(true);
    expect(matchesKeys('mod+k', press('k', { ctrl: true }), true)).toBe(false);
  });

  it('tells a letter from the same letter with Shift', () => {
    expect(matchesKeys('d', press('d'), false)).toBe(true);
    expect(matchesKeys('d', press('D', { shift: true }), false)).toBe(false);
    expect(matchesKeys('shift+d', press('D', { shift: true }), false)).toBe(true);
  });

  it('compares a symbol by what it prints, however the layout reaches it', () => {
    expect(matchesKeys('?', press('?', { shift: true }), false)).toBe(true);
    expect(matchesKeys('\\', press('\\'), false)).toBe(true);
    expect(matchesKeys('[', press('[', { shift: true }), false)).toBe(true);
  });

  it('knows space, plus and the arrows by name', () => {
    expect(matchesKeys('space', press(' '), false)).toBe(true);
    expect(matchesKeys('mod+plus', press('+', { ctrl: true }), false)).toBe(true);
    expect(matchesKeys('arrowleft', press('ArrowLeft'), false)).toBe(true);
  });

  it('compares digits by their place, because Shift and some layouts print other signs there', () => {
    expect(matchesKeys('shift+3', { ...press('#', { shift: true }), code: 'Digit3' }, false)).toBe(true);
    expect(matchesKeys('3', { ...press('#', { shift: true }), code: 'Digit3' }, false)).toBe(false);
    expect(matchesKeys('1', { ...press('&'), code: 'Digit1' }, false)).toBe(true);
    expect(matchesKeys('#', { ...press('#', { shift: true }), code: 'Digit3' }, false)).toBe(true);
    expect(matchesKeys('5', { ...press('5'), code: 'Numpad5' }, false)).toBe(true);
  });

  it('lets a plain key pass when a modifier is held', () => {
    expect(matchesKeys('c', press('c', { ctrl: true }), false)).toBe(false);
    expect(matchesKeys('1', press('1', { alt: true }), false)).toBe(false);
  });
});
