import type { Migration } from './migration.ts';

/** Channel formats of the library's own. One that is removed stays for the pictures that were made in it. */
export const formats: Migration = {
  id: 107,
  follows: 105,
  sql: `
CREATE TABLE formats (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;`,
};
