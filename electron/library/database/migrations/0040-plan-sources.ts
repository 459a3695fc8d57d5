import type { Migration } from './migration.ts';

/** Pictures that the pictures of a plan are made from. Plans stay, so what they name stays too. */
export const planSources: Migration = {
  id: 40,
  follows: 30,
  sql: `
CREATE TABLE plan_sources (
  plan_sequence INTEGER PRIMARY KEY REFERENCES plans (sequence),
  hash TEXT NOT NULL REFERENCES objects (hash),
  mask_hash TEXT REFERENCES objects (hash),
  strength REAL NOT NULL CHECK (strength > 0 AND strength <= 1)
) STRICT;
CREATE INDEX plan_sources_by_hash ON plan_sources (hash);
CREATE INDEX plan_sources_by_mask ON plan_sources (mask_hash) WHERE mask_hash IS NOT NULL;
`,
};
