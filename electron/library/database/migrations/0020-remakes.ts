import type { Migration } from './migration.ts';

/**
 * Pictures that are made again. `remake` is how and why; `remade_job` the job whose picture failed, which the unique index lets follow once; `asked_by` the decision that
 * asked for another take. The fingerprint of a picture tells near duplicates apart.
 */
export const remakes: Migration = {
  id: 20,
  follows: 10,
  sql: `
ALTER TABLE jobs ADD COLUMN remake TEXT;
ALTER TABLE jobs ADD COLUMN remade_job INTEGER REFERENCES jobs (sequence);
ALTER TABLE jobs ADD COLUMN asked_by INTEGER REFERENCES review_groups (sequence);
CREATE UNIQUE INDEX jobs_by_remade_job ON jobs (remade_job) WHERE remade_job IS NOT NULL;
CREATE INDEX jobs_by_asking ON jobs (asked_by) WHERE asked_by IS NOT NULL;
ALTER TABLE assets ADD COLUMN fingerprint BLOB;
`,
};
