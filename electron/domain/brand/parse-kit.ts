import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import {
  brandKitSchema,
  logoSchema,
  paletteColourSchema,
  policySchema,
  typefaceSchema,
  typeSchema,
} from '../../contract/brand.ts';
import type { BrandKit } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import { loraUseSchema } from '../../contract/recipe.ts';
import { decodeUtf8 } from '../text/decode-utf8.ts';
import { describeIssue, formatPath } from '../text/describe-issue.ts';
import { findDuplicateKey } from '../text/find-duplicate-key.ts';
import { isTemplateFile } from './template-names.ts';
import { findKitConflict } from './kit-conflict.ts';

/** Longest kit file that is read, in characters. */
export const MAX_KIT_CHARACTERS = 300_000;
/** Longer kits are judged without the lines of their fields: finding them takes longer than anybody should wait. */
const MAX_PLACED_CHARACTERS = 60_000;

type Path = readonly (string | number)[];
type Refusal = { line: number | null; field: string; reason: string; expected: string };

function refuse(file: string, refusal: Refusal, cause?: unknown): never {
  const place = refusal.line === null ? file : `${file}:${refusal.line}`;
  const subject = refusal.field === '' ? '' : `${refusal.field}: `;
  const reason = refusal.line === null ? refusal.reason : `line ${refusal.line}: ${refusal.reason}`;
  throw new StudioError(
    'brand.invalid',
    `${place}: ${subject}${refusal.reason}. Expected ${refusal.expected}.`,
    { file, field: refusal.field, reason, expected: refusal.expected },
    { cause },
  );
}

const expectations: Readonly<Record<string, string>> = {
  name: 'the name of the brand, 1 to 100 characters',
  palette: 'a list of 1 to 24 colours, each with name, hex and role',
  'palette.*.share': 'two shares of the picture from 0 to 1: min and max',
  'palette.*.share.min': 'a share of the picture from 0 to 1',
  'palette.*.share.max': 'a share of the picture from 0 to 1',
  'palette.*.tolerance': 'a CIEDE2000 distance from 1 to 60',
  type: 'two typefaces: headline and body, each with family and file',
  'type.headline': 'a typeface with family and file',
  'type.body': 'a typeface with family and file',
  logos: 'a list of 1 to 12 logos, each with name and file',
  'logos.*.clearSpace': 'a share of the logo height from 0 to 2',
  'policy.requiredLines.*': 'a market (any, DE, de-AT) and the line that it asks for',
  'style.paletteGuidance': 'a number from 0 (off) to 1',
};

const fieldsOf = (schema: z.ZodObject) => Object.keys(schema.shape);
const knownAt: Readonly<Record<string, readonly string[]>> = {
  '': fieldsOf(brandKitSchema),
  'palette.*': fieldsOf(paletteColourSchema),
  'palette.*.share': ['min', 'max'],
  type: fieldsOf(typeSchema),
  'type.headline': fieldsOf(typefaceSchema),
  'type.body': fieldsOf(typefaceSchema),
  'type.fallbacks.*': fieldsOf(typefaceSchema),
  'logos.*': fieldsOf(logoSchema),
  voice: ['tone', 'say', 'neverSay', 'languages'],
  style: ['promptParts', 'negativeTerms', 'model', 'loras', 'references', 'paletteGuidance'],
  policy: fieldsOf(policySchema),
  'policy.requiredLines.*': ['market', 'line'],
  'style.loras.*': fieldsOf(loraUseSchema),
  thresholds: [
    'paletteDistance',
    'contrast',
    'safeArea',
    'offPalette',
    'readingLevel',
    'styleDistance',
    'sameness',
    'enlargement',
    'tries',
  ],
};
const generalise = (path: Path) => path.map((key) => (typeof key === 'number' ? '*' : key)).join('.');

/** 1-based line and column of a character offset. */
function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Engines phrase the message differently; the offset stands in it after "position", or the text ended too early.
    const offset = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    const { line, column } = positionOf(text, offset === undefined ? text.trimEnd().length : Number(offset));
    const seen =
      offset === undefined
        ? 'the file ends too early'
        : `${JSON.stringify(text.slice(Number(offset), Number(offset) + 1))} cannot stand at column ${column}`;
    return refuse(
      file,
      {
        line,
        field: '',
        reason: `the file is not valid JSON: ${seen}`,
        expected: 'a JSON object, with double quotes and no comma after the last entry',
      },
      cause,
    );
  }
}

/** JSON is YAML, so the YAML reader tells the line of a field and finds a field that stands twice. */
function readPlaces(text: string): { lineOf: (path: Path) => number | null; duplicate: { line: number } | null } {
  try {
    if (text.length > MAX_PLACED_CHARACTERS) throw new RangeError('too long');
    const counter = new LineCounter();
    const document = parseDocument(text, {
      schema: 'json',
      lineCounter: counter,
      uniqueKeys: false,
      prettyErrors: false,
    });
    const twice = findDuplicateKey(document);
    const lineOf = (path: Path) => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
          return counter.linePos(Number(node.range[0])).line;
      }
      return null;
    };
    return { lineOf, duplicate: twice ? { line: counter.linePos(twice.offset).line } : null };
  } catch {
    // Places only make a message better; text that the YAML reader cannot follow is judged without them.
    return { lineOf: () => null, duplicate: null };
  }
}

