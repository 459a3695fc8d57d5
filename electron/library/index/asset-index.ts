import type { AssetFilter, AssetSort } from '../../contract/asset.ts';
import type { AssetId } from '../../contract/identifiers.ts';
import {
  createColumns,
  flags,
  growColumns,
  keyOf,
  listFormatNames,
  media,
  origins,
  selectColumns,
  setRow,
  statuses,
} from './asset-columns.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { StandingChecks } from './standing-checks.ts';
import type { AssetPlaces, StandingReports } from './standing-checks.ts';
import { orderByMargin } from './order-by-margin.ts';
import { UNJUDGED, VersionScoreColumns } from './version-scores.ts';
import type { VersionScores } from './version-scores.ts';

/** 1 at the key of each text that matches. */
export type MatchingTexts = Uint8Array;

/** A filter with its ids as keys (0 is any) and its words as the keys of matching texts (null is any). */
export type AssetSelection = Pick<
  AssetFilter,
  'statuses' | 'flags' | 'minStars' | 'origins' | 'media' | 'formatIds' | 'compliance'
> & {
  readonly brief: number;
  readonly plan: number;
  readonly batch: number;
  readonly texts: MatchingTexts | null;
  /** Sequences of what fails the wanted check; null is any. */
  readonly failing: ReadonlySet<number> | null;
  /** The brand version whose scores count; 0 is the one that each was made under. */
  readonly version: number;
};

export type AssetCounts = {
  readonly total: number;
  readonly unreviewed: number;
  readonly approved: number;
  readonly rejected: number;
  readonly redo: number;
  readonly picks: number;
  /** With a score against the wanted version, and of these those that pass. */
  readonly judged: number;
  readonly compliant: number;
};

export const noAssets: AssetCounts = {
  total: 0,
  unreviewed: 0,
  approved: 0,
  rejected: 0,
  redo: 0,
  picks: 0,
  judged: 0,
  compliant: 0,
};

type MovedListener = (moved: (position: number) => number) => void;

const MADE = origins.indexOf('made');

/** Rows are gone from memory again before the garbage collector has to move them. */
const READ_AT_ONCE = 5000;

/**
 * What the grid filters and sorts by, in columns in memory, so that a hundred thousand assets are filtered in a few milliseconds on any machine. It is a
 * copy of what the rows say and nothing else: writers name the rows that they touched, and the next question reads those again.
 */
export class AssetIndex {
  readonly #database: LibraryDatabase;
  readonly #touched = new Set<number>();
  readonly #scores: VersionScoreColumns;
  readonly #checks: StandingChecks;
  readonly #listeners = new Set<MovedListener>();
  #dataVersion: unknown = null;
  #columns = createColumns(0);
  #count = 0;
  #formats: readonly string[] = listFormatNames([]);

  constructor(database: LibraryDatabase) {
    this.#database = database;
    this.#scores = new VersionScoreColumns(database);
    this.#checks = new StandingChecks(database);
  }

  /** Call inside the transaction that changes or deletes these rows of `assets`. New rows are found without it. */
  touch(sequences: readonly number[]): void {
    for (const sequence of sequences) {
      this.#touched.add(sequence);
    }
  }

  /** Calls back when rows had to be read anew, with where each position went; -1 for a row that is gone. */
  onMoved(listener: MovedListener): void {
    this.#listeners.add(listener);
  }

  /** One past the highest position. */
  get size(): number {
    return this.#count;
  }

  ids(wanted: AssetSelection, sort: AssetSort): AssetId[] {
    this.refresh();
    return this.namesOf(this.order(wanted, sort)).filter((id) => id !== null);
  }

  /** Positions of what matches, as of the last refresh. A position belongs to one asset for as long as `onMoved` is not called. */
  order(wanted: AssetSelection, sort: AssetSort): Int32Array {
    const positions = this.#select(wanted);
    switch (sort) {
      case 'oldest':
        return positions;
      case 'newest':
        return positions.reverse();
      case 'worst-compliance':
        return orderByMargin(positions, this.#scoresOf(wanted.version).margin);
      case 'stars':
        return orderByStars(positions.reverse(), this.#columns.stars);
    }
  }

  /** In the order asked; null for one that left through the bin for good. */
  namesOf(positions: Int32Array): (AssetId | null)[] {
    const { sequence } = this.#columns;
    const rows = this.#database.columns(
      'SELECT assets.id FROM json_each(?) AS wanted LEFT JOIN assets ON assets.sequence = wanted.value ORDER BY wanted.key',
      JSON.stringify(Array.from(positions, (position) => sequence[position] ?? 0)),
    );
    // Every id was checked when it was written; checking a hundred thousand again would take longer than finding them.
    return rows.map((row) => (Array.isArray(row) ? (row[0] as AssetId | null) : null));
  }

  /** Null for an id that is not in the library. */
  positionsOf(assetIds: readonly AssetId[]): (number | null)[] {
    const sequences = this.#database.columns(
      'SELECT assets.sequence FROM json_each(?) AS wanted LEFT JOIN assets ON assets.id = wanted.value ORDER BY wanted.key',
      JSON.stringify(assetIds),
    );
    return sequences.map((row) => {
      const sequence = keyOf(row);
      const position = this.#positionOf(sequence);
      return sequence > 0 && this.#columns.sequence[position] === sequence ? position : null;
    });
  }

