import { firstTables } from './0010-first-tables.ts';
import { remakes } from './0020-remakes.ts';
import { scores } from './0030-scores.ts';
import { planSources } from './0040-plan-sources.ts';
import { planTemplates } from './0050-plan-templates.ts';
import { runs } from './0100-runs.ts';
import { healed } from './0105-healed.ts';
import { formats } from './0107-formats.ts';
import { scoresByVersion } from './0110-scores-by-version.ts';
import { events } from './0120-events.ts';
import { copies } from './0160-copies.ts';
import { people } from './0165-people.ts';
import { media } from './0170-media.ts';
import type { Migration } from './migration.ts';

/** In order. */
export const migrations: readonly Migration[] = [
  firstTables,
  remakes,
  scores,
  planSources,
  planTemplates,
  runs,
  healed,
  formats,
  scoresByVersion,
  events,
  copies,
  people,
  media,
];
