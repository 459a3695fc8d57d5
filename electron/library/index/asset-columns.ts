import { flagSchema, mediumSchema, originSchema, reviewStatusSchema } from '../../contract/asset.ts';
import { channelFormats } from '../../domain/production/channel-formats.ts';
import { UNJUDGED } from './version-scores.ts';

export const statuses = reviewStatusSchema.options;
export const flags = flagSchema.options;
export const media = mediumSchema.options;
export const origins = originSchema.options;

/** A name that a newer schema brought along: no filter asks for it, and only one that asks for nothing finds it. */
const UNKNOWN_NAME = 30;
const UNKNOWN_FORMAT = 0xffff;

/** The names' places in the contract's lists, made by SQLite: three hundred thousand short texts would cost more than the rest of the row. */
const codeOf = (column: string, names: readonly string[], unknown = UNKNOWN_NAME) =>
  `(CASE ${column} ${names.map((name, code) => `WHEN '${name}' THEN ${code}`).join(' ')} ELSE ${unknown} END)`;

/** Formats by their code: the built-in ones, then the library's own, of which none is ever taken away. */
export function listFormatNames(ownIds: readonly string[]): string[] {
  return [...channelFormats.map(({ id }) => id), ...ownIds];
}

/** What lies above the bits that a made picture needs: for those the number stays a small one, of which V8 makes no object. */
const UPPER = 2 ** 31;

/** Small values share one number: a column less to hand over is a tenth of the time of a million rows. Names stay in the rows, where a window of them is read in a moment. */
export const selectColumns = (formatNames: readonly string[]) => `
SELECT sequence, ${codeOf('status', statuses)} | (${codeOf('flag', flags)} << 5) | (stars << 10) | (ifnull(compliant, 0) << 13) | ((binned_at_ms IS NULL) << 14)
  | (${codeOf('format_id', formatNames, UNKNOWN_FORMAT)} << 15) | (${codeOf('medium', media)} << 31) | (${codeOf('origin', origins)} << 36), brief_sequence, plan_sequence, run_sequence, text_sequence, worst_margin FROM assets`;

export type AssetColumns = ReturnType<typeof createColumns>;

export function createColumns(size: number) {
  return {
    sequence: new Float64Array(size),
    alive: new Uint8Array(size),
    status: new Uint8Array(size),
    flag: new Uint8Array(size),
    stars: new Uint8Array(size),
    format: new Uint16Array(size),
    medium: new Uint8Array(size),
    origin: new Uint8Array(size),
    /** 0 failed, 1 passed, UNJUDGED for what no report can be had of. */
    compliant: new Uint8Array(size),
    brief: new Int32Array(size),
    plan: new Int32Array(size),
    batch: new Int32Array(size),
    text: new Int32Array(size),
    margin: new Float32Array(size),
  };
}

export function growColumns(old: AssetColumns, size: number): AssetColumns {
  const grown = createColumns(size);
  for (const name of [
    'sequence',
    'alive',
    'status',
    'flag',
    'stars',
    'format',
    'medium',
    'origin',
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
  const packed = Number(row[1]);
  columns.status[at] = packed & 31;
  columns.flag[at] = (packed >> 5) & 31;
  columns.stars[at] = (packed >> 10) & 7;
  columns.compliant[at] = row[6] === null ? UNJUDGED : (packed >> 13) & 1;
  columns.alive[at] = (packed >> 14) & 1;
  columns.format[at] = (packed >>> 15) & 0xffff;
  const upper = packed < UPPER ? 0 : Math.floor(packed / UPPER);
  columns.medium[at] = upper & 31;
  columns.origin[at] = upper >> 5;
  // What belongs to no campaign and no plan has 0 there, which no filter asks for.
  columns.brief[at] = Number(row[2]);
  columns.plan[at] = Number(row[3]);
  columns.batch[at] = Number(row[4]);
  columns.text[at] = Number(row[5]);
  columns.margin[at] = row[6] === null ? Number.POSITIVE_INFINITY : Number(row[6]);
}

/** The key of a row of `selectColumns`. */
export function keyOf(row: unknown): number {
  return Array.isArray(row) ? Number(row[0]) : 0;
}