  /** Whether it is in the library and not in its bin. */
  isThere(position: number): boolean {
    return this.#columns.alive[position] === 1;
  }

  counts(wanted: AssetSelection): AssetCounts {
    this.refresh();
    const positions = this.#select(wanted);
    const { status, flag } = this.#columns;
    const { judgement } = this.#scoresOf(wanted.version);
    const byStatus = statuses.map(() => 0);
    let picks = 0;
    let judged = 0;
    let passed = 0;
    for (const position of positions) {
      const code = status[position] ?? 0;
      byStatus[code] = (byStatus[code] ?? 0) + 1;
      picks += flags[flag[position] ?? 0] === 'pick' ? 1 : 0;
      judged += judgement[position] === UNJUDGED ? 0 : 1;
      passed += judgement[position] === 1 ? 1 : 0;
    }
    const countOf = (name: (typeof statuses)[number]) => byStatus[statuses.indexOf(name)] ?? 0;
    return {
      total: positions.length,
      unreviewed: countOf('unreviewed'),
      approved: countOf('approved'),
      rejected: countOf('rejected'),
      redo: countOf('redo'),
      picks,
      judged,
      compliant: passed,
    };
  }

  /** Positions of what a brief's and a plan's cells became and is not in the bin, and the checks of all assets against a version. 0 is any, and the version that each was made under. */
  checksOf(
    { brief, plan, except }: { readonly brief: number; readonly plan: number; readonly except: readonly number[] },
    version: number,
  ): { readonly positions: Int32Array; readonly standing: StandingReports } {
    this.refresh();
    const { alive, origin, brief: briefs, plan: plans } = this.#columns;
    const isOut = new Uint8Array(this.#count);
    for (const sequence of except) isOut[this.#positionOf(sequence)] = 1;
    const found = new Int32Array(this.#count);
    let length = 0;
    for (let at = 0; at < this.#count; at += 1) {
      if (alive[at] !== 1 || origin[at] !== MADE || isOut[at] === 1) continue;
      if ((brief !== 0 && briefs[at] !== brief) || (plan !== 0 && plans[at] !== plan)) continue;
      found[length] = at;
      length += 1;
    }
    return { positions: found.subarray(0, length), standing: this.#checks.find(version, this.#places()) };
  }

  #places(): AssetPlaces {
    return {
      count: this.#count,
      sequenceAt: (position) => this.#columns.sequence[position] ?? 0,
      positionOf: (sequence) => this.#positionOf(sequence),
    };
  }

  /** Positions in the order of commits. */
  #select(wanted: AssetSelection): Int32Array {
    const { judgement } = this.#scoresOf(wanted.version);
    const { alive, status, flag, stars, format, medium, origin, brief, plan, batch, text, sequence } = this.#columns;
    const statusWanted = maskOf(wanted.statuses, statuses);
    const flagWanted = maskOf(wanted.flags, flags);
    const mediumWanted = maskOf(wanted.media, media);
    const originWanted = maskOf(wanted.origins, origins);
    const formatWanted = lookupOf(wanted.formatIds, this.#formats);
    // Also one that nothing here knows.
    const otherFormat = wanted.formatIds.length === 0 ? 1 : 0;
    const compliantWanted = wanted.compliance === 'any' ? 0b111 : 1 << (wanted.compliance === 'passed' ? 1 : 0);
    const found = new Int32Array(this.#count);
    let length = 0;
    for (let at = 0; at < this.#count; at += 1) {
      const fits =
        alive[at] === 1 &&
        ((statusWanted >> (status[at] ?? 0)) &
          (flagWanted >> (flag[at] ?? 0)) &
          (mediumWanted >> (medium[at] ?? 0)) &
          (originWanted >> (origin[at] ?? 0)) &
          (formatWanted[format[at] ?? 0] ?? otherFormat) &
          (compliantWanted >> (judgement[at] ?? 0)) &
          1) ===
          1 &&
        (stars[at] ?? 0) >= wanted.minStars &&
        (wanted.brief === 0 || brief[at] === wanted.brief) &&
        (wanted.plan === 0 || plan[at] === wanted.plan) &&
        (wanted.batch === 0 || batch[at] === wanted.batch) &&
        (wanted.texts === null || wanted.texts[text[at] ?? 0] === 1) &&
        (wanted.failing === null || wanted.failing.has(sequence[at] ?? 0));
      if (fits) {
        found[length] = at;
        length += 1;
      }
    }
    return found.subarray(0, length);
  }

  #scoresOf(version: number): VersionScores {
    const { compliant, margin } = this.#columns;
    return version === 0
      ? { judgement: compliant, margin }
      : this.#scores.find(version, this.#columns.alive.length, (sequence) => this.#positionOf(sequence));
  }

  /** Reads what changed since. Every question does so; what takes several steps does so once, at its start. */
  refresh(): void {
    // Another process wrote (this one only reads): nobody named the rows, so all are read again.
    const dataVersion = this.#database.value('PRAGMA data_version');
    const before = dataVersion === this.#dataVersion ? null : { sequence: this.#columns.sequence, count: this.#count };
    if (before !== null) {
      this.#scores.forget();
      this.#checks.forget();
      this.#columns = createColumns(0);
      this.#count = 0;
      this.#touched.clear();
      this.#dataVersion = dataVersion;
    }
    this.#formats = this.#readFormats();
    this.#readTouched(this.#newest());
    while (this.#readNext()) {
      // Until nothing is left.
    }
    if (before !== null && before.count > 0) {
      this.#tellMoved(before.sequence);
    }
  }

  /** Reads a part of what was never read, while nobody waits for it. @returns whether there is more */
  readAhead(): boolean {
    this.#dataVersion ??= this.#database.value('PRAGMA data_version');
    this.#formats = this.#readFormats();
    return this.#readNext();
  }

  /** Reads a part of the checks of what each was made under, as `readAhead` does. @returns whether there is more */
  readChecksAhead(): boolean {
    return this.#checks.readAhead(0, this.#places());
  }

  #readNext(): boolean {
    const rows = this.#database.columns(
      `${selectColumns(this.#formats)} WHERE sequence > ? ORDER BY sequence LIMIT ?`,
      this.#newest(),
      READ_AT_ONCE,
    );
    this.#append(rows);
    return rows.length === READ_AT_ONCE;
  }

  #tellMoved(before: Float64Array): void {
    const moved = (old: number): number => {
      const position = this.#positionOf(before[old] ?? 0);
      return this.#columns.sequence[position] === before[old] ? position : -1;
    };
    for (const listener of this.#listeners) {
      listener(moved);
    }
  }

