import type { Action } from '../actions.ts';

/** How well a title answers what was typed: words that begin with the typed words rank before words that hold them. 0 is no match. */
function score(title: string, words: readonly string[]): number {
  const lower = title.toLowerCase();
  let total = 0;
  for (const word of words) {
    const at = lower.indexOf(word);
    if (at === -1) return 0;
    const beginsWord = at === 0 || /\W/.test(lower[at - 1] ?? ' ');
    total += at === 0 ? 4 : beginsWord ? 3 : 1;
  }
  return total;
}

/** The actions that fit a search text, best first; all listed ones for an empty text. Each id once, the newest registration first. */
export function matchActions(actions: readonly Action[], text: string): Action[] {
  const seen = new Set<string>();
  const listed = actions.filter((action) => {
    if (action.unlisted || action.enabled === false || action.scope === 'dialog' || seen.has(action.id)) return false;
    seen.add(action.id);
    return true;
  });
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return listed;
  return listed
    .map((action) => ({ action, rank: score(action.title, words) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ action }) => action);
}