/** A colour that a person wrote in another common way, as the kit wants it; null when it is no colour. */
function suggestColour(value: string): string | null {
  const text = value.trim().toLowerCase();
  if (/^#?[0-9a-f]{6}$/.test(text)) return `#${text.replace('#', '')}`;
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(text);
  return short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : null;
}

function refuseByIssue(
  issues: readonly z.core.$ZodIssue[],
  raw: unknown,
  lineOf: (path: Path) => number | null,
  file: string,
): never {
  const first = issues.find((issue) => issue.code === 'unrecognized_keys') ?? issues[0];
  if (!first)
    return refuse(file, {
      line: null,
      field: '',
      reason: 'the kit does not fit',
      expected: 'the published brand kit format',
    });
  const issue = describeIssue(first, raw, (path) => knownAt[generalise(path)] ?? [], expectations);
  const path = issue.unknownKey === null ? issue.path : [...issue.path, issue.unknownKey];
  let { expected } = issue;
  if (generalise(path) === 'palette.*.hex') {
    const written = /^"(.*)" does not fit$/.exec(issue.reason)?.[1];
    const suggestion = written === undefined ? null : suggestColour(written);
    expected = suggestion ?? '# and six hexadecimal digits, for example #1f6feb';
  }
  return refuse(file, { line: lineOf(path), field: formatPath(path), reason: issue.reason, expected });
}

/** Throws `brand.invalid` when the fields of a kit contradict each other. `file` is the name said in the error. */
export function assertKit(kit: BrandKit, file: string): void {
  const conflict = findKitConflict(kit);
  if (conflict)
    refuse(file, {
      line: null,
      field: formatPath(conflict.path),
      reason: conflict.reason,
      expected: conflict.expected,
    });
}

/** Reads the JSON of a brand kit. Throws `brand.invalid` for the first thing that is wrong, with its line and field. */
export function parseKit(source: Uint8Array | string, file: string): BrandKit {
  if (source.length > MAX_KIT_CHARACTERS) {
    refuse(file, {
      line: null,
      field: '',
      reason: `the kit has ${source.length} characters`,
      expected: `at most ${MAX_KIT_CHARACTERS} characters; fonts and logos are files beside it`,
    });
  }
  const decoded =
    typeof source === 'string' ? ({ kind: 'text', text: source.replace(/^\uFEFF/, '') } as const) : decodeUtf8(source);
  if (decoded.kind === 'refused')
    return refuse(file, { line: decoded.line, field: '', reason: decoded.reason, expected: decoded.expected });
  if (decoded.text.trim() === '')
    refuse(file, {
      line: null,
      field: '',
      reason: 'the file is empty',
      expected: 'a JSON object in the published brand kit format',
    });
  const raw = readJson(decoded.text, file);
  const parsed = brandKitSchema.safeParse(raw);
  const { lineOf, duplicate } = readPlaces(decoded.text);
  if (!parsed.success) return refuseByIssue(parsed.error.issues, raw, lineOf, file);
  if (duplicate)
    refuse(file, { line: duplicate.line, field: '', reason: 'a field stands twice', expected: 'each field once' });
  const conflict = findKitConflict(parsed.data);
  if (conflict)
    refuse(file, {
      line: lineOf(conflict.path),
      field: formatPath(conflict.path),
      reason: conflict.reason,
      expected: conflict.expected,
    });
  return parsed.data;
}

/** Every font of a kit with the field that names it. */
export function listTypefaces({ type }: BrandKit): { face: BrandKit['type']['headline']; field: string }[] {
  return [
    { face: type.headline, field: 'type.headline' },
    { face: type.body, field: 'type.body' },
    ...type.fallbacks.map((face, index) => ({ face, field: `type.fallbacks[${index}]` })),
  ];
}

/** Every file that a kit names, once each, with the field that names it first. */
export function listKitFiles(kit: BrandKit): { file: string; field: string }[] {
  const named = [
    ...listTypefaces(kit).map(({ face, field }) => ({ file: face.file, field: `${field}.file` })),
    ...kit.logos.map(({ file }, index) => ({ file, field: `logos[${index}].file` })),
    ...kit.style.references.map((file, index) => ({ file, field: `style.references[${index}]` })),
    { file: kit.template, field: 'template' },
    ...kit.templates.map((file, index) => ({ file, field: `templates[${index}]` })),
  ];
  return named.filter(
    ({ file, field }, index) =>
      (!field.startsWith('template') || isTemplateFile(file)) &&
      named.findIndex((other) => other.file === file) === index,
  );
}
