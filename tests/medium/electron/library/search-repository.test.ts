import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Library } from '../../../../electron/library/library.ts';
import {
  completeJobs,
  createTestFolder,
  makeBriefText,
  makeKit,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';

const idsOf = (library: Library, text: string) => library.search.find(text, 20).map(({ kind, id }) => ({ kind, id }));

describe('find', () => {
  it('finds briefs, brands, concepts and pictures by their words, and marks them', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const plan = await preparePlan(library, { concepts: 1, formats: ['story'], variations: 2 });
    library.batches.start(plan.planId, null, 'owner');
    const made = await completeJobs(library);
    expect(idsOf(library, 'graz')).toEqual([{ kind: 'brief', id: plan.briefId }]);
    expect(idsOf(library, 'PAPER ink')).toMatchObject([{ kind: 'brand' }]);
    const [concept] = library.search.find('amber grad', 20);
    expect(concept).toMatchObject({
      kind: 'concept',
      id: plan.conceptIds[0],
      briefId: plan.briefId,
      assetId: null,
      title: 'Concept 0',
    });
    expect(concept?.excerpt).toContain('\u2039amber\u203a \u2039gradient\u203a');
    expect(library.search.find('cell 1', 20)).toMatchObject([
      { kind: 'asset', id: made[1], assetId: made[1], briefId: plan.briefId, title: 'Morning 1' },
    ]);
    expect(
      library.search
        .find('soft gradient', 20)
        .filter(({ kind }) => kind === 'asset')
        .map(({ id }) => id),
    ).toEqual([made[1], made[0]]);
    expect(library.search.find('soft gradient', 2)).toHaveLength(2);
  });

  it('finds without accents and case', () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    library.briefs.create({ ...makeBriefText('Größe für Café'), notes: 'Öl' });
    for (const text of ['grosse', 'große', 'GRÖSSE', 'fur', 'café', 'cafe', 'ol']) {
      expect([text, library.search.find(text, 5).length]).toEqual([
        text,
        ['grosse', 'große', 'GRÖSSE'].includes(text) ? Number(text === 'große') : 1,
      ]);
    }
  });

  it('follows changes, edits and the bin', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const {
      briefId,
      conceptIds: [conceptId],
      planId,
      brandVersionId,
    } = await preparePlan(library, { concepts: 1, formats: ['story'], variations: 1 });
    library.briefs.update(briefId, makeBriefText('Barley'));
    expect(idsOf(library, 'launch')).toEqual([]);
    expect(idsOf(library, 'barley')).toEqual([{ kind: 'brief', id: briefId }]);

    library.brands.addVersion(library.brands.version(brandVersionId).brandId, { kit: makeKit('Nocturne'), files: {} });
    expect(idsOf(library, 'lumen')).toEqual([]);
    expect(idsOf(library, 'nocturne')).toHaveLength(1);

    if (conceptId === undefined) {
      throw new Error('no concept');
    }
    const content = {
      kind: 'concept' as const,
      concept: { title: 'Velvet', headline: 'H', body: 'B', callToAction: 'C', imagePrompt: 'I' },
    };
    const edited = library.deliverables.add({
      briefId,
      content,
      origin: { kind: 'edit', of: conceptId },
      parentIds: [],
      citations: [],
    });
    expect(idsOf(library, 'amber')).toEqual([]);
    expect(idsOf(library, 'velvet')).toEqual([{ kind: 'concept', id: edited.id }]);
    library.deliverables.bin([edited.id]);
    expect(idsOf(library, 'velvet')).toEqual([]);
    library.deliverables.restore([edited.id]);
    expect(idsOf(library, 'velvet')).toHaveLength(1);

    library.batches.start(planId, null, 'owner');
    const made = await completeJobs(library);
    expect(idsOf(library, 'soft gradient')).toHaveLength(1);
    library.assets.bin(made);
    expect(idsOf(library, 'soft gradient')).toEqual([]);
    library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
    library.assets.restore(made);
    expect(idsOf(library, 'soft gradient')).toEqual([]);
  });

  it('shows one picture, the newest, for a text that many share', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const { planId } = await preparePlan(library, {
      concepts: 1,
      formats: ['story', 'landscape', 'link-card'],
      variations: 1,
    });
    library.batches.start(planId, null, 'owner');
    const made = await completeJobs(library);
    expect(
      library.search
        .find('cell 0', 20)
        .filter(({ kind }) => kind === 'asset')
        .map(({ id }) => id),
    ).toEqual([made[2]]);
    library.assets.bin(made.slice(2));
    expect(
      library.search
        .find('cell 0', 20)
        .filter(({ kind }) => kind === 'asset')
        .map(({ id }) => id),
    ).toEqual([made[1]]);
  });

  it('answers any text without an error', () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    library.briefs.create(makeBriefText());
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^["*():^{}+\- \w]{0,20}$/)),
        (text) => {
          expect(library.search.find(text, 5).length).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 300 },
    );
  });
});
