import type { Migration } from './migration.ts';

/**
 * Rows refer to each other by `sequence`, the order of commits, which keeps indexes narrow; `id` is what crosses the border.
 * Tables that are append-only say so themselves: a trigger refuses every change, and deletion unless the bin is being emptied.
 */
export const firstTables: Migration = {
  id: 10,
  follows: 0,
  sql: `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE emptying (begun_at_ms INTEGER PRIMARY KEY) STRICT;

CREATE TABLE objects (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  size_bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE briefs (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fields TEXT NOT NULL,
  notes TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE brands (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE brand_versions (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  brand_sequence INTEGER NOT NULL REFERENCES brands (sequence),
  number INTEGER NOT NULL,
  kit TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (brand_sequence, number)
) STRICT;

CREATE TABLE brand_files (
  brand_version_sequence INTEGER NOT NULL REFERENCES brand_versions (sequence),
  name TEXT NOT NULL,
  hash TEXT NOT NULL REFERENCES objects (hash),
  PRIMARY KEY (brand_version_sequence, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX brand_files_by_hash ON brand_files (hash);

CREATE TABLE deliverables (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  brief_sequence INTEGER NOT NULL REFERENCES briefs (sequence),
  position INTEGER NOT NULL,
  replaced INTEGER NOT NULL DEFAULT 0 CHECK (replaced IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('persona', 'gap', 'concept')),
  content TEXT NOT NULL,
  origin TEXT NOT NULL,
  parent_ids TEXT NOT NULL,
  citations TEXT NOT NULL,
  chosen INTEGER NOT NULL CHECK (chosen IN (0, 1)),
  binned_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX deliverables_by_brief ON deliverables (brief_sequence, position);
CREATE INDEX deliverables_in_bin ON deliverables (binned_at_ms) WHERE binned_at_ms IS NOT NULL;

CREATE TABLE plans (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  brief_sequence INTEGER NOT NULL REFERENCES briefs (sequence),
  brand_version_sequence INTEGER NOT NULL REFERENCES brand_versions (sequence),
  name TEXT NOT NULL,
  concept_ids TEXT NOT NULL,
  format_ids TEXT NOT NULL,
  locales TEXT NOT NULL,
  variations INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  cell_count INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX plans_by_brief ON plans (brief_sequence);
CREATE INDEX plans_by_brand_version ON plans (brand_version_sequence);

CREATE TABLE cells (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  plan_sequence INTEGER NOT NULL REFERENCES plans (sequence),
  concept_sequence INTEGER NOT NULL REFERENCES deliverables (sequence),
  format_id TEXT NOT NULL,
  locale TEXT NOT NULL,
  variation INTEGER NOT NULL,
  seed INTEGER NOT NULL
) STRICT;
CREATE INDEX cells_by_plan ON cells (plan_sequence);
CREATE INDEX cells_by_concept ON cells (concept_sequence);

CREATE TABLE batches (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  plan_sequence INTEGER NOT NULL REFERENCES plans (sequence),
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'finished')),
  total INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER
) STRICT;
CREATE INDEX batches_by_plan ON batches (plan_sequence);
CREATE INDEX batches_by_state ON batches (state);

CREATE TABLE jobs (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  batch_sequence INTEGER NOT NULL REFERENCES batches (sequence),
  cell_sequence INTEGER NOT NULL REFERENCES cells (sequence),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'dropped')),
  attempts INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 0,
  worker TEXT,
  lease_until_ms REAL,
  claimed_at_ms REAL,
  error TEXT,
  asset_id TEXT UNIQUE,
  CHECK ((state = 'running') = (lease_until_ms IS NOT NULL)),
  CHECK ((state = 'done') = (asset_id IS NOT NULL)),
  CHECK (state <> 'failed' OR error IS NOT NULL)
) STRICT;
CREATE INDEX jobs_by_batch ON jobs (batch_sequence, state);
CREATE INDEX jobs_by_cell ON jobs (cell_sequence, state);
CREATE INDEX jobs_in_hand ON jobs (lease_until_ms) WHERE state = 'running';

CREATE TABLE job_attempts (
  sequence INTEGER PRIMARY KEY,
  job_sequence INTEGER NOT NULL REFERENCES jobs (sequence),
  token INTEGER NOT NULL,
  worker TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('done', 'failed', 'crashed', 'released')),
  duration_ms REAL,
  error TEXT,
  UNIQUE (job_sequence, token)
) STRICT;
CREATE INDEX job_attempts_done ON job_attempts (sequence) WHERE outcome = 'done';

CREATE TABLE asset_texts (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL UNIQUE,
  headline TEXT NOT NULL,
  body TEXT NOT NULL,
  call_to_action TEXT NOT NULL,
  prompt TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE asset_search USING fts5 (headline, body, call_to_action, prompt, content = 'asset_texts', content_rowid = 'sequence', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

CREATE TABLE assets (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL REFERENCES objects (hash),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  headline TEXT NOT NULL,
  format_id TEXT NOT NULL,
  locale TEXT NOT NULL,
  brief_sequence INTEGER NOT NULL REFERENCES briefs (sequence),
  brand_version_sequence INTEGER NOT NULL REFERENCES brand_versions (sequence),
  plan_sequence INTEGER NOT NULL REFERENCES plans (sequence),
  batch_sequence INTEGER NOT NULL REFERENCES batches (sequence),
  cell_sequence INTEGER NOT NULL REFERENCES cells (sequence),
  job_sequence INTEGER NOT NULL UNIQUE REFERENCES jobs (sequence),
  text_sequence INTEGER NOT NULL REFERENCES asset_texts (sequence),
  flag TEXT NOT NULL DEFAULT 'none' CHECK (flag IN ('none', 'pick', 'reject')),
  stars INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
  status TEXT NOT NULL DEFAULT 'unreviewed' CHECK (status IN ('unreviewed', 'approved', 'rejected', 'redo')),
  compliant INTEGER NOT NULL CHECK (compliant IN (0, 1)),
  failed_checks TEXT NOT NULL,
  worst_margin REAL NOT NULL,
  small_hash TEXT REFERENCES objects (hash),
  medium_hash TEXT REFERENCES objects (hash),
  large_hash TEXT REFERENCES objects (hash),
  thumbnail_problem TEXT,
  binned_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX assets_by_brief ON assets (brief_sequence, sequence, status) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_by_brand_version ON assets (brand_version_sequence, sequence) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_by_batch ON assets (batch_sequence, sequence) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_by_text ON assets (text_sequence, sequence);
CREATE INDEX assets_by_cell ON assets (cell_sequence, sequence) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_in_bin ON assets (binned_at_ms) WHERE binned_at_ms IS NOT NULL;
CREATE INDEX assets_without_thumbnails ON assets (sequence) WHERE small_hash IS NULL AND thumbnail_problem IS NULL;
CREATE INDEX assets_by_hash ON assets (hash);
CREATE INDEX assets_by_small_hash ON assets (small_hash) WHERE small_hash IS NOT NULL;
CREATE INDEX assets_by_medium_hash ON assets (medium_hash) WHERE medium_hash IS NOT NULL;
CREATE INDEX assets_by_large_hash ON assets (large_hash) WHERE large_hash IS NOT NULL;

CREATE TABLE recipes (asset_sequence INTEGER PRIMARY KEY REFERENCES assets (sequence), recipe TEXT NOT NULL) STRICT;
CREATE TABLE reports (
  sequence INTEGER PRIMARY KEY,
  asset_sequence INTEGER NOT NULL REFERENCES assets (sequence),
  report TEXT NOT NULL
) STRICT;
CREATE INDEX reports_by_asset ON reports (asset_sequence);

CREATE TABLE review_groups (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('decide', 'undo', 'redo')),
  axis TEXT NOT NULL CHECK (axis IN ('flag', 'stars', 'status')),
  reviewer TEXT NOT NULL,
  reason TEXT NOT NULL,
  takes_back INTEGER REFERENCES review_groups (sequence),
  root INTEGER REFERENCES review_groups (sequence),
  created_at_ms INTEGER NOT NULL,
  CHECK ((kind = 'decide') = (takes_back IS NULL)),
  CHECK ((kind = 'decide') = (root IS NULL))
) STRICT;
CREATE INDEX review_groups_by_reviewer ON review_groups (reviewer, kind);
CREATE UNIQUE INDEX review_groups_by_takes_back ON review_groups (takes_back) WHERE takes_back IS NOT NULL;
CREATE INDEX review_groups_by_root ON review_groups (root) WHERE root IS NOT NULL;

CREATE TABLE verdicts (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  group_sequence INTEGER NOT NULL REFERENCES review_groups (sequence),
  asset_sequence INTEGER NOT NULL REFERENCES assets (sequence),
  value_before TEXT NOT NULL,
  value_after TEXT NOT NULL CHECK (value_after <> value_before)
) STRICT;
CREATE INDEX verdicts_by_group ON verdicts (group_sequence);
CREATE INDEX verdicts_by_asset ON verdicts (asset_sequence);

CREATE TABLE emptied_assets (
  asset_id TEXT PRIMARY KEY,
  job_sequence INTEGER NOT NULL UNIQUE REFERENCES jobs (sequence),
  hash TEXT NOT NULL,
  emptied_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folder_name TEXT NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  asset_ids TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
  sequence INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('brand', 'brief', 'concept')),
  owner_sequence INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, owner_sequence)
) STRICT;
CREATE VIRTUAL TABLE document_search USING fts5 (title, body, content = 'documents', content_rowid = 'sequence', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

${['recipes', 'reports', 'verdicts', 'review_groups', 'brand_versions', 'brand_files'].map(refuseChange).join('')}
${['recipes', 'reports', 'verdicts', 'assets'].map(refuseDeletionOutsideBin).join('')}
${['review_groups', 'brand_versions', 'brand_files'].map(refuseDeletion).join('')}
CREATE TRIGGER assets_keep_their_picture BEFORE UPDATE OF sequence, id, hash, width, height, job_sequence, cell_sequence ON assets BEGIN SELECT RAISE(ABORT, 'the picture of an asset never changes'); END;
`,
};

function refuseChange(table: string): string {
  return `CREATE TRIGGER ${table}_never_change BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} are append-only'); END;\n`;
}

function refuseDeletion(table: string): string {
  return `CREATE TRIGGER ${table}_are_never_deleted BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} are append-only'); END;\n`;
}

function refuseDeletionOutsideBin(table: string): string {
  return `CREATE TRIGGER ${table}_leave_through_the_bin BEFORE DELETE ON ${table} WHEN NOT EXISTS (SELECT 1 FROM emptying) BEGIN SELECT RAISE(ABORT, '${table} are deleted through the bin only'); END;\n`;
}