  #readFormats(): string[] {
    const rows = this.#database.columns('SELECT id FROM formats ORDER BY sequence');
    return listFormatNames(rows.map((row) => String(Array.isArray(row) ? row[0] : row)));
  }

  #newest(): number {
    return this.#count === 0 ? 0 : (this.#columns.sequence[this.#count - 1] ?? 0);
  }

  #readTouched(newest: number): void {
    const known = [...this.#touched].filter((sequence) => sequence <= newest);
    if (known.length > 0) {
      const rows = this.#database.columns(
        `${selectColumns(this.#formats)} WHERE sequence IN (SELECT value FROM json_each(?))`,
        JSON.stringify(known),
      );
      for (const sequence of known) {
        this.#columns.alive[this.#positionOf(sequence)] = 0;
      }
      for (const row of rows) {
        setRow(this.#columns, this.#positionOf(keyOf(row)), row);
      }
      if (rows.length < known.length) {
        this.#scores.forget();
        this.#checks.forget();
      }
    }
    this.#touched.clear();
  }

  #append(rows: readonly unknown[]): void {
    if (rows.length === 0) {
      return;
    }
    if (this.#count + rows.length > this.#columns.alive.length) {
      this.#columns = growColumns(this.#columns, Math.max(1024, Math.ceil((this.#count + rows.length) * 1.5)));
    }
    for (const row of rows) {
      setRow(this.#columns, this.#count, row);
      this.#count += 1;
    }
  }

  /** Rows stand in the order of their keys. */
  #positionOf(sequence: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#columns.sequence[middle] ?? 0) < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Bit n is set when the n-th option is wanted; no wish is every option. */
function maskOf<Option>(wanted: readonly Option[], options: readonly Option[]): number {
  return wanted.length === 0 ? -1 : wanted.reduce((mask, option) => mask | (1 << options.indexOf(option)), 0);
}

/** 1 at the code of each format that is wanted; no wish is every format. */
function lookupOf(wanted: readonly string[], names: readonly string[]): Uint8Array {
  const lookup = new Uint8Array(names.length).fill(wanted.length === 0 ? 1 : 0);
  for (const name of wanted) {
    const code = names.indexOf(name);
    if (code >= 0) lookup[code] = 1;
  }
  return lookup;
}

function orderByStars(newestFirst: Int32Array, stars: Uint8Array): Int32Array {
  const ordered = new Int32Array(newestFirst.length);
  let length = 0;
  for (let wanted = 5; wanted >= 0; wanted -= 1) {
    for (const position of newestFirst) {
      if (stars[position] === wanted) {
        ordered[length] = position;
        length += 1;
      }
    }
  }
  return ordered;
}
