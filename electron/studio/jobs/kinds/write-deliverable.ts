import type { DeliverableRepository, NewDeliverable } from '../../../library/repositories/deliverable-repository.ts';
import type { DeliverableWriter } from '../../ideation/write-deliverable.ts';
import { defineJobKind } from '../job-kind.ts';

export type WriteDeliverableUses = {
  readonly deliverables: DeliverableRepository;
  readonly write: DeliverableWriter;
};

/** A persona, a gap or a concept, by the text engine. */
export function createWriteDeliverable({ deliverables, write }: WriteDeliverableUses) {
  return defineJobKind<'deliverable.write', NewDeliverable>({
    name: 'deliverable.write',
    resource: 'text',
    interrupt: 'atOnce',
    work: ({ input }, call) => write(input, call),
    commit: (made) => ({ deliverableId: deliverables.add(made).id }),
  });
}
