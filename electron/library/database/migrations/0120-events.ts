import type { Migration } from './migration.ts';

/**
 * What happened, in the order of commits; never changed and never deleted. A library of before gets the facts that its rows still know, in the order of their
 * times: who decided and who asked is written there, the rest is nobody's.
 */
export const events: Migration = {
  id: 120,
  follows: 110,
  sql: `
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  "by" TEXT NOT NULL,
  cause TEXT,
  detail TEXT,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE event_cursors (consumer TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO events (name, subject, "by", cause, detail, at_ms)
SELECT name, subject, who, cause, detail, at FROM (
  SELECT 10 AS rank, sequence AS place, 'brief.created' AS name, json_array(id) AS subject, '' AS who, NULL AS cause, NULL AS detail, created_at_ms AS at FROM briefs
  UNION ALL
  SELECT 20, brand_versions.sequence, iif(number = 1, 'brand.created', 'brand.versioned'), json_array(brands.id), '', brand_versions.id, NULL, created_at_ms
  FROM brand_versions JOIN brands ON brands.sequence = brand_sequence
  UNION ALL
  SELECT 30, sequence, iif(origin ->> 'kind' = 'edit', 'deliverable.edited', 'deliverable.added'), json_array(id), '', origin ->> 'of', NULL, created_at_ms FROM deliverables
  UNION ALL
  SELECT 40, sequence, 'plan.created', json_array(id), '', NULL, NULL, created_at_ms FROM plans
  UNION ALL
  SELECT 50, sequence, 'run.added', json_array(id), asked_by, NULL, NULL, started_at_ms FROM runs
  UNION ALL
  SELECT 60, assets.sequence, 'asset.made', json_array(assets.id), runs.asked_by, jobs.id, NULL, created_at_ms
  FROM assets JOIN jobs ON jobs.sequence = job_sequence JOIN runs ON runs.sequence = assets.run_sequence
  UNION ALL
  SELECT 70, groups.sequence, CASE kind WHEN 'undo' THEN 'verdict.undone' WHEN 'redo' THEN 'verdict.redone' ELSE 'verdict.given' END,
    json_group_array(asset), reviewer, groups.id,
    CASE kind WHEN 'decide' THEN json_object('axis', axis, 'value', min(value), 'reason', reason)
      ELSE json_object('axis', axis, 'takesBack', (SELECT id FROM review_groups WHERE sequence = groups.takes_back)) END, created_at_ms
  FROM review_groups AS groups JOIN (
    SELECT group_sequence, assets.id AS asset, value_after AS value, (row_number() OVER (PARTITION BY group_sequence ORDER BY verdicts.sequence) - 1) / 10000 AS part
    FROM verdicts JOIN assets ON assets.sequence = asset_sequence
  ) ON group_sequence = groups.sequence GROUP BY groups.sequence, part
  UNION ALL
  SELECT 80, sequence, 'delivery.made', json_array(id), '', NULL, NULL, created_at_ms FROM deliveries
  UNION ALL
  SELECT 85, sequence, 'format.added', json_array(id), '', NULL, NULL, created_at_ms FROM formats
  UNION ALL
  SELECT 90, sequence, CASE state WHEN 'stopped' THEN 'run.stopped' ELSE 'run.finished' END, json_array(id), asked_by, NULL, NULL, finished_at_ms
  FROM runs WHERE finished_at_ms IS NOT NULL
) ORDER BY at, rank, place;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
`,
};
