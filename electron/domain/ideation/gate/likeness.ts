import { foldText } from '../../text/fold-text.ts';

/** Share of words that two texts have in common, 0 to 1. Texts without spaces are compared by pairs of letters. */
export function measureLikeness(one: string, other: string): number {
  const [a, b] = [listUnits(one), listUnits(other)];
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((unit) => b.has(unit)).length;
  return shared / (a.size + b.size - shared);
}

function listUnits(text: string): Set<string> {
  const folded = foldText(text).trim();
  const words = folded.split(' ');
  if (words.length > 2 || folded.length < 8) return new Set(words);
  return new Set(Array.from({ length: folded.length - 1 }, (_, index) => folded.slice(index, index + 2)));
}
