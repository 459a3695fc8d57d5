import { z } from 'zod';
import { StudioError, errorRecordSchema } from '../../contract/errors.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import { jobIdSchema, runIdSchema, timestampMsSchema } from '../../contract/identifiers.ts';
import type { RunId } from '../../contract/identifiers.ts';
import type { JobInput, JobKindName, Resource } from '../../contract/job.ts';
import { runStateSchema, runSubjectSchema } from '../../contract/run.ts';
import type { JobEnd, Run, RunFilter, RunKind, RunState, RunSubject, RunTroubles } from '../../contract/run.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import { finishRunWhenDone } from './job-in-hand.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** The stored part of a run. `waiting` counts jobs that nobody works on; `running` those that are claimed. */
export type RunRecord = Pick<
  Run,
  | 'id'
  | 'kind'
  | 'state'
  | 'title'
  | 'about'
  | 'total'
  | 'done'
  | 'failed'
  | 'healed'
  | 'waiting'
  | 'askedBy'
  | 'startedAtMs'
  | 'finishedAtMs'
> & { readonly running: number; readonly firstFailure: ErrorRecord | null };

export type NewJob<Name extends JobKindName = JobKindName> = {
  readonly kind: Name;
  readonly resource: Resource;
  readonly subject?: string | null;
  readonly input: JobInput<Name>;
  /** Of everything that the output depends on; a job whose hash is known takes the known output. */
  readonly inputHash?: string | null;
  readonly priority?: number;
  readonly notBeforeMs?: number | null;
  /** Jobs of the same run by their place in it, all earlier than this one. */
  readonly needs?: readonly { readonly index: number; readonly mustSucceed: boolean }[];
};

export type NewRun = {
  readonly kind: RunKind;
  readonly title: string;
  readonly about?: Partial<RunSubject>;
  readonly askedBy: string;
  readonly priority?: number;
  readonly jobs: readonly NewJob[];
};

export type RunRepository = {
  /** Newest first. */
  list(filter: Partial<RunFilter>): RunRecord[];
  /** Running and paused ones, oldest first. */
  listOpen(): RunRecord[];
  /** Running ones that have jobs left, in the order in which they get their turn. */
  listRunning(): { readonly id: RunId; readonly kind: string }[];
  /** @throws run.notFound */
  get(runId: RunId): RunRecord;
  /** Writes the run with all its jobs. One without jobs is finished at once. */
  start(run: NewRun): RunRecord;
  /** @throws run.notFound, run.wrongState */
  pause(runId: RunId): RunRecord;
  /** @throws run.notFound, run.wrongState */
  resume(runId: RunId): RunRecord;
  /** Drops waiting jobs. Jobs in hand may still complete. @throws run.notFound, run.wrongState */
  stop(runId: RunId): RunRecord;
  /** Sets failed jobs back to waiting, with their counters cleared, and the run to running. @throws run.notFound */
  retryFailed(runId: RunId): RunRecord;
  /** @throws run.notFound */
  ends(runId: RunId): JobEnd[];
  /** @throws run.notFound */
  troubles(runId: RunId): RunTroubles;
};

const runRow = z.object({
  id: runIdSchema,
  kind: z.string(),
  state: runStateSchema,
  title: z.string(),
  about: jsonColumn(runSubjectSchema),
  total: countColumn,
  done: countColumn,
  failed: countColumn,
  healed: countColumn,
  waiting: countColumn,
  running: countColumn,
  firstFailure: jsonColumn(errorRecordSchema).nullable(),
  askedBy: z.string(),
  startedAtMs: timestampMsSchema,
  finishedAtMs: timestampMsSchema.nullable(),
});
const endRow = z.object({
  jobId: jobIdSchema,
  kind: z.string(),
  index: countColumn,
  subject: z.string().nullable(),
  state: z.enum(['done', 'failed', 'dropped']),
  attempts: countColumn,
  output: jsonColumn(z.unknown()).nullable(),
  error: jsonColumn(errorRecordSchema).nullable(),
  draft: z.string().nullable(),
});

const failedRow = z.object({ error: jsonColumn(errorRecordSchema), jobs: countColumn, attempts: countColumn });
const healedRow = z.object({
  error: jsonColumn(errorRecordSchema).nullable(),
  jobs: countColumn,
  lastAtMs: timestampMsSchema,
});

const runningRow = z.object({ id: runIdSchema, kind: z.string() });
const selectRunning = "SELECT id, kind FROM runs WHERE state = 'running' ORDER BY priority DESC, sequence";

const MAX_ENDS = 1000;

export const countJobs = (state: string) =>
  `(SELECT count(*) FROM jobs WHERE run_sequence = runs.sequence AND state = '${state}')`;
