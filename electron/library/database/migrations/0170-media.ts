import type { Migration } from './migration.ts';

const columns = `sequence, id, hash, width, height, headline, format_id, locale, brief_sequence, brand_version_sequence, plan_sequence, run_sequence, cell_sequence, job_sequence,
  text_sequence, flag, stars, status, compliant, failed_checks, worst_margin, small_hash, medium_hash, large_hash, thumbnail_problem, binned_at_ms, created_at_ms, fingerprint`;

/**
 * An asset has a medium and an origin: the result of a plan's cell, as all were before, or a file of somebody's own. What only a plan knows is empty for the latter, whose name and
 * bytes stand in `imported_files`. A file is known by its bytes, so the same one is never in the library twice.
 */
export const media: Migration = {
  id: 170,
  follows: 165,
  rebuildsTables: true,
  sql: `
CREATE TABLE new_assets (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL REFERENCES objects (hash),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  headline TEXT NOT NULL,
  format_id TEXT,
  locale TEXT,
  brief_sequence INTEGER REFERENCES briefs (sequence),
  brand_version_sequence INTEGER REFERENCES brand_versions (sequence),
  plan_sequence INTEGER REFERENCES plans (sequence),
  run_sequence INTEGER NOT NULL REFERENCES runs (sequence),
  cell_sequence INTEGER REFERENCES cells (sequence),
  job_sequence INTEGER NOT NULL UNIQUE REFERENCES jobs (sequence),
  text_sequence INTEGER NOT NULL REFERENCES asset_texts (sequence),
  flag TEXT NOT NULL DEFAULT 'none' CHECK (flag IN ('none', 'pick', 'reject')),
  stars INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
  status TEXT NOT NULL DEFAULT 'unreviewed' CHECK (status IN ('unreviewed', 'approved', 'rejected', 'redo')),
  compliant INTEGER CHECK (compliant IN (0, 1)),
  failed_checks TEXT NOT NULL,
  worst_margin REAL,
  small_hash TEXT REFERENCES objects (hash),
  medium_hash TEXT REFERENCES objects (hash),
  large_hash TEXT REFERENCES objects (hash),
  thumbnail_problem TEXT,
  binned_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  fingerprint BLOB,
  medium TEXT NOT NULL DEFAULT 'picture' CHECK (medium IN ('picture', 'audio', 'video', 'document')),
  origin TEXT NOT NULL DEFAULT 'made' CHECK (origin IN ('made', 'imported')),
  CHECK (origin <> 'made' OR (format_id IS NOT NULL AND locale IS NOT NULL AND brief_sequence IS NOT NULL AND brand_version_sequence IS NOT NULL
    AND plan_sequence IS NOT NULL AND cell_sequence IS NOT NULL AND compliant IS NOT NULL AND worst_margin IS NOT NULL)),
  CHECK (origin = 'made' OR medium <> 'picture' OR (width > 0 AND height > 0))
) STRICT;
INSERT INTO new_assets (${columns}) SELECT ${columns} FROM assets ORDER BY sequence;
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_assets', seq FROM sqlite_sequence WHERE name = 'assets' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_assets');
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'assets') WHERE name = 'new_assets';
DROP TABLE assets;
ALTER TABLE new_assets RENAME TO assets;
CREATE INDEX assets_by_brief ON assets (brief_sequence, sequence, status) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_by_brand_version ON assets (brand_version_sequence, sequence) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_by_batch ON assets (run_sequence, sequence) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_by_text ON assets (text_sequence, sequence);
CREATE INDEX assets_by_cell ON assets (cell_sequence, sequence) WHERE binned_at_ms IS NULL;
CREATE INDEX assets_in_bin ON assets (binned_at_ms) WHERE binned_at_ms IS NOT NULL;
CREATE INDEX assets_without_thumbnails ON assets (sequence) WHERE small_hash IS NULL AND thumbnail_problem IS NULL;
CREATE INDEX assets_by_hash ON assets (hash);
CREATE INDEX assets_by_small_hash ON assets (small_hash) WHERE small_hash IS NOT NULL;
CREATE INDEX assets_by_medium_hash ON assets (medium_hash) WHERE medium_hash IS NOT NULL;
CREATE INDEX assets_by_large_hash ON assets (large_hash) WHERE large_hash IS NOT NULL;
CREATE TRIGGER assets_leave_through_the_bin BEFORE DELETE ON assets WHEN NOT EXISTS (SELECT 1 FROM emptying) BEGIN SELECT RAISE(ABORT, 'assets are deleted through the bin only'); END;
CREATE TRIGGER assets_keep_their_picture BEFORE UPDATE OF sequence, id, hash, width, height, job_sequence, cell_sequence, medium, origin ON assets
BEGIN SELECT RAISE(ABORT, 'the picture of an asset never changes'); END;

CREATE TABLE imported_files (
  asset_sequence INTEGER PRIMARY KEY REFERENCES assets (sequence) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE REFERENCES objects (hash),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  duration_ms INTEGER,
  pages INTEGER,
  imported_by TEXT NOT NULL,
  imported_at_ms INTEGER NOT NULL
) STRICT;
CREATE TRIGGER imported_files_never_change BEFORE UPDATE ON imported_files BEGIN SELECT RAISE(ABORT, 'imported_files are append-only'); END;
`,
};
