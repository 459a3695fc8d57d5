const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const capNames: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  backspace: isMac ? '⌫' : 'Backspace',
  delete: 'Del',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  plus: '+',
};

/** Splits "mod+shift+z" into what stands on the keys of this platform. */
export function keyCaps(keys: string): string[] {
  return keys.split('+').map((part) => capNames[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

export interface KeyPress {
  key: string;
  /** The key's place on the keyboard ("Digit1"); digits are compared by it, because Shift and some layouts print other signs there. */
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const keyNames: Record<string, string> = { ' ': 'space', '+': 'plus', del: 'delete' };

/**
 * Whether a key press is the one that `keys` names. Letters, digits and named keys need Shift exactly as written;
 * a symbol such as "?" is compared by what it prints, because layouts differ in how it is reached.
 */
export function matchesKeys(keys: string, press: KeyPress, mac: boolean = isMac): boolean {
  const parts = keys.split('+');
  const wanted = parts.at(-1);
  const digit = wanted !== undefined && /^\d$/.test(wanted) ? /^Digit(\d)$/.exec(press.code ?? '')?.[1] : undefined;
  const pressed = digit ?? keyNames[press.key.toLowerCase()] ?? press.key.toLowerCase();
  if (wanted !== pressed) return false;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (mod !== parts.includes('mod') || other) return false;
  if (press.altKey !== parts.includes('alt')) return false;
  const isSymbol = pressed.length === 1 && !/[a-z0-9]/.test(pressed);
  return isSymbol || press.shiftKey === parts.includes('shift');
}
