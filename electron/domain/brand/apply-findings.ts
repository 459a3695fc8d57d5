import type { BrandKit, PaletteColour } from '../../contract/brand.ts';
import type { PaletteRole } from '../../contract/palette-role.ts';
import type { Finding } from '../../contract/brand-import.ts';
import { parseHex, toLab, toLuminance } from './colour-space.ts';

type ColourFinding = Extract<Finding, { kind: 'colour' }>;

const MAX_COLOURS = 24;
const MAX_LOGOS = 12;
const MAX_REFERENCES = 24;
const MAX_FALLBACKS = 8;
/** Colours of less chroma than this read as grey. */
const GREY_CHROMA = 12;

/** Roles for colours whose files name none: the lightest is the background, the darkest text, greys are neutral, the rest in order of their chroma. */
export function assignRoles(colours: readonly Pick<ColourFinding, 'hex' | 'role'>[]): PaletteRole[] {
  const roles: (PaletteRole | null)[] = colours.map(({ role }) => role);
  const open = () => roles.flatMap((role, index) => (role === null ? [index] : []));
  const luminance = (index: number) => toLuminance(parseHex(colours[index]?.hex ?? '#000000'));
  const chroma = (index: number) => {
    const [, a, b] = toLab(parseHex(colours[index]?.hex ?? '#000000'));
    return Math.hypot(a, b);
  };
  const give = (role: PaletteRole, order: (a: number, b: number) => number) => {
    if (roles.includes(role)) return;
    const [index] = open().toSorted(order);
    if (index !== undefined) roles[index] = role;
  };
  give('background', (a, b) => luminance(b) - luminance(a));
  give('text', (a, b) => luminance(a) - luminance(b));
  for (const index of open()) if (chroma(index) < GREY_CHROMA) roles[index] = 'neutral';
  for (const role of ['primary', 'secondary', 'accent'] as const) give(role, (a, b) => chroma(b) - chroma(a));
  return roles.map((role) => role ?? 'accent');
}

