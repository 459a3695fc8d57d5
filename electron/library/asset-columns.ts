import { flagSchema, reviewStatusSchema } from '../contract/asset.ts';
import { channelFormats } from '../domain/production/channel-formats.ts';

export const statuses = reviewStatusSchema.options;
export const flags = flagSchema.options;

/** A name that a newer schema brought along: no filter asks for it, and only one that asks for nothing finds it. */
const UNKNOWN_NAME = 30;
const UNKNOWN_FORMAT = 0xffff;

/** The names' places in the contract's lists, made by SQLite: three hundred thousand short texts would cost more than the rest of the row. */
const codeOf = (column: string, names: readonly string[], unknown = UNKNOWN_NAME) =>
  `CASE ${column} ${names.map((name, code) => `WHEN '${name}' THEN ${code}`).join(' ')} ELSE ${unknown} END`;

/** Formats by their code: the built-in ones, then the library's own, of which none is ever taken away. */
export function listFormatNames(ownIds: readonly string[]): string[] {
  return [...channelFormats.map(({ id }) => id), ...ownIds];
}

export const selectColumns = (formatNames: readonly string[]) => `
SELECT sequence, id, ${codeOf('status', statuses)}, ${codeOf('flag', flags)}, stars, ${codeOf('format_id', formatNames, UNKNOWN_FORMAT)}, compliant, brief_sequence,
  plan_sequence, run_sequence, text_sequence, worst_margin, binned_at_ms IS NULL FROM assets`;

export type AssetColumns = ReturnType<typeof createColumns>;

export function createColumns(size: number) {
  return {
    ids: [] as string[],
    sequence: new Float64Array(size),
    alive: new Uint8Array(size),
    status: new Uint8Array(size),
    flag: new Uint8Array(size),
    stars: new Uint8Array(size),
    format: new Uint16Array(size),
    compliant: new Uint8Array(size),
    brief: new Int32Array(size),
    plan: new Int32Array(size),
    batch: new Int32Array(size),
    text: new Int32Array(size),
    margin: new Float32Array(size),
  };
}

export function growColumns(old: AssetColumns, size: number): AssetColumns {
  const grown = { ...createColumns(size), ids: old.ids };
  for (const name of [
    'sequence',
    'alive',
    'status',
    'flag',
    'stars',
    'format',
    'compliant',
    'brief',
    'plan',
    'batch',
    'text',
    'margin',
  ] as const) {
    grown[name].set(old[name]);
  }
  return grown;
}

/**
 * Copies a row of `selectColumns` to a position. The table is STRICT and checks its values, so nothing is parsed: a schema for each of a hundred thousand
 * rows took most of the time of the first question.
 */
export function setRow(columns: AssetColumns, at: number, row: unknown): void {
  if (!Array.isArray(row)) {
    throw new TypeError('A row of assets is no array.');
  }
  columns.sequence[at] = Number(row[0]);
  columns.ids[at] = String(row[1]);
  columns.status[at] = Number(row[2]);
  columns.flag[at] = Number(row[3]);
  columns.stars[at] = Number(row[4]);
  columns.format[at] = Number(row[5]);
  columns.compliant[at] = Number(row[6]);
  columns.brief[at] = Number(row[7]);
  columns.plan[at] = Number(row[8]);
  columns.batch[at] = Number(row[9]);
  columns.text[at] = Number(row[10]);
  columns.margin[at] = Number(row[11]);
  columns.alive[at] = Number(row[12]);
}

/** The key of a row of `selectColumns`. */
export function keyOf(row: unknown): number {
  return Array.isArray(row) ? Number(row[0]) : 0;
}
