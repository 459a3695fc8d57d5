/** What a plan's cells take in turn: the templates that are named, or the brand's own where none is. */
export function listTaken(templates: readonly string[], own: string): readonly string[] {
  return templates.length === 0 ? [own] : templates;
}

/**
 * Takes one more template, or one less; the others stay, the brand's own too, and the last one cannot be put away.
 * The brand's own alone is an empty list, so that a plan follows its kit.
 */
export function toggleTemplate(templates: readonly string[], own: string, picked: string): readonly string[] {
  const taken = listTaken(templates, own);
  const next = taken.includes(picked) ? taken.filter((name) => name !== picked) : [...taken, picked];
  if (next.length === 0) return templates;
  return next.length === 1 && next[0] === own ? [] : next;
}
