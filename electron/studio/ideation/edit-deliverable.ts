import { StudioError } from '../../contract/errors.ts';
import type { DeliverableId } from '../../contract/identifiers.ts';
import type { Deliverable, DeliverableContent } from '../../contract/ideation.ts';
import { findCitations } from '../../domain/ideation/citations.ts';
import type { StudioContext } from '../system/studio-context.ts';

/** Puts a person's version in the place of a deliverable; the earlier one stays for the work that was made from it. @throws deliverable.notFound */
export function editDeliverable(
  { library }: StudioContext,
  deliverableId: DeliverableId,
  content: DeliverableContent,
): Deliverable {
  const earlier = library.deliverables.get(deliverableId);
  if (earlier.content.kind !== content.kind) {
    throw new StudioError('input.invalid', `A ${earlier.content.kind} cannot become a ${content.kind}.`, {
      issues: [{ path: 'content.kind', message: `expected ${earlier.content.kind}` }],
    });
  }
  const brief = library.briefs.get(earlier.briefId);
  return library.deliverables.add({
    briefId: earlier.briefId,
    content,
    origin: { kind: 'edit', of: deliverableId },
    parentIds: earlier.parentIds,
    citations: findCitations(content, brief.fields, brief.notes),
  });
}
