import type { Migration } from './migration.ts';

/** Templates that the cells of a plan take in turn; none is the brand's own. */
export const planTemplates: Migration = {
  id: 50,
  follows: 40,
  sql: `
ALTER TABLE plans ADD COLUMN templates TEXT NOT NULL DEFAULT '[]';
`,
};
