import type { Migration } from './migration.ts';

/**
 * Scores by picture and brand version: what the newest report against each version says. The columns of `assets` hold those of the version that a picture was made under; before,
 * they followed the newest report against any version.
 */
export const scoresByVersion: Migration = {
  id: 110,
  follows: 107,
  sql: `
CREATE TABLE asset_scores (
  asset_sequence INTEGER NOT NULL REFERENCES assets (sequence) ON DELETE CASCADE,
  brand_version_sequence INTEGER NOT NULL REFERENCES brand_versions (sequence),
  report_sequence INTEGER NOT NULL,
  compliant INTEGER NOT NULL CHECK (compliant IN (0, 1)),
  failed_checks TEXT NOT NULL,
  worst_margin REAL NOT NULL,
  PRIMARY KEY (asset_sequence, brand_version_sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_scores_by_version ON asset_scores (brand_version_sequence, report_sequence, asset_sequence, compliant, worst_margin);

WITH newest AS (
  SELECT max(reports.sequence) AS sequence, brand_versions.sequence AS version
  FROM reports JOIN brand_versions ON brand_versions.id = report ->> 'brandVersionId' GROUP BY asset_sequence, brand_versions.sequence
), judged AS (
  SELECT asset_sequence, version, reports.sequence AS report, reports.report ->> 'passed' AS passed,
    (SELECT json_group_array(value ->> 'name') FILTER (WHERE NOT value ->> 'passed') FROM json_each(report, '$.checks')) AS failed,
    (SELECT min(1000.0, min(iif(value ->> 'better' = 'lower', value ->> 'threshold' - value ->> 'score', value ->> 'score' - value ->> 'threshold')
      / max(abs(value ->> 'threshold') * 1.0, 0.001))) FROM json_each(report, '$.checks')) AS worst
  FROM newest JOIN reports ON reports.sequence = newest.sequence
)
INSERT INTO asset_scores (asset_sequence, brand_version_sequence, report_sequence, compliant, failed_checks, worst_margin)
SELECT asset_sequence, version, report, passed, failed, iif(passed, max(ifnull(worst, 1000.0), 0.0), min(ifnull(worst, 1000.0), -1e-6)) FROM judged;

UPDATE assets SET compliant = score.compliant, failed_checks = score.failed_checks, worst_margin = score.worst_margin
FROM asset_scores AS score WHERE score.asset_sequence = assets.sequence AND score.brand_version_sequence = assets.brand_version_sequence;
`,
};
