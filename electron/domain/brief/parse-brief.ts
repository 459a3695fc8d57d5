import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import { briefFrontMatterSchema, listFormatsSchema, MAX_BRIEF_BYTES } from '../../contract/brief.ts';
import type { BriefFrontMatter } from '../../contract/brief.ts';
import type { FormatId } from '../../contract/format.ts';
import { StudioError } from '../../contract/errors.ts';
import { channelFormats } from '../production/channel-formats.ts';
import { decodeUtf8 } from '../text/decode-utf8.ts';
import { findDuplicateKey } from '../text/find-duplicate-key.ts';
import { describeIssue, formatPath } from '../text/describe-issue.ts';

export type ParsedBrief = {
  readonly fields: BriefFrontMatter;
  /** Markdown below the front matter, without the blank lines around it. */
  readonly notes: string;
  /** The whole text, line ends as written, without a byte order mark. */
  readonly text: string;
};

const fieldNames = Object.keys(briefFrontMatterSchema.shape);
const optionalFields = new Set(
  Object.entries(briefFrontMatterSchema.shape).flatMap(([name, schema]) =>
    schema.safeParse(undefined).success ? [name] : [],
  ),
);
const EXAMPLE =
  'a block between two lines of three dashes at the top, with the fields name, product, what, audience and goal';

/** What belongs into a field, said when something else stands there. */
const expectations: Readonly<Record<string, string>> = {
  name: 'a name for this brief, 1 to 120 characters',
  product: 'the product name, 1 to 80 characters',
  what: 'what the product is, 1 to 300 characters',
  audience: 'who it is for, 1 to 300 characters',
  goal: 'what the work has to achieve, 1 to 300 characters',
  tone: 'how it sounds, 1 to 200 characters, such as warm, plain',
  avoid: 'a list of words, such as [cheap, miracle], at most 50',
  'avoid.*': 'a word or phrase of 1 to 80 characters',
  facts: 'a list, one fact a line after a dash, at most 50',
  'facts.*': 'one fact of 1 to 200 characters',
  formats: 'a list of channel formats, such as [square-post, story]',
  locales: 'a list of language tags, such as [en, de-AT]',
  'locales.*': 'a language tag such as en or de-AT',
};

type Refusal = { line: number | null; field: string | null; reason: string; expected: string };

function refuse(file: string, refusal: Refusal, cause?: unknown): never {
  const place = refusal.line === null ? file : `${file}:${refusal.line}`;
  const subject = refusal.field === null ? '' : `${refusal.field}: `;
  throw new StudioError(
    'brief.invalid',
    `${place}: ${subject}${refusal.reason}. Expected ${refusal.expected}.`,
    { file, ...refusal },
    { cause },
  );
}

function readText(source: Uint8Array | string, file: string): string {
  const size = source.length;
  if (size > MAX_BRIEF_BYTES) {
    refuse(file, {
      line: null,
      field: null,
      reason: `the brief has ${(size / 1024).toFixed(0)} KiB`,
      expected: `at most ${MAX_BRIEF_BYTES / 1024} KiB of text`,
    });
  }
  if (typeof source === 'string') return source.replace(/^\uFEFF/, '');
  const decoded = decodeUtf8(source);
  if (decoded.kind === 'refused')
    refuse(file, { line: decoded.line, field: null, reason: decoded.reason, expected: decoded.expected });
  return decoded.text;
}

type FrontMatter = { yaml: string; notes: string; /** 1-based line of the opening dashes. */ startLine: number };

function splitFrontMatter(text: string, file: string): FrontMatter {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) refuse(file, { line: null, field: null, reason: 'the brief is empty', expected: EXAMPLE });
  if (lines[first]?.trimEnd() !== '---')
    refuse(file, {
      line: first + 1,
      field: null,
      reason: 'the brief does not begin with front matter',
      expected: EXAMPLE,
    });
  const last = lines.findIndex((line, index) => index > first && /^(---|\.\.\.)\s*$/.test(line));
  if (last < 0)
    refuse(file, {
      line: first + 1,
      field: null,
      reason: 'the front matter has no end',
      expected: 'a line of three dashes below the last field',
    });
  return {
    yaml: lines.slice(first + 1, last).join('\n'),
    notes: lines
      .slice(last + 1)
      .join('\n')
      .trim(),
    startLine: first + 1,
  };
}

