/** What the concepts of the gallery's library say: words from short lists, so that searches find a few, hundreds or tens of thousands. */
export type GalleryConcept = {
  readonly title: string;
  readonly headline: string;
  readonly body: string;
  readonly callToAction: string;
  readonly imagePrompt: string;
};

const openings = ['Morning', 'Harvest', 'Quiet', 'Northern', 'First', 'Golden', 'Slow', 'Bright', 'Winter', 'Open'];
const things = ['bottle', 'pour', 'table', 'kitchen', 'field', 'crate', 'return', 'breakfast', 'glass', 'market'];
const claims = ['stays cold', 'comes back', 'feeds four', 'needs no lid', 'tastes of oats', 'keeps its word'];
const calls = ['Try it', 'Find a shop', 'Bring it back', 'Order a crate'];
const looks = ['calm gradient', 'bold shapes', 'woven pattern', 'grainy light', 'layered paper', 'soft waves'];
const colours = ['navy', 'cream', 'lavender', 'coral', 'amber', 'sage'];

/** Words to search for, common and rare; each is a whole word or the beginning of one. */
export const gallerySearches = ['gradient', 'har', 'golden kitchen', 'coral', 'crate', 'sage waves', 'breakf'];

export function galleryConcept(index: number, random: () => number): GalleryConcept {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  const headline = `${pick(openings)} ${pick(things)}`;
  return {
    title: `${headline} ${index + 1}`,
    headline,
    body: `The ${pick(things)} that ${pick(claims)}.`,
    callToAction: pick(calls),
    imagePrompt: `${pick(looks)}, ${pick(looks)}, in ${pick(colours)} and ${pick(colours)}, open space on the left`,
  };
}
