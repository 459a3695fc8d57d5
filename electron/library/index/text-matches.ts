import { z } from 'zod';
import type { MatchingTexts } from './asset-index.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';

const KEPT_QUERIES = 16;

const matchRow = z.object({ found: jsonColumn(z.array(countColumn)) });

type KnownMatch = { readonly through: number; readonly matching: MatchingTexts };

/** Which texts match a query. A text never changes, so an answer stays right and only newer texts are asked about again. */
export class TextMatches {
  readonly #database: LibraryDatabase;
  readonly #known = new Map<string, KnownMatch>();

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  find(match: string): MatchingTexts {
    const newest = this.#database.count('SELECT max(sequence) FROM asset_texts');
    const known = this.#known.get(match);
    if (known !== undefined && known.through >= newest) {
      return known.matching;
    }
    const matching = new Uint8Array(newest + 1);
    matching.set(known?.matching ?? []);
    const row = this.#database.find(
      matchRow,
      'SELECT json_group_array(rowid) AS found FROM asset_search WHERE asset_search MATCH ? AND rowid > ?',
      match,
      known?.through ?? 0,
    );
    for (const text of row?.found ?? []) {
      matching[text] = 1;
    }
    this.#remember(match, { through: newest, matching });
    return matching;
  }

  /** The query asked longest ago makes room. */
  #remember(match: string, known: KnownMatch): void {
    this.#known.delete(match);
    this.#known.set(match, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT_QUERIES && oldest !== undefined) {
      this.#known.delete(oldest);
    }
  }
}
