import { implement } from '@orpc/server';
import type { Copy, Words } from '../../../electron/contract/copy.ts';
import type { FormatId } from '../../../electron/contract/format.ts';
import type { DeliverableId, PlanId } from '../../../electron/contract/identifiers.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import { latestEdit } from './latest-edit.ts';
import type { Tell } from './stub-events.ts';
import type { StubLibrary } from './stub-library.ts';

type Place = { readonly conceptId: DeliverableId; readonly locale: string; readonly formatId: FormatId | null };
const keyOf = ({ conceptId, locale, formatId }: Place) => `${conceptId} ${locale} ${formatId ?? ''}`;

function conceptWords(library: StubLibrary, conceptId: DeliverableId): Words | null {
  const content = latestEdit(library, conceptId)?.content;
  if (content?.kind !== 'concept') return null;
  const { headline, body, callToAction } = content.concept;
  return { headline, body, callToAction };
}

/** What a picture at a place has to say. */
export function saidWords(library: StubLibrary, place: Place & { readonly formatId: FormatId }): Words | null {
  const own = library.copies.get(keyOf(place)) ?? library.copies.get(keyOf({ ...place, formatId: null }));
  return own?.words ?? conceptWords(library, place.conceptId);
}

/** Words by language, kept in the stub's library; a file is taken in as it would be where every row is right. */
export function createCopyHandlers(library: StubLibrary, tell: Tell) {
  const os = implement(studioContract).copy;
  const planOf = (planId: PlanId) => {
    const plan = library.plans.get(planId);
    if (!plan) throw new Error(`no plan ${planId}`);
    return plan;
  };
  return {
    table: os.table.handler(({ input }) => {
      const { conceptIds, locales } = planOf(input.planId);
      const concepts = conceptIds.flatMap((conceptId) => {
        const content = latestEdit(library, conceptId)?.content;
        const words = conceptWords(library, conceptId);
        return content?.kind === 'concept' && words ? [{ conceptId, title: content.concept.title, words }] : [];
      });
      const copies = [...library.copies.values()].filter(({ conceptId }) => conceptIds.includes(conceptId));
      return { concepts, locales, copies };
    }),
    write: os.write.handler(({ input }) => {
      for (const { words, ...place } of input.copies) {
        if (words === null) library.copies.delete(keyOf(place));
        else
          library.copies.set(keyOf(place), {
            ...place,
            words,
            origin: { kind: 'hand' },
            isBehind: false,
          } satisfies Copy);
      }
      tell('copy.written', [...new Set(input.copies.map(({ conceptId }) => conceptId))]);
      return { written: input.copies.length };
    }),
    exportFile: os.exportFile.handler(({ input }) => ({
      name: 'plan-words.csv',
      text: `Concept id,Language\r\n${planOf(input.planId)
        .conceptIds.map((id) => `${id},en\r\n`)
        .join('')}`,
    })),
    importFile: os.importFile.handler(({ input, errors }) => {
      if (!input.text.includes('Concept id'))
        throw errors['input.invalid']({
          message: `${input.name}: row 1 has no column "Concept id"; start from a file that the studio exported. Nothing was written.`,
          data: { issues: [{ path: 'row 1', message: 'has no column "Concept id"' }] },
        });
      const [conceptId] = planOf(input.planId).conceptIds;
      tell('copy.written', conceptId ? [conceptId] : []);
      return { written: 3, unchanged: 1, empty: 2 };
    }),
  };
}
