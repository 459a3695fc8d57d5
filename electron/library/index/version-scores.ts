import type { LibraryDatabase } from '../database/library-database.ts';

/** By position of the asset index: 0 failed, 1 passed, 2 no report; the margin of the worst check, infinite without a report so that it sorts last. */
export type VersionScores = { readonly judgement: Uint8Array; readonly margin: Float32Array };

export const UNJUDGED = 2;
/** Versions that people compare stand by; the one asked for longest ago makes room. */
const KEPT_VERSIONS = 4;
const READ_AT_ONCE = 5000;

type Known = { scores: VersionScores; through: number };

const selectScores = `
SELECT report_sequence, asset_sequence, compliant, worst_margin FROM asset_scores
WHERE brand_version_sequence = ? AND report_sequence > ? ORDER BY report_sequence LIMIT ${READ_AT_ONCE}`;

/** Scores against other versions than the one that each asset was made under. A score only changes with a newer report, so no more than the newer ones are read again. */
export class VersionScoreColumns {
  readonly #database: LibraryDatabase;
  readonly #known = new Map<number, Known>();

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  /** Positions may have changed, or reports may be gone. */
  forget(): void {
    this.#known.clear();
  }

  find(version: number, size: number, positionOf: (sequence: number) => number): VersionScores {
    const known = this.#remember(version, size);
    const { judgement, margin } = known.scores;
    let rows: readonly unknown[];
    do {
      rows = this.#database.columns(selectScores, version, known.through);
      for (const row of rows) {
        if (!Array.isArray(row)) {
          throw new TypeError('A row of scores is no array.');
        }
        const position = positionOf(Number(row[1]));
        judgement[position] = Number(row[2]);
        margin[position] = Number(row[3]);
        known.through = Number(row[0]);
      }
    } while (rows.length === READ_AT_ONCE);
    return known.scores;
  }

  #remember(version: number, size: number): Known {
    const before = this.#known.get(version);
    const known: Known = before ?? { scores: emptyScores(size), through: 0 };
    if (known.scores.judgement.length < size) {
      const grown = emptyScores(Math.ceil(size * 1.5));
      grown.judgement.set(known.scores.judgement);
      grown.margin.set(known.scores.margin);
      known.scores = grown;
    }
    this.#known.delete(version);
    this.#known.set(version, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT_VERSIONS && oldest !== undefined) {
      this.#known.delete(oldest);
    }
    return known;
  }
}

function emptyScores(size: number): VersionScores {
  return {
    judgement: new Uint8Array(size).fill(UNJUDGED),
    margin: new Float32Array(size).fill(Number.POSITIVE_INFINITY),
  };
}
