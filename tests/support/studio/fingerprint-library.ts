import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * SHA-256 over every row of every table, and the names of all objects. Two libraries with the same fingerprint hold the same.
 * `ignoredTables` are those that change by themselves.
 */
export function fingerprintLibrary(folder: string, ignoredTables: readonly string[] = []): string {
  const hash = createHash('sha256');
  const database = new Database(join(folder, 'library.db'), { readonly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      .pluck()
      .all() as string[];
    for (const table of tables) {
      if (ignoredTables.includes(table)) continue;
      hash.update(table);
      for (const row of database.prepare(`SELECT * FROM "${table}"`).raw().iterate()) hash.update(JSON.stringify(row));
    }
  } finally {
    database.close();
  }
  for (const name of readdirSync(join(folder, 'objects'), { recursive: true }).map(String).sort()) hash.update(name);
  return hash.digest('hex');
}
