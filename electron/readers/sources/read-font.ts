import { parse } from 'opentype.js/dist/opentype.mjs';
import { openFont } from '../open-font.ts';
import { tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import { nameFile } from './read-logo.ts';

/** The family and weight that a font gives itself. The font is read as a picture would read it. */
export async function readFont(bytes: Uint8Array, file: string): Promise<NewFinding[]> {
  const font = await openFont(bytes, file, 'the font');
  const parsed: object = parse(new Uint8Array(font).buffer);
  const family = tidyName(findName(get(parsed, 'names')) ?? nameFile(file), 100);
  const weight = Number(get(get(get(parsed, 'tables'), 'os2'), 'usWeightClass') ?? 400);
  return [
    {
      kind: 'typeface',
      family,
      weight: weight >= 1 && weight <= 1000 ? Math.round(weight) : 400,
      file,
      face: /head|display|title/i.test(file) ? 'headline' : /text|body/i.test(file) ? 'body' : null,
      source: { file, place: 'the font' },
    },
  ];
}

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** Name tables are keyed by platform in newer readers and flat in older ones. */
function findName(names: unknown): string | null {
  if (typeof names !== 'object' || names === null) return null;
  const fields = names as Readonly<Record<string, unknown>>;
  for (const key of ['preferredFamily', 'fontFamily', 'en']) {
    const value = fields[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    const inner = value === undefined ? null : findName(value);
    if (inner !== null) return inner;
  }
  for (const platform of ['windows', 'macintosh', 'unicode']) {
    const inner = findName(fields[platform]);
    if (inner !== null) return inner;
  }
  return null;
}
