import type { z } from 'zod';
import { findNearestWord } from './nearest-word.ts';

/** Why a value was refused and what would be right, in words. `path` holds the keys from the top; `unknownKey` is set for a field that does not exist. */
export type DescribedIssue = {
  readonly path: readonly (string | number)[];
  readonly unknownKey: string | null;
  readonly reason: string;
  readonly expected: string;
};

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  boolean: 'true or false',
  null: 'null',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return kinds[typeof value] ?? typeof value;
}

/** A value as it is said in a message. Lists and groups are named only: they may be as deep as an attacker likes. */
function shorten(value: unknown): string {
  if (typeof value === 'object' && value !== null) return kindOf(value);
  const text = typeof value === 'string' ? `"${value}"` : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function describeSize(
  issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  value: unknown,
): { reason: string; expected: string } {
  const limit = issue.code === 'too_big' ? issue.maximum : issue.minimum;
  const word = issue.code === 'too_big' ? 'at most' : 'at least';
  if (issue.origin === 'string') {
    const length = typeof value === 'string' ? value.trim().length : 0;
    return {
      reason: length === 0 ? 'it is empty' : `it has ${length} characters`,
      expected: `text of ${word} ${limit} characters`,
    };
  }
  if (issue.origin === 'array') {
    return {
      reason: `it has ${Array.isArray(value) ? value.length : 0} entries`,
      expected: `a list of ${word} ${limit} entries`,
    };
  }
  return { reason: `${shorten(value)} is out of range`, expected: `a number of ${word} ${limit}` };
}

function describeUnknown(key: string, known: readonly string[]): { reason: string; expected: string } {
  const nearest = findNearestWord(key, known);
  const list = `one of ${known.join(', ')}`;
  return {
    reason: `"${key.slice(0, 60)}" is not a known field`,
    expected: nearest === null ? list : `"${nearest}", probably`,
  };
}

/**
 * Puts the first problem that a schema found into plain words.
 * `knownKeys` gives the fields allowed at a path, for the suggestion; `expectations` may say what belongs at a path ("palette.*.hex").
 */
export function describeIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
  knownKeys: (path: readonly (string | number)[]) => readonly string[],
  expectations: Readonly<Record<string, string>>,
): DescribedIssue {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    const unknownKey = issue.keys[0] ?? '';
    return { path, unknownKey, ...describeUnknown(unknownKey, knownKeys(path)) };
  }
  const value = valueAt(input, issue.path);
  const wanted = expectations[path.map((key) => (typeof key === 'number' ? '*' : key)).join('.')];
  let found: { reason: string; expected: string } = {
    reason: `${shorten(value)} does not fit`,
    expected: issue.message,
  };
  if (value === undefined) found = { reason: 'it is missing', expected: 'a value' };
  else if (issue.code === 'too_big' || issue.code === 'too_small') found = describeSize(issue, value);
  else if (issue.code === 'invalid_type')
    found = { reason: `it is ${kindOf(value)}`, expected: kinds[issue.expected] ?? issue.expected };
  else if (issue.code === 'invalid_value') found = describeChoice(value, issue.values.map(String));
  return { path, unknownKey: null, reason: found.reason, expected: wanted ?? found.expected };
}

function describeChoice(value: unknown, choices: readonly string[]): { reason: string; expected: string } {
  const nearest = typeof value === 'string' ? findNearestWord(value, choices) : null;
  const list = `one of ${choices.join(', ')}`;
  return {
    reason: `${shorten(value)} is not allowed here`,
    expected: nearest === null ? list : `"${nearest}", probably (${list})`,
  };
}

/** Writes a path as people read it: `palette[2].hex`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
