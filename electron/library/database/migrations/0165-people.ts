import type { Migration } from './migration.ts';

/**
 * Who may come in. The owner of the machine is the first; the host gives the name. Of codes and tokens only their SHA-256 is kept. Verdicts, runs and
 * events of before keep the words that they were signed with: "owner" is the owner's id now, the other words are nobody's.
 */
export const people: Migration = {
  id: 165,
  follows: 160,
  sql: `
CREATE TABLE persons (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'reviewer', 'producer', 'admin')),
  created_at_ms INTEGER NOT NULL,
  last_seen_ms INTEGER,
  taken_back_at_ms INTEGER
) STRICT;
CREATE TABLE tokens (
  sequence INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  person_sequence INTEGER NOT NULL REFERENCES persons (sequence),
  created_at_ms INTEGER NOT NULL,
  last_used_ms INTEGER,
  taken_back_at_ms INTEGER
) STRICT;
CREATE INDEX tokens_by_person ON tokens (person_sequence);
CREATE TABLE invites (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  role TEXT NOT NULL CHECK (role IN ('viewer', 'reviewer', 'producer', 'admin')),
  person_sequence INTEGER REFERENCES persons (sequence),
  invited_by TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER,
  taken_back_at_ms INTEGER
) STRICT;
INSERT INTO persons (id, name, role, created_at_ms) VALUES ('owner', '', 'admin', 0);
`,
};
