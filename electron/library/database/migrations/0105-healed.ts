import type { Migration } from './migration.ts';

/** A run says how many of its jobs were done at another try than the first, at every change, so they are counted by an index. */
export const healed: Migration = {
  id: 105,
  follows: 100,
  sql: `CREATE INDEX jobs_healed ON jobs (run_sequence) WHERE state = 'done' AND attempts > 1;`,
};
