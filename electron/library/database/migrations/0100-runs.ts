import type { Migration } from './migration.ts';

/**
 * One way of work: batches and re-scorings become runs, their rows jobs of one table. `resource` says which lanes may take a job; `open_needs` counts the jobs
 * that have to end before it; a job of a kind that this program does not know lies still. The cell, the try and the decision of a picture stay columns, because
 * plans are counted by them.
 */
export const runs: Migration = {
  id: 100,
  follows: 50,
  rebuildsTables: true,
  sql: `
ALTER TABLE batches RENAME TO runs;
CREATE TABLE new_runs (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'finished')),
  title TEXT NOT NULL,
  plan_sequence INTEGER REFERENCES plans (sequence),
  brief_sequence INTEGER REFERENCES briefs (sequence),
  brand_version_sequence INTEGER REFERENCES brand_versions (sequence),
  priority INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL,
  asked_by TEXT NOT NULL DEFAULT '',
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER,
  CHECK (kind <> 'batch' OR plan_sequence IS NOT NULL)
) STRICT;
INSERT INTO new_runs (sequence, id, kind, state, title, plan_sequence, brief_sequence, brand_version_sequence, total, started_at_ms, finished_at_ms)
SELECT runs.sequence, runs.id, 'batch', state, plans.name, plans.sequence, plans.brief_sequence, plans.brand_version_sequence, total, started_at_ms, finished_at_ms
FROM runs JOIN plans ON plans.sequence = plan_sequence;
DROP TABLE runs;
ALTER TABLE new_runs RENAME TO runs;
INSERT INTO runs (id, kind, state, title, brief_sequence, plan_sequence, brand_version_sequence, total, started_at_ms, finished_at_ms)
SELECT rescores.id, 'rescore', rescores.state, brands.name || ' ' || number, brief_sequence, plan_sequence, brand_version_sequence,
  (SELECT count(*) FROM rescore_jobs WHERE rescore_sequence = rescores.sequence), rescores.created_at_ms, finished_at_ms
FROM rescores JOIN brand_versions ON brand_versions.sequence = brand_version_sequence JOIN brands ON brands.sequence = brand_sequence ORDER BY rescores.sequence;
CREATE INDEX runs_by_plan ON runs (plan_sequence) WHERE plan_sequence IS NOT NULL;
CREATE INDEX runs_by_brief ON runs (brief_sequence) WHERE brief_sequence IS NOT NULL;
CREATE INDEX runs_open ON runs (priority DESC, sequence) WHERE state = 'running';
CREATE INDEX runs_by_state ON runs (state);

ALTER TABLE assets RENAME COLUMN batch_sequence TO run_sequence;

CREATE TABLE new_jobs (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  run_sequence INTEGER NOT NULL REFERENCES runs (sequence),
  kind TEXT NOT NULL,
  position INTEGER NOT NULL,
  subject TEXT,
  input TEXT NOT NULL DEFAULT '{}',
  input_hash TEXT,
  resource TEXT NOT NULL,
  priority INTEGER NOT NULL DEFAULT 0,
  not_before_ms INTEGER,
  open_needs INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'dropped')),
  attempts INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 0,
  begun INTEGER NOT NULL DEFAULT 0 CHECK (begun IN (0, 1)),
  worker TEXT,
  lease_until_ms REAL,
  claimed_at_ms REAL,
  error TEXT,
  output TEXT,
  cell_sequence INTEGER REFERENCES cells (sequence),
  asset_id TEXT UNIQUE,
  remake TEXT,
  remade_job INTEGER REFERENCES jobs (sequence),
  asked_by INTEGER REFERENCES review_groups (sequence),
  CHECK ((state = 'running') = (lease_until_ms IS NOT NULL)),
  CHECK (state <> 'failed' OR error IS NOT NULL),
  CHECK (kind <> 'picture.make' OR cell_sequence IS NOT NULL),
  CHECK (kind <> 'picture.make' OR state <> 'done' OR asset_id IS NOT NULL),
  CHECK (asset_id IS NULL OR state IN ('running', 'done'))
) STRICT;
INSERT INTO new_jobs (sequence, id, run_sequence, kind, position, subject, resource, state, attempts, crashes, token, begun, worker, lease_until_ms, claimed_at_ms, error, output,
  cell_sequence, asset_id, remake, remade_job, asked_by)
SELECT jobs.sequence, jobs.id, batch_sequence, 'picture.make', row_number() OVER (PARTITION BY batch_sequence ORDER BY jobs.sequence) - 1, cells.id, 'image', state, attempts, crashes, token, state = 'running', worker, lease_until_ms, claimed_at_ms, error,
  CASE WHEN asset_id IS NOT NULL THEN json_object('assetId', asset_id) END, cell_sequence, asset_id, remake, remade_job, asked_by
FROM jobs JOIN cells ON cells.sequence = cell_sequence;
DROP TABLE jobs;
ALTER TABLE new_jobs RENAME TO jobs;
INSERT INTO jobs (id, run_sequence, kind, position, subject, input, resource, state, attempts, error)
SELECT '0' || substr(lower(hex(randomblob(13))), 1, 25), runs.sequence, 'picture.rescore', row_number() OVER (PARTITION BY rescore_sequence ORDER BY rescore_jobs.sequence) - 1, assets.id, json_object('brandVersionId', brand_versions.id), 'processor',
  CASE rescore_jobs.state WHEN 'running' THEN 'waiting' ELSE rescore_jobs.state END, attempts, error
FROM rescore_jobs JOIN rescores ON rescores.sequence = rescore_sequence JOIN runs ON runs.id = rescores.id JOIN assets ON assets.sequence = asset_sequence
  JOIN brand_versions ON brand_versions.sequence = rescores.brand_version_sequence ORDER BY rescore_jobs.sequence;
UPDATE jobs SET output = '{}' WHERE kind = 'picture.rescore' AND state = 'done';
DROP TABLE rescore_jobs;
DROP TABLE rescores;
CREATE INDEX jobs_by_run ON jobs (run_sequence, state);
CREATE INDEX jobs_ready ON jobs (run_sequence, resource, priority DESC, sequence) WHERE state = 'waiting' AND open_needs = 0;
CREATE INDEX jobs_by_cell ON jobs (cell_sequence, state) WHERE cell_sequence IS NOT NULL;
CREATE INDEX jobs_by_subject ON jobs (subject, kind) WHERE subject IS NOT NULL;
CREATE INDEX jobs_by_input ON jobs (input_hash, kind) WHERE input_hash IS NOT NULL;
CREATE INDEX jobs_in_hand ON jobs (lease_until_ms) WHERE state = 'running';
CREATE UNIQUE INDEX jobs_by_remade_job ON jobs (remade_job) WHERE remade_job IS NOT NULL;
CREATE INDEX jobs_by_asking ON jobs (asked_by) WHERE asked_by IS NOT NULL;

CREATE TABLE job_needs (
  job_sequence INTEGER NOT NULL REFERENCES jobs (sequence),
  needs INTEGER NOT NULL REFERENCES jobs (sequence),
  must_succeed INTEGER NOT NULL CHECK (must_succeed IN (0, 1)),
  PRIMARY KEY (job_sequence, needs)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_needs_by_needs ON job_needs (needs);
CREATE TABLE job_drafts (
  job_sequence INTEGER PRIMARY KEY REFERENCES jobs (sequence),
  text TEXT NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
`,
};
