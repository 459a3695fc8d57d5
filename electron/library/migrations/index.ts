import { firstTables } from './0010-first-tables.ts';
import type { Migration } from './migration.ts';

/** In order. */
export const migrations: readonly Migration[] = [firstTables];