const countHealed =
  "(SELECT count(*) FROM jobs INDEXED BY jobs_healed WHERE run_sequence = runs.sequence AND state = 'done' AND attempts > 1)";
const selectRuns = `
SELECT runs.id, kind, state, title, total, ${countJobs('done')} AS done, ${countJobs('failed')} AS failed, ${countHealed} AS healed, ${countJobs('waiting')} AS waiting, ${countJobs('running')} AS running,
  json_object('briefId', (SELECT id FROM briefs WHERE sequence = brief_sequence), 'planId', (SELECT id FROM plans WHERE sequence = plan_sequence),
    'brandVersionId', (SELECT id FROM brand_versions WHERE sequence = brand_version_sequence)) AS about,
  (SELECT error FROM jobs WHERE run_sequence = runs.sequence AND state = 'failed' ORDER BY sequence LIMIT 1) AS firstFailure,
  asked_by AS askedBy, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs
FROM runs`;
const selectEnds = `
SELECT id AS jobId, kind, position AS "index", subject, state, attempts, output, error,
  (SELECT text FROM job_drafts WHERE job_sequence = jobs.sequence) AS draft
FROM jobs WHERE run_sequence = ?`;

const MAX_REASONS = 50;
const selectFailed = `
SELECT error, count(*) AS jobs, max(attempts) AS attempts FROM jobs WHERE run_sequence = ? AND state = 'failed'
GROUP BY error ->> '$.code', error ->> '$.message' ORDER BY jobs DESC LIMIT ${MAX_REASONS}`;
const selectHealed = `
SELECT job_attempts.error, count(DISTINCT jobs.sequence) AS jobs, max(started_at_ms) AS lastAtMs
FROM jobs INDEXED BY jobs_healed CROSS JOIN job_attempts ON job_sequence = jobs.sequence
WHERE run_sequence = ? AND state = 'done' AND attempts > 1 AND outcome IN ('failed', 'crashed')
GROUP BY job_attempts.error ->> '$.code', job_attempts.error ->> '$.message' ORDER BY jobs DESC LIMIT ${MAX_REASONS}`;

export function createRunRepository(context: RepositoryContext): RunRepository {
  const { database } = context;
  function get(runId: RunId): RunRecord {
    const found = database.find(runRow, `${selectRuns} WHERE runs.id = ?`, runId);
    if (found === null) throw notFound('run.notFound', runId);
    return found;
  }
  function move(runId: RunId, from: readonly RunState[], to: keyof typeof moves): RunRecord {
    return database.write(() => {
      const { state } = get(runId);
      if (!from.includes(state)) {
        throw new StudioError('run.wrongState', `The run is ${state}.`, { state, wanted: from.join(' or ') });
      }
      moveRun(context, requireRun(database, runId), to);
      database.note(moves[to], [runId]);
      return get(runId);
    });
  }
  const moves = { paused: 'run.paused', running: 'run.resumed', stopped: 'run.stopped' } as const;
  return {
    get,
    list: ({ kinds = [], open = null, failed = false, briefId = null, before = null, limit = 50 }) =>
      database.all(
        runRow,
        `${selectRuns} WHERE (? = '[]' OR kind IN (SELECT value FROM json_each(?))) AND (? IS NULL OR (state IN ('running', 'paused')) = ?)
           AND (? = 0 OR EXISTS (SELECT 1 FROM jobs WHERE run_sequence = runs.sequence AND jobs.state = 'failed'))
           AND (? IS NULL OR brief_sequence = (SELECT sequence FROM briefs WHERE id = ?))
           AND (? IS NULL OR runs.sequence < (SELECT sequence FROM runs WHERE id = ?)) ORDER BY runs.sequence DESC LIMIT ?`,
        JSON.stringify(kinds),
        JSON.stringify(kinds),
        open === null ? null : Number(open),
        Number(open),
        failed ? 1 : 0,
        briefId,
        briefId,
        before,
        before,
        limit,
      ),
    listOpen: () =>
      database.all(runRow, `${selectRuns} WHERE state IN ('running', 'paused') ORDER BY priority DESC, runs.sequence`),
    listRunning: () => database.all(runningRow, selectRunning),
    start: (run) => database.write(() => get(insertRun(context, run))),
    pause: (runId) => move(runId, ['running'], 'paused'),
    resume: (runId) => move(runId, ['paused'], 'running'),
    stop: (runId) => move(runId, ['running', 'paused'], 'stopped'),
    retryFailed: (runId) =>
      database.write(() => {
        if (retryFailedJobs(context, requireRun(database, runId)) > 0) database.note('run.retried', [runId]);
        return get(runId);
      }),
    ends: (runId) =>
      database.all(
        endRow,
        `${selectEnds} AND state IN ('done', 'failed', 'dropped') ORDER BY position LIMIT ${MAX_ENDS}`,
        requireRun(database, runId),
      ),
    troubles: (runId) => {
      const sequence = requireRun(database, runId);
      return {
        failed: database.all(failedRow, selectFailed, sequence),
        healed: database.all(healedRow, selectHealed, sequence),
      };
    },
  };
}

