import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import type { Words } from '../../../../electron/contract/copy.ts';
import type { BatchId, DeliverableId, PlanId } from '../../../../electron/contract/identifiers.ts';
import { readCopyTable } from '../../../../electron/studio/copy/copy-table.ts';
import { exportCopies } from '../../../../electron/studio/copy/export-copies.ts';
import { importCopies } from '../../../../electron/studio/copy/import-copies.ts';
import { writeCopies } from '../../../../electron/studio/copy/write-copies.ts';
import { editDeliverable } from '../../../../electron/studio/ideation/edit-deliverable.ts';
import { startBatch, updateWords } from '../../../../electron/studio/plan/control-batch.ts';
import { createPlan } from '../../../../electron/studio/plan/create-plan.ts';
import { makePlan } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../support/studio/open-test-studio.ts';

const german: Words = {
  headline: 'Der Morgen, zuerst',
  body: 'Aus baltischem Hafer.',
  callToAction: 'Flasche probieren',
};
const slow = { timeout: 120_000 };

let opened: TestStudio;
let planId: PlanId;
let conceptId: DeliverableId;

const library = () => opened.studio.context.library;

async function finish(batchId: BatchId): Promise<void> {
  await vi.waitFor(() => expect(library().batches.get(batchId).state).toBe('finished'), {
    timeout: 60_000,
    interval: 50,
  });
}

/** What the newest picture of each cell says, by language and format. */
function readPictures(): Map<string, string> {
  const ids = library().assets.ids(assetFilterSchema.parse({ planId }), 'oldest');
  return new Map(
    ids.map((id) => {
      const { conceptId: own, locale, formatId, headline } = library().assets.getMade(id);
      return [`${own === conceptId ? 'first' : 'second'} ${locale} ${formatId}`, headline] as const;
    }),
  );
}

function rowsOf(text: string): string[] {
  return text.replace('\u{FEFF}', '').trimEnd().split('\r\n');
}

beforeAll(async () => {
  opened = await openTestStudio({ realFinisher: true });
  const { context } = opened.studio;
  const { plan: pattern } = await makePlan(context, 2);
  const plan = createPlan(context, {
    ...pattern,
    name: 'Two languages',
    formatIds: ['link-card', 'square-post'],
    locales: ['en', 'de'],
    variations: 1,
    templates: [],
    source: undefined,
  });
  planId = plan.id;
  const [first] = plan.conceptIds;
  if (first === undefined) throw new Error('no concept');
  conceptId = first;
}, 60_000);
afterAll(() => opened[Symbol.asyncDispose]());

describe('copies', slow, () => {
  it('are said by the pictures of their language, and by those of their format where it has its own', async () => {
    expect(writeCopies(library(), planId, [{ conceptId, locale: 'de', formatId: null, words: german }])).toBe(1);
    await finish(startBatch(opened.studio.context, planId, null, 'owner').id);
    const concept = readCopyTable(library(), planId).concepts[0]?.words.headline;
    expect(readPictures().get('first de link-card')).toBe(german.headline);
    expect(readPictures().get('first de square-post')).toBe(german.headline);
    expect(readPictures().get('first en link-card')).toBe(concept);
    expect(library().pictures.staleWords(planId)).toEqual([]);

    const short = { ...german, headline: 'Der Morgen' };
    writeCopies(library(), planId, [{ conceptId, locale: 'de', formatId: 'link-card', words: short }]);
    expect(library().pictures.staleWords(planId)).toHaveLength(1);
  });

  it('are set over the art that is there, and nothing else is', async () => {
    const drawn = library().jobs.recentDurationsMs('picture.make', 100).length;
    const asked = updateWords(opened.studio.context, planId, null, 'owner');
    await vi.waitFor(() => expect(library().batches.get(asked.id).state).toBe('finished'), {
      timeout: 60_000,
      interval: 50,
    });
    expect(library().jobs.recentDurationsMs('picture.make', 100)).toHaveLength(drawn);
  });

  it('are behind when their concept says something else, and give their place back when they are taken away', () => {
    const { content, id } = library().deliverables.latest(conceptId);
    if (content.kind !== 'concept') throw new Error('no concept');
    expect(
      library()
        .copies.list(planId)
        .map(({ isBehind }) => isBehind),
    ).toEqual([false, false]);
    editDeliverable(opened.studio.context, id, {
      kind: 'concept',
      concept: { ...content.concept, body: 'Another body.' },
    });
    expect(
      library()
        .copies.list(planId)
        .map(({ isBehind }) => isBehind),
    ).toEqual([true, true]);
    writeCopies(library(), planId, [{ conceptId, locale: 'de', formatId: 'link-card', words: null }]);
    expect(library().copies.list(planId)).toMatchObject([{ formatId: null, words: german }]);
    expect(library().copies.words({ conceptId, locale: 'de', formatId: 'link-card' })).toEqual(german);
    expect(library().copies.words({ conceptId, locale: 'en', formatId: 'link-card' })).toBeNull();
  });

  it('refuse a place that the plan does not have, and keep nothing of the call', () => {
    const before = library().copies.list(planId);
    const ask = (place: object) => () =>
      writeCopies(library(), planId, [
        { conceptId, locale: 'en', formatId: null, words: german },
        { conceptId, locale: 'de', formatId: null, words: german, ...place },
      ]);
    expect(ask({ locale: 'fr' })).toThrow('no language of this plan');
    expect(ask({ formatId: 'story' })).toThrow('no channel format of this plan');
    expect(library().copies.list(planId)).toEqual(before);
  });
});

