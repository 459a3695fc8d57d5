/** Format characters that shape what stands beside them: joiners and direction marks. */
const KEPT_FORMAT = new Set(['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u061c']);

/**
 * One line of text: control characters and kinds of white space become single spaces, no-break spaces stay. Joiners and direction marks stay as well,
 * all other invisible format characters go: overrides of direction among them, which make a text read otherwise than it is stored.
 */
export function tidyText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, (character) => (KEPT_FORMAT.has(character) ? character : ''))
    .replaceAll(/[\u00a0\u202f]/gu, '\u00a0')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp} \t\u1680\u2000-\u200a\u205f\u3000]+/gu, ' ')
    .trim();
}