/** 1-based line in the file of the key or value at a path, or the opening dashes when there is none. */
function findLine(
  document: Document,
  counter: LineCounter,
  startLine: number,
  path: readonly (string | number)[],
  key: string | null,
): number {
  const holder = path.length === 0 ? document.contents : document.getIn(path, true);
  let offset: number | undefined;
  if (key !== null && isMap(holder)) {
    const pair = holder.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (isScalar(pair?.key)) offset = pair.key.range?.[0];
  } else if (isScalar(holder) || isMap(holder)) {
    offset = holder.range?.[0];
  } else if (typeof holder === 'object' && holder !== null && 'range' in holder && Array.isArray(holder.range)) {
    offset = Number(holder.range[0]);
  }
  return offset === undefined ? startLine : startLine + counter.linePos(offset).line;
}

/** Fifty facts and fifty words at their longest take half of it. */
const MAX_FRONT_CHARACTERS = 40_000;

function readFields(
  front: FrontMatter,
  file: string,
): { document: Document; counter: LineCounter; raw: Record<string, unknown> } {
  if (front.yaml.length > MAX_FRONT_CHARACTERS)
    refuse(file, {
      line: front.startLine,
      field: null,
      reason: `the front matter has ${front.yaml.length} characters`,
      expected: `at most ${MAX_FRONT_CHARACTERS} characters; what is longer belongs below it, into the notes`,
    });
  const counter = new LineCounter();
  // The failsafe schema reads every value as text, so that a product called 2048 or "no" stays what the user wrote.
  const document = parseDocument(front.yaml, {
    schema: 'failsafe',
    lineCounter: counter,
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
  });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const line = front.startLine + counter.linePos(problem.pos[0]).line;
    refuse(
      file,
      {
        line,
        field: null,
        reason: `the front matter cannot be read: ${problem.message.replace(/\s+/g, ' ').slice(0, 160)}`,
        expected: 'lines such as "product: Lumen Oat", with quotes around text that holds a colon',
      },
      problem,
    );
  }
  const twice = findDuplicateKey(document);
  if (twice)
    refuse(file, {
      line: front.startLine + counter.linePos(twice.offset).line,
      field: twice.key.slice(0, 100),
      reason: 'the field stands twice',
      expected: 'each field once',
    });
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    refuse(
      file,
      {
        line: front.startLine,
        field: null,
        reason: 'the front matter uses anchors and aliases',
        expected: 'every value written out',
      },
      cause,
    );
  }
  if (!isMap(document.contents) || typeof raw !== 'object' || raw === null) {
    refuse(file, { line: front.startLine, field: null, reason: 'the front matter holds no fields', expected: EXAMPLE });
  }
  // A field without a value ("avoid:") counts as left out where the format has a default.
  const fields = Object.entries(raw).filter(([name, value]) => value !== '' || !optionalFields.has(name));
  return { document, counter, raw: Object.fromEntries(fields) };
}

const builtInFormats = channelFormats.map(({ id }) => id);

/** Names only formats that are there, so that a misspelt one is told with the nearest. */
function schemaFor(formatIds: readonly FormatId[] | null) {
  if (formatIds === null) return briefFrontMatterSchema;
  return briefFrontMatterSchema.extend({ formats: listFormatsSchema(z.enum(formatIds)) });
}

/**
 * Reads a brief: Markdown with YAML front matter, as bytes of UTF-8 or as text that was decoded already. `formatIds` are the channel formats that may be named: those of
 * the library, or null where that is not open yet and any name is taken.
 * Markup inside fields is kept as plain text. Throws `brief.invalid` for the first thing that is wrong, with its line.
 */
export function parseBrief(
  source: Uint8Array | string,
  file: string,
  formatIds: readonly FormatId[] | null = builtInFormats,
): ParsedBrief {
  const text = readText(source, file);
  const front = splitFrontMatter(text, file);
  const { document, counter, raw } = readFields(front, file);
  const parsed = schemaFor(formatIds).safeParse(raw);
  if (parsed.success) return { fields: parsed.data, notes: front.notes, text };
  // A misspelt field explains a missing one, so it is reported before it.
  const first = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys') ?? parsed.error.issues[0];
  if (!first)
    return refuse(
      file,
      { line: null, field: null, reason: 'the front matter does not fit', expected: EXAMPLE },
      parsed.error,
    );
  const issue = describeIssue(first, raw, () => fieldNames, expectations);
  const field = issue.unknownKey ?? formatPath(issue.path);
  const line = findLine(document, counter, front.startLine, issue.path, issue.unknownKey);
  return refuse(file, { line, field, reason: issue.reason, expected: issue.expected });
}
