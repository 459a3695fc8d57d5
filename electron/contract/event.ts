import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { timestampMsSchema } from './identifiers.ts';
import { procedure } from './procedure.ts';

/** Everything that the library tells of itself: an aggregate and what happened to it. The list only grows, because events are kept for good. */
export const eventNames = [
  'brief.created',
  'brief.edited',
  'brand.created',
  'brand.versioned',
  'brand.drafted',
  'brand.draftDiscarded',
  'deliverable.added',
  'deliverable.edited',
  'deliverable.chosen',
  'deliverable.unchosen',
  'deliverable.binned',
  'deliverable.restored',
  'deliverable.deleted',
  'plan.created',
  'copy.written',
  'run.added',
  'run.paused',
  'run.resumed',
  'run.stopped',
  'run.retried',
  'run.shortened',
  'run.finished',
  'job.done',
  'job.failed',
  'job.deferred',
  'job.dropped',
  'asset.made',
  'asset.imported',
  'asset.scored',
  'asset.thumbnailed',
  'asset.binned',
  'asset.restored',
  'asset.deleted',
  'verdict.given',
  'verdict.undone',
  'verdict.redone',
  'delivery.made',
  'format.added',
  'format.removed',
  'model.installed',
  'model.removed',
  'model.chosen',
  'person.invited',
  'person.joined',
  'person.changed',
  'person.takenBack',
  'invite.takenBack',
  'review.ruleChanged',
] as const;
export const eventNameSchema = z.enum(eventNames);
export type EventName = z.infer<typeof eventNameSchema>;

/** Ids that one event may hold; what is about more things is told by several. */
export const MAX_SUBJECTS = 10_000;

/** A fact, recorded in the same transaction as the change that it tells of. */
export const libraryEventSchema = z.strictObject({
  /** Grows by one; the order of commits. */
  sequence: z.int().positive(),
  name: eventNameSchema,
  /** Ids of what it happened to. Of a verdict these are the assets, of a model its name. */
  subject: z.array(z.string()).min(1).max(MAX_SUBJECTS),
  /** In whose name: the id of the person who asked, or "studio" for what it does by itself. Older libraries hold other words. */
  by: z.string(),
  /** Id of what led to it: the job that made it, the run of a job, the decision behind a verdict, the deliverable that an edit replaces. */
  cause: z.string().nullable(),
  /** What the ids do not tell and may be deleted from the rows later: of a verdict its axis, value and reason, of a person name and role, of a rule what it says. */
  detail: z.record(z.string(), z.string()).nullable(),
  atMs: timestampMsSchema,
});
export type LibraryEvent = z.infer<typeof libraryEventSchema>;

/** How far somebody has read. The time tells a library that was put back from a copy from the one that was read. */
export const eventPlaceSchema = z.strictObject({ sequence: z.int().nonnegative(), atMs: timestampMsSchema });
export type EventPlace = z.infer<typeof eventPlaceSchema>;

/** A reader that is further behind than this is told to ask anew for what it shows. */
export const MAX_EVENTS_BEHIND = 2_000;

export const eventFeedSchema = z.discriminatedUnion('kind', [
  /** Where the feed goes on from. `missed`: what lies between here and where the reader stood is not told. */
  z.strictObject({ kind: z.literal('place'), place: eventPlaceSchema, missed: z.boolean() }),
  z.strictObject({ kind: z.literal('event'), event: libraryEventSchema }),
]);
export type EventFeedItem = z.infer<typeof eventFeedSchema>;

/** From `fromMs` on and before `toMs`; null is open. */
export const auditRangeSchema = z.strictObject({
  fromMs: timestampMsSchema.nullable(),
  toMs: timestampMsSchema.nullable(),
});
export type AuditRange = z.infer<typeof auditRangeSchema>;

export const auditChunkSchema = z.strictObject({
  /** Whole lines, each with its line feed. */
  text: z.string(),
  /** Events looked at, of how many. */
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
});
export type AuditChunk = z.infer<typeof auditChunkSchema>;

export const eventContract = {
  /** A place first, then every event after `since`, or from now on where it is null. */
  follow: procedure()
    .input(z.strictObject({ since: eventPlaceSchema.nullable() }))
    .output(eventIterator(eventFeedSchema)),
  /** The audit trail as JSON Lines, each line with the SHA-256 of the one before it; the last line closes the file. */
  audit: procedure().input(auditRangeSchema).output(eventIterator(auditChunkSchema)),
};
