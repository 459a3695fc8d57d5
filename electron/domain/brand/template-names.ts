/** The templates that ship, in the order in which they are offered. A kit names one of them or a template file of its own. */
export const builtInTemplates = [
  { name: 'headline-stack', title: 'Headline stack' },
  { name: 'split-panel', title: 'Split panel' },
  { name: 'full-bleed', title: 'Full bleed' },
  { name: 'framed', title: 'Framed' },
  { name: 'banner-band', title: 'Banner band' },
  { name: 'editorial', title: 'Editorial' },
  { name: 'card', title: 'Card' },
  { name: 'corner-label', title: 'Corner label' },
  { name: 'minimal-poster', title: 'Minimal poster' },
] as const;

export const templateNames: readonly string[] = builtInTemplates.map(({ name }) => name);

/** Whether a kit's entry names a file in the kit and not a template that ships. */
export function isTemplateFile(entry: string): boolean {
  return /\.json$/i.test(entry);
}
