import { readColourText, readGradientStops, splitArguments } from '../../domain/brand/colour-text.ts';
import type { ReadColour } from '../../domain/brand/colour-text.ts';
import { nameThemeOfFile } from '../../domain/brand/theme-name.ts';
import { makeColour, tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import type { CssReferences } from './css-references.ts';
import { expectedSheet } from './css-sheet.ts';
import type { CssProperty, CssSheet } from './css-sheet.ts';
import { refuseSource } from './refuse-source.ts';
import { SourceNotes } from './source-notes.ts';

/** `id` tells files of one name apart. */
export type SourceName = { readonly id: string; readonly name: string };
type Place = { readonly theme: string | null; readonly source: { readonly file: string; readonly place: string } };

/**
 * Custom properties of a style sheet, a Tailwind 4 `@theme` among them: colours, stops of gradients, and the families of `--font-*`. References are followed, into other
 * sheets too. Colours of another theme are named as such; those of single parts of the page (buttons) count only where the page has none.
 */
export function readCss(
  sheet: CssSheet,
  file: SourceName,
  references: CssReferences,
): { findings: NewFinding[]; notes: string[] } {
  const notes = new SourceNotes();
  const page = collect(
    sheet.properties.filter(({ place }) => place === 'page'),
    file,
    references,
    notes,
  );
  const found = new Set([...page.values()].map((finding) => ('name' in finding ? finding.name : '')));
  const other = (place: CssProperty['place']) =>
    collect(
      sheet.properties.filter((property) => property.place === place),
      file,
      references,
      new SourceNotes(),
    );
  // What stands under a condition is another way to write what the page has, such as the same colour for wider screens.
  for (const [key, finding] of other('condition'))
    if (!('name' in finding && found.has(finding.name))) page.set(key, finding);
  const parts = other('part');
  if (page.size === 0) for (const [key, finding] of parts) page.set(key, finding);
  else for (const finding of parts.values()) if (finding.kind === 'colour') notes.add('part', finding.name);
  if (page.size === 0 && notes.has('missing'))
    refuseSource(
      file.name,
      `its references lead nowhere: ${notes.list('missing')}`,
      'the file that defines them, read together with it',
    );
  if (page.size === 0) refuseSource(file.name, 'it holds no custom property with a colour or a font', expectedSheet);
  const { imports } = sheet;
  return {
    findings: [...page.values()],
    notes: [
      ...(imports > 0 ? [`${file.name}: ${imports} references to other files were passed over.`] : []),
      ...notes.toSentences(file.name),
    ],
  };
}

/** By theme and what the property is called; the last of one name counts, as in a browser. */
function collect(
  properties: readonly CssProperty[],
  { id, name: file }: SourceName,
  references: CssReferences,
  notes: SourceNotes,
): Map<string, NewFinding> {
  const findings = new Map<string, NewFinding>();
  for (const property of properties) {
    const { name, line } = property;
    const theme = references.themeOf(property, id) ?? nameThemeOfFile(file);
    const resolved = references.resolve(property.value, property.theme, id);
    const key = `${theme ?? ''} ${name}`;
    findings.delete(key);
    if (resolved.kind === 'missing') for (const missing of resolved.names) notes.add('missing', missing);
    if (resolved.kind === 'circle') notes.add('circle', resolved.name);
    if (resolved.kind !== 'text') continue;
    const { text } = resolved;
    const place: Place = { theme, source: { file, place: `line ${line}, ${name}`.slice(0, 200) } };
    const add = (colour: ReadColour, at: Place, end = '') => {
      const finding = makeColour(nameProperty(name) + end, colour.hex, at.source, {
        theme: at.theme,
        change: colour.change,
      });
      notes.addChange(name, colour);
      findings.set(`${at.theme ?? ''} ${name}${end}`, finding);
    };
    if (text.startsWith('light-dark(') && text.endsWith(')')) {
      const [light = '', dark = ''] = splitArguments(text.slice('light-dark('.length, -1));
      const [usual, night] = [references.readColour(name, light), references.readColour(name, dark)];
      if (usual !== null) add(usual, place);
      if (night !== null) add(night, { ...place, theme: 'dark' });
      continue;
    }
    const isTwin =
      name.endsWith('-rgb') && references.find(name.slice(0, -'-rgb'.length), property.theme, id) !== undefined;
    const colour = isTwin ? null : references.readColour(name, text);
    if (colour !== null) add(colour, place);
    else if (isComputed(text)) notes.add('computed', name);
    for (const [index, stop] of (readGradientStops(text) ?? []).entries()) add(stop, place, ` stop ${index + 1}`);
    if (/^--(font|typeface)(-family)?(-|$)/.test(name) && !/-(size|weight)/.test(name)) {
      const family = tidyName(text.split(',')[0]?.replace(/["']/g, '') ?? '', 100);
      const face = /head|display|title/.test(name) ? 'headline' : /body|sans|text|copy/.test(name) ? 'body' : null;
      if (family !== '' && readColourText(text) === null)
        findings.set(key, { kind: 'typeface', family, weight: 400, file: null, face, source: place.source });
    }
  }
  return mergeTwins(findings);
}

/** A colour that is written in a way that only a browser's arithmetic resolves: oklch(from ...), calc(). */
function isComputed(text: string): boolean {
  return /^(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(.*(\bfrom\b|calc\()|^color-mix\(|^light-dark\(/i.test(text);
}

/** `--color-primary: var(--primary)` says what `--primary` said before it. */
function mergeTwins(findings: Map<string, NewFinding>): Map<string, NewFinding> {
  const seen = new Set<string>();
  for (const [key, finding] of findings) {
    if (finding.kind !== 'colour') continue;
    const twin = `${finding.theme ?? ''} ${finding.hex} ${finding.name}`;
    if (seen.has(twin)) findings.delete(key);
    seen.add(twin);
  }
  return findings;
}

/** "--color-brand-blue" reads "brand blue". */
function nameProperty(name: string): string {
  return name
    .replace(/^--(?:bs-|mdc-theme-|md-sys-color-|md-ref-palette-)?(?:colou?r-|clr-|c-)?/, '')
    .replace(/-rgb$/, '')
    .replaceAll(/[-_]+/g, ' ');
}
