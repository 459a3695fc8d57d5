import { checkNameSchema } from '../../contract/compliance.ts';
import type { CheckName, ComplianceCheck } from '../../contract/compliance.ts';
import type { LibraryDatabase } from '../database/library-database.ts';

/** What a check is measured by. Reports of one check mostly share it. */
export type CheckScale = Pick<ComplianceCheck, 'unit' | 'better' | 'threshold'>;

export const [ABSENT, FAILED, PASSED] = [0, 1, 2];

/** One check by position of the asset index. */
export type CheckColumn = {
  /** ABSENT, FAILED or PASSED. */
  outcome: Uint8Array;
  score: Float64Array;
  /** Places in `scales`. */
  scale: Uint32Array;
  readonly scales: CheckScale[];
};

export type StandingReports = {
  readonly checks: Map<CheckName, CheckColumn>;
  /** How many of its positions have been read. */
  read: number;
  /** Reports up to this one are in the columns. */
  through: number;
  size: number;
};

/** The version of the making, of each asset its own, and one that past work is compared with. */
const KEPT_VERSIONS = 2;
const READ_AT_ONCE = 1000;

/** Reports of before gave the lightness under a logo beside its border, not the way to the border. */
const isLightness = "(name = 'logo-variant' AND threshold <> 0)";
const selection = `
SELECT assets.sequence, name, passed, unit,
  CASE WHEN NOT ${isLightness} THEN score WHEN better = 'higher' THEN score - threshold ELSE threshold - score END,
  iif(${isLightness}, 0, threshold), iif(${isLightness}, 'higher', better)`;
const ofVersion = 'standing.brand_version_sequence = iif(? = 0, assets.brand_version_sequence, ?)';
// A report without checks takes the place of the one before like any other.
const joinChecks =
  'LEFT JOIN report_checks ON report_checks.asset_sequence = assets.sequence AND report_checks.report_sequence = standing.report_sequence';
const selectRange = `${selection}
FROM assets CROSS JOIN asset_scores AS standing ON standing.asset_sequence = assets.sequence AND ${ofVersion} ${joinChecks}
WHERE assets.sequence > ? AND assets.sequence <= ?`;
const selectNewer = `${selection}
FROM reports CROSS JOIN assets ON assets.sequence = reports.asset_sequence
  CROSS JOIN asset_scores AS standing ON standing.asset_sequence = assets.sequence AND standing.report_sequence = reports.sequence AND ${ofVersion} ${joinChecks}
WHERE reports.sequence > ?`;

/** Where the asset index keeps its assets. */
export type AssetPlaces = {
  readonly count: number;
  sequenceAt(position: number): number;
  positionOf(sequence: number): number;
};

/**
 * The checks of the newest report of each asset against a version, in columns in memory: a copy of what the rows say and nothing else. Reports only join, and a newer one takes the
 * place of the one before, so no more than the newer ones are read again.
 */
export class StandingChecks {
  readonly #database: LibraryDatabase;
  readonly #known = new Map<number, StandingReports>();

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  /** Positions may have changed, or reports may be gone. */
  forget(): void {
    this.#known.clear();
  }

  /** Everything against one version; 0 is the one that each asset was made under. */
  find(version: number, places: AssetPlaces): StandingReports {
    const standing = this.#remember(version, places.count);
    while (standing.read < places.count) this.#readRange(version, standing, places);
    this.#apply(standing, this.#database.columns(selectNewer, version, version, standing.through), places);
    standing.through = this.#newestReport();
    return standing;
  }

  /** Reads a part of what was never read, while nobody waits for it. @returns whether there is more */
  readAhead(version: number, places: AssetPlaces): boolean {
    const standing = this.#remember(version, places.count);
    if (standing.read < places.count) this.#readRange(version, standing, places);
    return standing.read < places.count;
  }

  #readRange(version: number, standing: StandingReports, places: AssetPlaces): void {
    const end = Math.min(places.count, standing.read + READ_AT_ONCE);
    const [from, to] = [standing.read === 0 ? 0 : places.sequenceAt(standing.read - 1), places.sequenceAt(end - 1)];
    this.#apply(standing, this.#database.columns(selectRange, version, version, from, to), places);
    standing.read = end;
  }

  #apply(standing: StandingReports, rows: readonly unknown[], places: AssetPlaces): void {
    let last = -1;
    for (const row of rows) {
      if (!Array.isArray(row)) throw new TypeError('A row of checks is no array.');
      const position = places.positionOf(Number(row[0]));
      if (position !== last) for (const { outcome } of standing.checks.values()) outcome[position] = ABSENT;
      last = position;
      if (row[1] === null) continue;
      const column = columnOf(standing, row[1]);
      column.outcome[position] = row[2] === 0 ? FAILED : PASSED;
      column.score[position] = Number(row[4]);
      column.scale[position] = placeOfScale(column.scales, row);
    }
  }

  #remember(version: number, size: number): StandingReports {
    const standing = this.#known.get(version) ?? {
      checks: new Map(),
      read: 0,
      through: this.#newestReport(),
      size: 0,
    };
    if (standing.size < size) grow(standing, Math.ceil(size * 1.5));
    this.#known.delete(version);
    this.#known.set(version, standing);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT_VERSIONS && oldest !== undefined) this.#known.delete(oldest);
    return standing;
  }

  #newestReport(): number {
    return Number(this.#database.value('SELECT ifnull(max(sequence), 0) FROM reports'));
  }
}

function columnOf(standing: StandingReports, named: unknown): CheckColumn {
  const known = standing.checks.get(named as CheckName);
  if (known !== undefined) return known;
  const column = { ...createColumn(standing.size), scales: [] };
  standing.checks.set(checkNameSchema.parse(named), column);
  return column;
}

function createColumn(size: number): Omit<CheckColumn, 'scales'> {
  return { outcome: new Uint8Array(size), score: new Float64Array(size), scale: new Uint32Array(size) };
}

function grow(standing: StandingReports, size: number): void {
  standing.size = size;
  for (const column of standing.checks.values()) {
    const grown = createColumn(size);
    grown.outcome.set(column.outcome);
    grown.score.set(column.score);
    grown.scale.set(column.scale);
    Object.assign(column, grown);
  }
}

/** The newest scale is the likeliest. */
function placeOfScale(scales: CheckScale[], row: readonly unknown[]): number {
  const [unit, threshold, better] = [String(row[3]), Number(row[5]), row[6] === 'lower' ? 'lower' : 'higher'] as const;
  const known = scales.findLastIndex(
    (scale) => scale.threshold === threshold && scale.better === better && scale.unit === unit,
  );
  return known >= 0 ? known : scales.push({ unit, threshold, better }) - 1;
}
