import type { QueryKey } from '@tanstack/react-query';
import type { EventName, LibraryEvent } from '../../electron/contract/event.ts';

type Keys = (subject: readonly string[]) => readonly QueryKey[];

const single =
  (topic: string, ...lists: QueryKey[]): Keys =>
  (ids) => [...lists, ...ids.map((id): QueryKey => [topic, 'get', id])];
const always =
  (...keys: QueryKey[]): Keys =>
  () =>
    keys;

const brand = always(['brand']);
const deliverable = always(['deliverable'], ['brief', 'list']);
const deliverableAndBin = always(['deliverable'], ['brief', 'list'], ['bin']);
const assetLists: QueryKey[] = [
  ['asset', 'counts'],
  ['asset', 'summaries'],
  ['brief', 'list'],
  ['brand', 'list'],
  ['scoring'],
];
const asset = single('asset', ...assetLists);
const assetAndBin = single('asset', ...assetLists, ['bin'], ['words']);
const verdict = always(['asset', 'counts'], ['asset', 'summaries'], ['brief', 'list'], ['asset', 'get']);
const run = always(['run'], ['batch'], ['scoring', 'list'], ['system', 'runningBatch'], ['cell']);
const endedRun = (ids: readonly string[]) => [...run(ids), ['endedRun'], ['words']];
const runAndPlans = always(
  ['run'],
  ['batch'],
  ['scoring', 'list'],
  ['system', 'runningBatch'],
  ['cell'],
  ['plan', 'list'],
  ['plan', 'get'],
);

/** Which queries an event makes stale, by the first parts of their keys. An event without a row does not compile. */
const keysByEvent: Readonly<Record<EventName, Keys>> = {
  'brief.created': always(['brief', 'list']),
  'brief.edited': single('brief', ['brief', 'list']),
  'brand.created': brand,
  'brand.versioned': brand,
  'brand.drafted': brand,
  'brand.draftDiscarded': brand,
  'deliverable.added': deliverable,
  'deliverable.edited': always(['deliverable'], ['brief', 'list'], ['words']),
  'deliverable.chosen': deliverable,
  'deliverable.unchosen': deliverable,
  'deliverable.binned': deliverableAndBin,
  'deliverable.restored': deliverableAndBin,
  'deliverable.deleted': deliverableAndBin,
  'plan.created': always(['plan', 'list']),
  'copy.written': always(['words']),
  'run.added': runAndPlans,
  'run.paused': run,
  'run.resumed': run,
  'run.stopped': endedRun,
  'run.retried': endedRun,
  'run.shortened': runAndPlans,
  'run.finished': endedRun,
  'job.done': run,
  'job.failed': run,
  'job.deferred': run,
  'job.dropped': run,
  'asset.made': always(...assetLists),
  'asset.imported': always(...assetLists),
  'asset.scored': asset,
  'asset.thumbnailed': asset,
  'asset.binned': assetAndBin,
  'asset.restored': always(...assetLists, ['bin'], ['words']),
  'asset.deleted': assetAndBin,
  'verdict.given': verdict,
  'verdict.undone': verdict,
  'verdict.redone': verdict,
  'delivery.made': always(['delivery']),
  'format.added': always(['format']),
  'format.removed': always(['format']),
  'model.installed': always(['system', 'models']),
  'model.removed': always(['system', 'models']),
  'person.invited': always(['people', 'invites']),
  'person.joined': always(['people']),
  'person.changed': always(['people'], ['system', 'about'], ['asset'], ['brief', 'list']),
  'person.takenBack': always(['people']),
  'invite.takenBack': always(['people', 'invites']),
  'review.ruleChanged': always(['review'], ['asset'], ['brief', 'list']),
  'model.chosen': always(['model', 'textChoice']),
};

export function staleKeys({ name, subject }: Pick<LibraryEvent, 'name' | 'subject'>): readonly QueryKey[] {
  return keysByEvent[name](subject);
}