describe('a file of copies', slow, () => {
  it('goes out with what the concepts say, and comes back filled in', () => {
    const { name, text } = exportCopies(library(), planId);
    expect(name).toBe('two-languages-words.csv');
    const rows = rowsOf(text);
    expect(rows[0]).toContain('Concept id,Concept,Language,Format');
    expect(rows).toHaveLength(5);
    expect(rows.filter((row) => row.includes(german.headline))).toHaveLength(1);
    const filled = text.replaceAll(/,en,,(.*?),,,$/gm, ',en,,$1,A new headline,"A body, with a comma",Press here');
    expect(importCopies(library(), planId, { name: 'back.csv', text: filled })).toEqual({
      written: 2,
      unchanged: 1,
      empty: 1,
    });
    expect(importCopies(library(), planId, { name: 'back.csv', text: filled })).toEqual({
      written: 0,
      unchanged: 3,
      empty: 1,
    });
    const copy = library()
      .copies.list(planId)
      .find(({ locale }) => locale === 'en');
    expect(copy).toMatchObject({ origin: { kind: 'file', name: 'back.csv' }, words: { body: 'A body, with a comma' } });
  });

  it.each([';', '\t'])(
    'is read with %j between its cells, columns in another order and others among them',
    (delimiter) => {
      const head = ['Note', 'Call to action', 'Body', 'Headline', 'Language', 'Concept id'];
      const row = [
        '',
        'Los',
        `Ein Text mit ${JSON.stringify(delimiter).slice(1, -1).replace(';', 'Semikolon')}`,
        '"Er sagte ""ja"""',
        'de',
        conceptId,
      ];
      const text = [head, row].map((cells) => cells.join(delimiter)).join('\n');
      expect(importCopies(library(), planId, { name: 'x.csv', text })).toMatchObject({ written: 1 });
      expect(library().copies.words({ conceptId, locale: 'de', formatId: 'square-post' })?.headline).toBe(
        'Er sagte "ja"',
      );
    },
  );

  it.each([
    ['no column "Headline"', () => `Concept id,Language,Body,Call to action\n${conceptId},de,b,c`, 'row 1'],
    ['"fr" is none of en, de', () => `${heads}\n${conceptId},fr,h,b,c`, 'row 2, Language'],
    ['no concept of this plan', () => `${heads}\nnobody,de,h,b,c`, 'row 2, Concept id'],
    ['is empty while other words', () => `${heads}\n${conceptId},de,h,,c`, 'row 2, Body'],
    ['has 121 characters', () => `${heads}\n\n${conceptId},de,${'x'.repeat(121)},b,c`, 'row 3, Headline'],
    ['zero bytes', () => `${heads}\n${conceptId},de,\0,b,c`, 'the file'],
    ['cannot be read as CSV', () => `${heads}\n${conceptId},de,"h,b,c`, 'line'],
  ])('is refused whole: %s', (sentence, write, place) => {
    const before = library().copies.list(planId);
    const ask = () => importCopies(library(), planId, { name: 'bad.csv', text: write() });
    expect(ask).toThrow(sentence);
    expect(ask).toThrow(place);
    expect(ask).toThrow('Nothing was written.');
    expect(library().copies.list(planId)).toEqual(before);
  });

  it('carries nothing that a spreadsheet would calculate, and brings it back as it was', () => {
    const words = { headline: '=1+1', body: '@home', callToAction: '-50 %' };
    writeCopies(library(), planId, [{ conceptId, locale: 'de', formatId: null, words }]);
    const { text } = exportCopies(library(), planId);
    expect(text).not.toMatch(/(^|[,"])[=@-]/m);
    expect(importCopies(library(), planId, { name: 'same.csv', text })).toMatchObject({ written: 0 });
  });
});

const heads = 'Concept id,Language,Headline,Body,Call to action';
