import { parseHex } from './colour-space.ts';

/** One line of a brand guide. `size` is the height of its letters, in points. */
export type GuideLine = { readonly page: number; readonly text: string; readonly size: number };

export type GuidePart = { readonly page: number; readonly quote: string } & (
  | { readonly kind: 'colour'; readonly name: string; readonly hex: string }
  | { readonly kind: 'tone'; readonly text: string }
  | {
      readonly kind: 'phrase';
      readonly list: 'say' | 'neverSay' | 'forbiddenClaims' | 'requiredLines';
      readonly text: string;
    }
);

const headings: readonly (readonly [GuideList, RegExp])[] = [
  ['forbiddenClaims', /^(forbidden|prohibited) claims|^claims (we )?(never|do not|don.t) make|^never claim/i],
  ['requiredLines', /^(legal|required|mandatory) (lines?|copy|text|notices?)|^disclaimers?$/i],
  ['neverSay', /^(we )?(never|do not|don.t) (say|use|write)|^words? (to|we) avoid|^avoid( words)?$|^not our words/i],
  ['say', /^we (say|use|write)|^(our|preferred) (words|phrases|vocabulary)|^words? (to|we) (use|love)|^do say/i],
];
type GuideList = 'say' | 'neverSay' | 'forbiddenClaims' | 'requiredLines';

/** Lines under a heading that still belong to it. */
const MAX_LIST_LINES = 30;
const MAX_PARTS = 200;

const HEX = /#([0-9a-f]{6})\b/gi;
const RGB = /\bRGB\b[^0-9]{0,4}(\d{1,3})[\s,/|.]+(\d{1,3})[\s,/|.]+(\d{1,3})\b/gi;
/** What stands between a colour's name and its value in a guide, and is no part of the name. */
const LABELS = /\b(hex|rgb|cmyk|pantone|pms|html|web|ral|hks)\b.*$|[#:|–-].*$/i;

/** Finds colours, tone and lists of phrases in the words of a guide. Everything is a proposal with its place. */
export function findGuideParts(lines: readonly GuideLine[]): GuidePart[] {
  return [...findColours(lines), ...findTone(lines), ...findLists(lines)].slice(0, MAX_PARTS);
}

function findColours(lines: readonly GuideLine[]): GuidePart[] {
  const found = new Map<string, GuidePart>();
  for (const [index, { page, text }] of lines.entries()) {
    const hexes = [...text.matchAll(HEX)].map(([, digits = '']) => `#${digits.toLowerCase()}`);
    const triples = [...text.matchAll(RGB)].map((match) => match.slice(1, 4).map(Number));
    const fromRgb = triples
      .filter((triple) => triple.every((channel) => channel <= 255))
      .map((triple) => `#${triple.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`);
    for (const hex of hexes.length > 0 ? hexes : fromRgb) {
      if (isKnown(hex, found)) continue;
      const own = text.replace(LABELS, '').trim();
      const name = own === '' || /^\d/.test(own) ? nameAbove(lines, index) : own;
      found.set(hex, { kind: 'colour', name: name.slice(0, 60), hex, page, quote: text.slice(0, 120) });
    }
  }
  return [...found.values()];
}

/** Guides round the values of one colour in several notations: two that differ by one step are the same. */
function isKnown(hex: string, found: ReadonlyMap<string, GuidePart>): boolean {
  const [red, green, blue] = parseHex(hex);
  return [...found.keys()].some((other) => {
    const [otherRed, otherGreen, otherBlue] = parseHex(other);
    return Math.abs(red - otherRed) + Math.abs(green - otherGreen) + Math.abs(blue - otherBlue) <= 2;
  });
}

function nameAbove(lines: readonly GuideLine[], index: number): string {
  for (let back = 1; back <= 3; back++) {
    const line = lines[index - back];
    if (!line || line.page !== lines[index]?.page) break;
    const text = line.text.replace(LABELS, '').trim();
    if (/\p{L}{3}/u.test(text) && text.length <= 40) return text;
  }
  return '';
}

function findTone(lines: readonly GuideLine[]): GuidePart[] {
  for (const [index, { page, text }] of lines.entries()) {
    const [, rest = ''] = /^(?:our )?(?:tone(?: of voice)?|voice)\b\s*[:–-]?\s*(.*)$/i.exec(text) ?? [];
    const isHeading = /^(?:our )?(?:tone(?: of voice)?|voice)\s*[:–-]?$/i.test(text.trim());
    const tone = isHeading ? (lines[index + 1]?.text ?? '') : /[:–-]/.test(text) ? rest : '';
    if (tone.length >= 4) return [{ kind: 'tone', text: tone.slice(0, 300), page, quote: text.slice(0, 120) }];
  }
  return [];
}

function findLists(lines: readonly GuideLine[]): GuidePart[] {
  const parts: GuidePart[] = [];
  for (const [index, heading] of lines.entries()) {
    const list = headings.find(([, pattern]) => pattern.test(heading.text.trim()))?.[0];
    if (list === undefined) continue;
    const inline = /:\s*(\S.*)$/.exec(heading.text)?.[1];
    const under = inline === undefined ? takeUnder(lines, index) : [{ ...heading, text: inline }];
    for (const line of under)
      for (const text of splitPhrases(line.text, list))
        parts.push({ kind: 'phrase', list, text, page: line.page, quote: heading.text.slice(0, 120) });
  }
  return parts;
}

/** The lines below a heading up to the next one: another list, or letters as large as the heading's where the list's are smaller. */
function takeUnder(lines: readonly GuideLine[], index: number): GuideLine[] {
  const heading = lines[index];
  const first = lines[index + 1];
  if (!heading || !first) return [];
  const under: GuideLine[] = [];
  for (const line of lines.slice(index + 1, index + 1 + MAX_LIST_LINES)) {
    const isNextList = headings.some(([, pattern]) => pattern.test(line.text.trim()));
    const isLarger = line.size > first.size + 0.5;
    if (isNextList || isLarger || line.page !== heading.page) break;
    under.push(line);
  }
  return under;
}

function splitPhrases(text: string, list: GuideList): string[] {
  const parts = list === 'requiredLines' ? [text] : text.split(/[,;•·|]/);
  return parts
    .map((part) => part.replace(/^[\s•·*–-]+|["“”'‘’]/g, '').trim())
    .map((part) => (list === 'requiredLines' ? part : part.replace(/[.\s]+$/, '')))
    .filter((part) => /\p{L}{2}/u.test(part) && part.length <= 200)
    .filter((part) => list === 'requiredLines' || part.split(/\s+/).length <= 8);
}
