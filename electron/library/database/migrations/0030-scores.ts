import type { Migration } from './migration.ts';

/**
 * Drafts of brand kits, the pictures under type and logo, scores that can be counted, and scoring again as jobs. `report_checks` is a copy of what the reports say, kept
 * by triggers, so that a campaign is counted without reading every report.
 */
export const scores: Migration = {
  id: 30,
  follows: 20,
  sql: `
CREATE TABLE brand_drafts (
  brand_sequence INTEGER PRIMARY KEY REFERENCES brands (sequence),
  based_on INTEGER NOT NULL REFERENCES brand_versions (sequence),
  kit TEXT NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE brand_draft_files (
  brand_sequence INTEGER NOT NULL REFERENCES brand_drafts (brand_sequence) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL REFERENCES objects (hash),
  PRIMARY KEY (brand_sequence, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX brand_draft_files_by_hash ON brand_draft_files (hash);

CREATE TABLE asset_art (
  asset_sequence INTEGER PRIMARY KEY REFERENCES assets (sequence) ON DELETE CASCADE,
  hash TEXT NOT NULL REFERENCES objects (hash)
) STRICT;
CREATE INDEX asset_art_by_hash ON asset_art (hash);

CREATE TABLE report_checks (
  asset_sequence INTEGER NOT NULL,
  report_sequence INTEGER NOT NULL,
  brand_version_id TEXT NOT NULL,
  name TEXT NOT NULL,
  score REAL NOT NULL,
  threshold REAL NOT NULL,
  unit TEXT NOT NULL,
  better TEXT NOT NULL,
  passed INTEGER NOT NULL,
  PRIMARY KEY (asset_sequence, report_sequence, name)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reports_are_counted AFTER INSERT ON reports BEGIN
  ${countReport('new')};
END;
CREATE TRIGGER reports_are_uncounted AFTER DELETE ON reports BEGIN
  DELETE FROM report_checks WHERE asset_sequence = old.asset_sequence AND report_sequence = old.sequence;
END;
${countReport('reports', 'reports, ')};

CREATE TABLE rescores (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  brand_version_sequence INTEGER NOT NULL REFERENCES brand_versions (sequence),
  brief_sequence INTEGER REFERENCES briefs (sequence),
  plan_sequence INTEGER REFERENCES plans (sequence),
  state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'finished')),
  created_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER
) STRICT;
CREATE TABLE rescore_jobs (
  sequence INTEGER PRIMARY KEY,
  rescore_sequence INTEGER NOT NULL REFERENCES rescores (sequence),
  asset_sequence INTEGER NOT NULL REFERENCES assets (sequence) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'dropped')),
  attempts INTEGER NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 0,
  lease_until_ms REAL,
  error TEXT,
  UNIQUE (rescore_sequence, asset_sequence),
  CHECK ((state = 'running') = (lease_until_ms IS NOT NULL)),
  CHECK (state <> 'failed' OR error IS NOT NULL)
) STRICT;
CREATE INDEX rescore_jobs_by_state ON rescore_jobs (rescore_sequence, state);
CREATE INDEX rescore_jobs_by_asset ON rescore_jobs (asset_sequence);
CREATE INDEX rescore_jobs_in_hand ON rescore_jobs (lease_until_ms) WHERE state = 'running';
`,
};

function countReport(source: string, from = ''): string {
  return `INSERT INTO report_checks (asset_sequence, report_sequence, brand_version_id, name, score, threshold, unit, better, passed)
  SELECT ${source}.asset_sequence, ${source}.sequence, ${source}.report ->> 'brandVersionId', value ->> 'name', value ->> 'score', value ->> 'threshold', value ->> 'unit',
    value ->> 'better', value ->> 'passed' FROM ${from}json_each(${source}.report, '$.checks') WHERE true ON CONFLICT DO NOTHING`;
}
