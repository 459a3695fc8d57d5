/** A stretch of a prompt and how strongly it counts; 1 is as written. */
export type WeightedText = { readonly text: string; readonly weight: number };

const OPENING = '(';
/** Beyond it a number is no weight but something like a ratio: "(wide format 16:9)". */
const MAX_WEIGHT = 4;
/** `:1.3)` at the end of a group. */
const CLOSING = /^:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)/;

/**
 * Reads `(words:1.3)`: groups may lie in each other, and their weights multiply. A backslash makes a parenthesis plain. Parentheses
 * that do not end in a colon and a number are plain too, because people write them in sentences.
 */
export function readWeights(prompt: string): WeightedText[] {
  const pieces: WeightedText[] = [];
  collect(prompt, 1, pieces);
  return joinEqual(pieces);
}

function collect(text: string, weight: number, pieces: WeightedText[]): void {
  let plain = '';
  let place = 0;
  while (place < text.length) {
    const sign = text.charAt(place);
    const next = text.charAt(place + 1);
    if (sign === '\\' && (next === '(' || next === ')' || next === '\\')) {
      plain += next;
      place += 2;
      continue;
    }
    const group = sign === OPENING ? findGroup(text, place) : null;
    if (group === null) {
      plain += sign;
      place += 1;
      continue;
    }
    pieces.push({ text: plain, weight });
    plain = '';
    collect(group.inner, weight * group.weight, pieces);
    place = group.end;
  }
  pieces.push({ text: plain, weight });
}

/** The group that opens at a place, if it closes with a weight. */
function findGroup(text: string, start: number): { inner: string; weight: number; end: number } | null {
  let depth = 0;
  for (let place = start; place < text.length; place += 1) {
    const sign = text.charAt(place);
    if (sign === '\\') place += 1;
    else if (sign === OPENING) depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === ':' && depth === 1) {
      const closing = CLOSING.exec(text.slice(place));
      if (closing !== null && Math.abs(Number(closing[1])) <= MAX_WEIGHT)
        return { inner: text.slice(start + 1, place), weight: Number(closing[1]), end: place + closing[0].length };
    }
    if (depth === 0) return null;
  }
  return null;
}

function joinEqual(pieces: readonly WeightedText[]): WeightedText[] {
  const joined: WeightedText[] = [];
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const last = joined.at(-1);
    if (last?.weight === piece.weight)
      joined[joined.length - 1] = { text: last.text + piece.text, weight: last.weight };
    else joined.push(piece);
  }
  return joined;
}
