import type { BrandKit } from '../../contract/brand.ts';
import type { Words } from '../../contract/copy.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Concept } from '../../contract/ideation.ts';
import { chooseTemplate } from '../../domain/production/choose-template.ts';
import type { Library } from '../../library/library.ts';
import type { PictureWork } from '../../library/repositories/picture-repository.ts';

/** What the rows say of a cell's picture, read when its work begins. */

/** As a person has it now: its newest edit. @throws deliverable.notFound when it is none or gone */
export function readConcept(library: Library, { conceptId }: Pick<PictureWork, 'conceptId'>): Concept {
  const { content } = library.deliverables.latest(conceptId);
  if (content.kind === 'concept') return content.concept;
  throw new StudioError('deliverable.notFound', 'The concept of this picture is gone.', { id: conceptId });
}

/** What the picture says: its copy for its language and channel format, else what its concept says. @throws deliverable.notFound */
export function readWords(library: Library, work: PictureWork): Words {
  const { headline, body, callToAction } = readConcept(library, work);
  return library.copies.words(work) ?? { headline, body, callToAction };
}

/** The kit with the template that the plan gives to this cell. */
export function planKit(library: Library, kit: BrandKit, { planId, conceptId, variation }: PictureWork): BrandKit {
  return { ...kit, template: chooseTemplate(library.plans.get(planId), kit, conceptId, variation) };
}
