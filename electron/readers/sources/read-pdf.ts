import { findGuideParts } from '../../domain/brand/guide-text.ts';
import type { GuideLine } from '../../domain/brand/guide-text.ts';
import { isPdf, openPdf } from '../open-pdf.ts';
import type { Pdf } from '../open-pdf.ts';
import { makeColour, tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import { refuseSource } from './refuse-source.ts';

const MAX_PAGES = 400;
/** Text of a page beyond this is no brand guide's. */
const MAX_ITEMS = 20_000;
const expected = 'a PDF brand guide of at most 400 pages and 64 MiB, without a password';

/** Colours, fonts and phrases that stand in the text of a brand guide. Scripts, links, attachments and forms of the PDF are not touched. */
export async function readPdf(bytes: Uint8Array, file: string): Promise<{ findings: NewFinding[]; notes: string[] }> {
  if (!isPdf(bytes)) refuseSource(file, 'it is no PDF', expected);
  const pdf = await openGuide(bytes, file);
  try {
    if (pdf.numPages > MAX_PAGES) refuseSource(file, `it has ${pdf.numPages} pages`, expected);
    const lines: GuideLine[] = [];
    const fonts = new Map<string, number>();
    for (let number = 1; number <= pdf.numPages; number++) await readPage(pdf, number, lines, fonts);
    const findings = [...listParts(lines, file), ...listFonts(fonts, file)];
    if (findings.length === 0)
      refuseSource(
        file,
        lines.length === 0 ? 'it holds no text, only pictures' : 'its text names no colour, font or phrase',
        expected,
      );
    return { findings, notes: [`${file}: read from the words of ${pdf.numPages} pages. Check each field.`] };
  } finally {
    await pdf.cleanup();
  }
}

async function openGuide(bytes: Uint8Array, file: string): Promise<Pdf> {
  const opened = await openPdf(bytes);
  if (opened.kind === 'open') return opened.pdf;
  const wanted = opened.kind === 'restricted' ? 'a PDF without a password and without restrictions' : expected;
  return refuseSource(
    file,
    opened.kind === 'damaged' ? 'the PDF is damaged and cannot be read' : 'the PDF is encrypted',
    wanted,
    opened.cause,
  );
}

async function readPage(pdf: Pdf, number: number, lines: GuideLine[], fonts: Map<string, number>): Promise<void> {
  const page = await pdf.getPage(number);
  const { items, styles } = await page.getTextContent();
  let line = '';
  let size = 0;
  const end = () => {
    const text = tidyName(line, 400);
    if (text !== '') lines.push({ page: number, text, size });
    line = '';
    size = 0;
  };
  for (const item of items.slice(0, MAX_ITEMS)) {
    if (!('str' in item)) continue;
    line += item.str;
    size = Math.max(size, item.height);
    fonts.set(item.fontName, (fonts.get(item.fontName) ?? 0) + item.str.length);
    if (item.hasEOL) end();
    else if (!item.str.endsWith(' ')) line += ' ';
  }
  end();
  await nameFonts(page, styles, fonts);
  page.cleanup();
}

/** Fonts carry their real names only after the page's drawing list was read; until then they are called by their place in the file. */
async function nameFonts(
  page: Awaited<ReturnType<Pdf['getPage']>>,
  styles: Readonly<Record<string, unknown>>,
  fonts: Map<string, number>,
): Promise<void> {
  const unnamed = Object.keys(styles).filter((name) => fonts.has(name));
  if (unnamed.length === 0) return;
  await page.getOperatorList();
  for (const name of unnamed) {
    const font: unknown = page.commonObjs.has(name) ? page.commonObjs.get(name) : null;
    const real = typeof font === 'object' && font !== null && 'name' in font ? font.name : null;
    if (typeof real === 'string' && real !== '') fonts.set(real, (fonts.get(real) ?? 0) + (fonts.get(name) ?? 0));
    fonts.delete(name);
  }
}

function listParts(lines: readonly GuideLine[], file: string): NewFinding[] {
  return findGuideParts(lines).map((part): NewFinding => {
    const source = { file, place: `page ${part.page}: ${part.quote}`.slice(0, 200) };
    switch (part.kind) {
      case 'colour':
        return makeColour(part.name, part.hex, source);
      case 'tone':
        return { kind: 'tone', text: part.text, source };
      case 'phrase':
        return { kind: 'phrase', list: part.list, text: part.text, source };
    }
  });
}

const weights: readonly (readonly [RegExp, number])[] = [
  [/thin|hairline/i, 100],
  [/extra-?light|ultra-?light/i, 200],
  [/light/i, 300],
  [/semi-?bold|demi/i, 600],
  [/extra-?bold|ultra-?bold|heavy/i, 800],
  [/black/i, 900],
  [/medium/i, 500],
  [/bold/i, 700],
];

/** "ABCDEF+BricolageGrotesque-Bold" is a subset of Bricolage Grotesque, bold. The most used families first. */
function listFonts(fonts: ReadonlyMap<string, number>, file: string): NewFinding[] {
  const seen = new Set<string>();
  return [...fonts]
    .toSorted(([, a], [, b]) => b - a)
    .flatMap(([name]): NewFinding[] => {
      const [base = '', style = ''] = name.replace(/^[A-Z]{6}\+/, '').split(/[-,]/, 2);
      const family = tidyName(base.replace(/(PS)?MT$/, '').replaceAll(/([a-z])([A-Z])/g, '$1 $2'), 100);
      const weight = weights.find(([pattern]) => pattern.test(style))?.[1] ?? 400;
      const key = `${family} ${weight}`;
      if (family === '' || /^g_d\d/.test(name) || seen.has(key)) return [];
      seen.add(key);
      return [
        {
          kind: 'typeface',
          family,
          weight,
          file: null,
          face: null,
          source: { file, place: `font ${name}`.slice(0, 200) },
        },
      ];
    })
    .slice(0, 8);
}