/** A name that no entry has yet, by adding a number. */
function nameApart(wanted: string, entries: readonly { readonly name: string }[]): string {
  const taken = new Set(entries.map(({ name }) => name.trim().toLowerCase()));
  if (!taken.has(wanted.trim().toLowerCase())) return wanted;
  for (let number = 2; ; number++) {
    const name = `${wanted.slice(0, 54)} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function nameOfTheme(name: string, theme: string): string {
  const end = ` (${theme.slice(0, 20)})`;
  return name.slice(0, 60 - end.length) + end;
}

function addColour(kit: BrandKit, finding: ColourFinding, role: PaletteRole): BrandKit {
  const same = kit.palette.findIndex(({ hex }) => hex === finding.hex);
  if (same >= 0) {
    // Several files may hold one colour; only one that names its role has something to add, and no theme changes what the usual palette says.
    if (finding.role === null || finding.theme !== null) return kit;
    return { ...kit, palette: kit.palette.map((colour, at) => (at === same ? { ...colour, role } : colour)) };
  }
  if (kit.palette.length >= MAX_COLOURS) return kit;
  const colour: PaletteColour = {
    name: nameApart(finding.theme === null ? finding.name : nameOfTheme(finding.name, finding.theme), kit.palette),
    hex: finding.hex,
    role,
    tolerance: 12,
    share: { min: 0, max: 1 },
  };
  return { ...kit, palette: [...kit.palette, colour] };
}

function addWord(words: readonly string[], text: string): string[] {
  return words.some((word) => word.toLowerCase() === text.toLowerCase()) ? [...words] : [...words, text].slice(0, 200);
}

function addTypeface(kit: BrandKit, { family, weight, file, face }: Extract<Finding, { kind: 'typeface' }>): BrandKit {
  const { type } = kit;
  // A family without its file cannot be set: the name alone changes nothing.
  if (file === null) return kit;
  if (face !== null) return { ...kit, type: { ...type, [face]: { ...type[face], family, weight, file } } };
  if (type.fallbacks.length >= MAX_FALLBACKS || type.fallbacks.some((other) => other.file === file)) return kit;
  return { ...kit, type: { ...type, fallbacks: [...type.fallbacks, { family, weight, file, minSizePx: 24 }] } };
}

function addOne(kit: BrandKit, finding: Finding, role: PaletteRole): BrandKit {
  const { voice, policy, style } = kit;
  switch (finding.kind) {
    case 'colour':
      return addColour(kit, finding, role);
    case 'typeface':
      return addTypeface(kit, finding);
    case 'logo': {
      if (kit.logos.length >= MAX_LOGOS) return kit;
      const { file, on } = finding;
      const name = nameApart(finding.name, kit.logos);
      const logo = { name, file, on, clearSpace: 0.25, minWidthPx: 72, forbiddenBackgrounds: [] };
      return { ...kit, logos: [...kit.logos.filter((other) => other.file !== file), logo] };
    }
    case 'reference':
      return style.references.includes(finding.file) || style.references.length >= MAX_REFERENCES
        ? kit
        : { ...kit, style: { ...style, references: [...style.references, finding.file] } };
    case 'tone':
      return { ...kit, voice: { ...voice, tone: finding.text } };
    case 'phrase':
      break;
  }
  const { text } = finding;
  switch (finding.list) {
    case 'say':
      return { ...kit, voice: { ...voice, say: addWord(voice.say, text) } };
    case 'neverSay':
      return { ...kit, voice: { ...voice, neverSay: addWord(voice.neverSay, text) } };
    case 'forbiddenClaims':
      return { ...kit, policy: { ...policy, forbiddenClaims: addWord(policy.forbiddenClaims, text) } };
    case 'promptParts':
      return { ...kit, style: { ...style, promptParts: addWord(style.promptParts, text) } };
    case 'requiredLines':
      return { ...kit, policy: { ...policy, requiredLines: [...policy.requiredLines, { market: 'any', line: text }] } };
  }
}

/** What a colour that was found twice is known by: named roles before none, the usual palette before themes. */
function rankOf({ role, theme }: ColourFinding): number {
  return (role === null ? 1 : 0) + (theme === null ? 0 : 2);
}

/** The kit with what a person has confirmed, in order. Colours that are in it already take a confirmed role that a file names. */
export function applyFindings(kit: BrandKit, findings: readonly Finding[]): BrandKit {
  const colours = findings.filter((finding) => finding.kind === 'colour');
  // A colour that is found twice gets one role.
  const named = colours.toSorted((a, b) => rankOf(a) - rankOf(b));
  const unique = [...new Map(named.toReversed().map((finding) => [finding.hex, finding])).values()].toReversed();
  const roles = new Map(assignRoles(unique).map((role, index) => [unique[index]?.hex, role]));
  return findings.reduce(
    (result, finding) => addOne(result, finding, (finding.kind === 'colour' && roles.get(finding.hex)) || 'neutral'),
    kit,
  );
}

/** What is taken when nobody picks: one palette. Colours of themes are left out where there are usual ones; without those the first theme is the palette. */
export function leaveOutThemes(findings: readonly Finding[]): {
  readonly kept: Finding[];
  readonly leftOut: readonly string[];
} {
  const themes = new Set(findings.flatMap((finding) => (finding.kind === 'colour' ? [finding.theme] : [])));
  const [first = null] = themes;
  const usual = themes.has(null) ? null : first;
  return {
    kept: findings.filter((finding) => finding.kind !== 'colour' || finding.theme === usual),
    leftOut: [...themes].flatMap((theme) => (theme === null || theme === usual ? [] : [theme])),
  };
}

/** Why a new brand cannot be made of these findings yet; null when it can. */
export function findMissingPart(findings: readonly Finding[]): 'colours' | 'fonts' | 'logo' | null {
  if (findings.filter(({ kind }) => kind === 'colour').length < 2) return 'colours';
  if (!findings.some((finding) => finding.kind === 'typeface' && finding.file !== null)) return 'fonts';
  return findings.some(({ kind }) => kind === 'logo') ? null : 'logo';
}

/** A new brand of what was confirmed, or null while a part is missing. One font alone serves as both faces. */
export function buildKitOfFindings(name: string, empty: BrandKit, findings: readonly Finding[]): BrandKit | null {
  if (findMissingPart(findings) !== null) return null;
  const fonts = findings.filter((finding) => finding.kind === 'typeface' && finding.file !== null);
  const faces = fonts.filter((finding) => finding.kind === 'typeface');
  const pick = (face: 'headline' | 'body') =>
    faces.find((font) => font.face === face) ??
    faces.toSorted((a, b) => (face === 'headline' ? b.weight - a.weight : a.weight - b.weight))[0];
  const [headline, body] = [pick('headline'), pick('body')];
  if (!headline || !body) return null;
  const start: BrandKit = { ...empty, name, palette: [], logos: [] };
  const rest = findings.filter((finding) => finding.id !== headline.id && finding.id !== body.id);
  return applyFindings(start, [{ ...headline, face: 'headline' }, { ...body, face: 'body' }, ...rest]);
}
