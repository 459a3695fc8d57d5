import type { Migration } from './migration.ts';

/**
 * Words of a concept in a language, for every channel format or for one. Rows are only added: the newest of a place counts, and one without words gives the place back to
 * the concept. `of_words` is what the concept said when the copy was written.
 */
export const copies: Migration = {
  id: 160,
  follows: 120,
  sql: `
CREATE TABLE copies (
  sequence INTEGER PRIMARY KEY,
  concept_sequence INTEGER NOT NULL REFERENCES deliverables (sequence),
  locale TEXT NOT NULL,
  format_id TEXT,
  words TEXT,
  of_words TEXT NOT NULL,
  origin TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX copies_by_place ON copies (concept_sequence, locale, format_id, sequence);
CREATE TRIGGER copies_never_change BEFORE UPDATE ON copies BEGIN SELECT RAISE(ABORT, 'copies are append-only'); END;
`,
};