/** @throws run.notFound */
export function requireRun(database: LibraryDatabase, runId: RunId): number {
  return requireSequence(database, 'runs', runId, 'run.notFound');
}

function moveRun({ database, clock }: RepositoryContext, sequence: number, to: RunState): void {
  if (to === 'stopped') {
    database.run("UPDATE jobs SET state = 'dropped' WHERE run_sequence = ? AND state = 'waiting'", sequence);
  }
  database.run(
    'UPDATE runs SET state = ?, finished_at_ms = ? WHERE sequence = ?',
    to,
    to === 'stopped' ? clock.nowMs() : null,
    sequence,
  );
  finishRunWhenDone(database, sequence, clock.nowMs());
}

/** A job that failed for want of another waits for that one again. */
function retryFailedJobs({ database }: RepositoryContext, sequence: number): number {
  const retried = database.run(
    `UPDATE jobs SET state = 'waiting', attempts = 0, crashes = 0, error = NULL, not_before_ms = NULL WHERE run_sequence = ? AND state = 'failed'`,
    sequence,
  );
  if (retried === 0) return 0;
  database.run(
    `UPDATE jobs SET open_needs = (SELECT count(*) FROM job_needs JOIN jobs AS needed ON needed.sequence = needs
       WHERE job_sequence = jobs.sequence AND (needed.state IN ('waiting', 'running') OR must_succeed = 1 AND needed.state <> 'done'))
     WHERE run_sequence = ? AND state = 'waiting'`,
    sequence,
  );
  database.run("UPDATE runs SET state = 'running', finished_at_ms = NULL WHERE sequence = ?", sequence);
  return retried;
}

export function insertRun(context: RepositoryContext, run: NewRun): RunId {
  const { database, clock, newId } = context;
  const runId = runIdSchema.parse(newId());
  const { briefId = null, planId = null, brandVersionId = null } = run.about ?? {};
  const sequence = database.insert(
    `INSERT INTO runs (id, kind, state, title, plan_sequence, brief_sequence, brand_version_sequence, priority, total, asked_by, started_at_ms)
     VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?)`,
    runId,
    run.kind,
    run.title,
    planId === null ? null : requireSequence(database, 'plans', planId, 'plan.notFound'),
    briefId === null ? null : requireSequence(database, 'briefs', briefId, 'brief.notFound'),
    brandVersionId === null ? null : requireSequence(database, 'brand_versions', brandVersionId, 'brand.notFound'),
    run.priority ?? 0,
    run.jobs.length,
    run.askedBy,
    clock.nowMs(),
  );
  insertJobs(context, sequence, run.jobs);
  database.note('run.added', [runId], { by: run.askedBy });
  finishRunWhenDone(database, sequence, clock.nowMs());
  return runId;
}

/** Adds jobs to a run, in order. The run's total is the caller's. */
function insertJobs({ database, newId }: RepositoryContext, runSequence: number, jobs: readonly NewJob[]): void {
  const rows = jobs.map((job, index) => [
    jobIdSchema.parse(newId()),
    job.kind,
    job.subject ?? null,
    JSON.stringify(job.input),
    job.inputHash ?? null,
    job.resource,
    job.priority ?? 0,
    job.notBeforeMs ?? null,
    job.needs?.length ?? 0,
    index,
  ]);
  database.run(
    `INSERT INTO jobs (run_sequence, state, id, kind, subject, input, input_hash, resource, priority, not_before_ms, open_needs, position)
     SELECT ?, 'waiting', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9 FROM json_each(?) ORDER BY key`,
    runSequence,
    JSON.stringify(rows),
  );
  const needs = jobs.flatMap((job, index) =>
    (job.needs ?? []).map((need) => {
      if (need.index >= index)
        throw new Error(`Job ${index} of a run needs job ${need.index}, which is not before it.`);
      return [rows[index]?.[0], rows[need.index]?.[0], need.mustSucceed ? 1 : 0];
    }),
  );
  if (needs.length > 0) {
    database.run(
      `INSERT INTO job_needs (job_sequence, needs, must_succeed)
       SELECT (SELECT sequence FROM jobs WHERE id = value ->> 0), (SELECT sequence FROM jobs WHERE id = value ->> 1), value ->> 2 FROM json_each(?)`,
      JSON.stringify(needs),
    );
  }
}
