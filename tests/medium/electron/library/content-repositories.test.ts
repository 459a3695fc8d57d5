import { describe, expect, it } from 'vitest';
import {
  brandIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  deliverableIdSchema,
  objectHashSchema,
  planIdSchema,
} from '../../../../electron/contract/identifiers.ts';
import type { BriefId, DeliverableId } from '../../../../electron/contract/identifiers.ts';
import type { Library } from '../../../../electron/library/library.ts';
import {
  completeJobs,
  createManualClock,
  createTestFolder,
  makeBriefText,
  makeKit,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';

const unknown = '7zzzzzzzzzzzzzzzzzzzzzzzzz';
const notFound = (code: string) => expect.objectContaining({ code, data: { id: unknown } });

function addConcept(library: Library, briefId: BriefId, title: string, edits: DeliverableId | null = null) {
  return library.deliverables.add({
    briefId,
    content: {
      kind: 'concept',
      concept: { title, headline: `Headline of ${title}`, body: 'Body', callToAction: 'Go', imagePrompt: 'amber' },
    },
    origin:
      edits === null
        ? { kind: 'model', model: 'test', modelHash: '', system: 's', prompt: 'p', seed: 7 }
        : { kind: 'edit', of: edits },
    parentIds: [],
    citations: [{ field: 'facts', text: 'Made in Graz' }],
  });
}

describe('briefs', () => {
  it('keep the text as it was written and list the newest change first', () => {
    using folder = createTestFolder();
    const clock = createManualClock();
    using library = openTestLibrary(folder.path, { clock });
    const first = library.briefs.create({ ...makeBriefText('First'), text: 'a\r\n\u{1f600}' });
    clock.advance(10);
    const second = library.briefs.create(makeBriefText('Second'));
    clock.advance(10);
    expect(library.briefs.get(first.id).text).toBe('a\r\n\u{1f600}');
    const changed = library.briefs.update(first.id, makeBriefText('First again'));
    expect(changed).toMatchObject({
      createdAtMs: first.createdAtMs,
      updatedAtMs: first.createdAtMs + 20,
      fields: { name: 'First again' },
    });
    expect(library.briefs.list().map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(() => library.briefs.update(briefIdSchema.parse(unknown), makeBriefText())).toThrow(
      notFound('brief.notFound'),
    );
  });

  it('count what belongs to them and is not in the bin', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const plan = await preparePlan(library);
    library.briefs.create(makeBriefText('Empty'));
    library.batches.start(plan.planId, null, 'owner');
    const made = await completeJobs(library);
    library.verdicts.decide({
      assetIds: made.slice(0, 3),
      decision: { axis: 'status', value: 'approved' },
      reason: '',
      reviewer: 'ada',
    });
    library.assets.bin(made.slice(0, 1));
    library.deliverables.bin(plan.conceptIds.slice(0, 1));
    const [summary, empty] = library.briefs.list().sort((a, b) => b.assetCount - a.assetCount);
    const coversOf = library.assets.summaries(made.slice(-4).reverse()).map(({ hash }) => hash);
    expect(summary).toMatchObject({
      id: plan.briefId,
      conceptCount: 1,
      assetCount: 7,
      approvedCount: 2,
      unreviewedCount: 5,
      covers: coversOf,
    });
    expect(empty).toMatchObject({ conceptCount: 0, assetCount: 0, approvedCount: 0, unreviewedCount: 0, covers: [] });
  });
});

describe('brands', () => {
  it('number their versions and freeze each', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const logo = await library.store.put(new TextEncoder().encode('<svg/>'));
    const first = library.brands.create({ kit: makeKit('Lumen'), files: { 'logo.svg': logo } });
    const second = library.brands.addVersion(first.brandId, {
      kit: makeKit('Lumen Oat'),
      files: { 'logo.svg': logo, 'a/b.ttf': logo },
    });
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(second.files).toEqual({ 'a/b.ttf': logo, 'logo.svg': logo });
    expect(library.brands.version(first.id)).toEqual(first);
    expect(library.brands.versions(first.brandId)).toEqual([second, first]);
    expect(library.brands.list()).toEqual([
      { id: first.brandId, name: 'Lumen Oat', latest: second, versionCount: 2, assetCount: 0 },
    ]);
    expect(library.objects.describe(logo)?.mediaType).toBe('image/svg+xml');
  });

  it('name no file that is not in the library', () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const missing = objectHashSchema.parse('d'.repeat(64));
    expect(() => library.brands.create({ kit: makeKit(), files: { 'logo.svg': missing } })).toThrow(
      expect.objectContaining({ code: 'library.objectMissing', data: { hash: missing } }),
    );
    expect(library.brands.list()).toEqual([]);
    expect(() => library.brands.versions(brandIdSchema.parse(unknown))).toThrow(notFound('brand.notFound'));
    expect(() => library.brands.version(brandVersionIdSchema.parse(unknown))).toThrow(notFound('brand.notFound'));
  });
});

describe('deliverables', () => {
  it('stand in order, and an edited one takes the place and the choice of what it replaces', () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const briefId = library.briefs.create(makeBriefText()).id;
    const [a, b, c] = ['A', 'B', 'C'].map((title) => addConcept(library, briefId, title).id) as [
      DeliverableId,
      DeliverableId,
      DeliverableId,
    ];
    expect(library.deliverables.choose([b], true).map(({ chosen }) => chosen)).toEqual([true]);
    const edited = addConcept(library, briefId, 'B2', b);
    expect(edited).toMatchObject({
      chosen: true,
      origin: { kind: 'edit', of: b },
      citations: [{ field: 'facts', text: 'Made in Graz' }],
    });
    expect(library.deliverables.board(briefId).map(({ id }) => id)).toEqual([a, edited.id, c]);
    const again = addConcept(library, briefId, 'B3', b);
    expect(library.deliverables.board(briefId).map(({ id }) => id)).toEqual([a, again.id, c]);
    expect(library.deliverables.get(b).id).toBe(b);
  });

  it('go to the bin and come back, all or none', () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const briefId = library.briefs.create(makeBriefText()).id;
    const [a, b] = ['A', 'B'].map((title) => addConcept(library, briefId, title).id) as [DeliverableId, DeliverableId];
    expect(() => library.deliverables.bin([a, deliverableIdSchema.parse(unknown)])).toThrow(
      notFound('deliverable.notFound'),
    );
    expect(library.deliverables.bin([a])).toBe(1);
    expect(library.deliverables.bin([a])).toBe(0);
    expect(library.deliverables.board(briefId).map(({ id }) => id)).toEqual([b]);
    expect(library.deliverables.restore([a, b])).toBe(1);
    expect(library.deliverables.board(briefId).map(({ id }) => id)).toEqual([a, b]);
  });
});

describe('plans', () => {
  it('keep cells in the order given', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const { planId, briefId, conceptIds } = await preparePlan(library, {
      concepts: 2,
      formats: ['story', 'landscape'],
      variations: 2,
    });
    const cells = library.plans.cells(planId);
    expect(
      cells.map(({ conceptId, formatId, variation }) => [conceptIds.indexOf(conceptId), formatId, variation]),
    ).toEqual([
      [0, 'story', 0],
      [0, 'story', 1],
      [0, 'landscape', 0],
      [0, 'landscape', 1],
      [1, 'story', 0],
      [1, 'story', 1],
      [1, 'landscape', 0],
      [1, 'landscape', 1],
    ]);
    expect(cells[3]).toEqual(
      library.plans.cell(
        cells[3]?.id ??
          (() => {
            throw new Error('too few cells');
          })(),
      ),
    );
    expect(cells[0]).toMatchObject({ planId, status: 'empty', takeCount: 0, cover: null });
    expect(library.plans.list(briefId).map(({ id }) => id)).toEqual([planId]);
    expect(library.plans.list(null)).toEqual([library.plans.get(planId)]);
    expect(() => library.plans.cells(planIdSchema.parse(unknown))).toThrow(notFound('plan.notFound'));
  });

  it('keep the templates that cells take in turn', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const { planId } = await preparePlan(library, { concepts: 1, formats: ['story'], variations: 1 });
    const { id: _, cellCount: __, createdAtMs: ___, ...plan } = library.plans.get(planId);
    expect(plan.templates).toEqual([]);
    const made = library.plans.create({ ...plan, templates: ['card', 'own.json'], cells: [] });
    expect(library.plans.get(made.id).templates).toEqual(['card', 'own.json']);
  });

  it('write nothing when one of the concepts is unknown', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const { planId, briefId, brandVersionId, conceptIds } = await preparePlan(library);
    const bad = deliverableIdSchema.parse(unknown);
    const cells = [{ conceptId: bad, formatId: 'story' as const, locale: 'en', variation: 0, seed: 0 }];
    for (const wanted of [[bad], conceptIds]) {
      expect(() =>
        library.plans.create({
          briefId,
          brandVersionId,
          name: 'Bad',
          conceptIds: wanted,
          formatIds: ['story'],
          locales: ['en'],
          variations: 1,
          seed: 1,
          cells,
        }),
      ).toThrow(notFound('deliverable.notFound'));
    }
    expect(library.plans.list(null).map(({ id }) => id)).toEqual([planId]);
  });

  it('show the newest take that is not in the bin', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const { planId } = await preparePlan(library, { concepts: 1, formats: ['story'], variations: 1 });
    const takes = [];
    for (let take = 0; take < 3; take += 1) {
      library.batches.start(planId, null, 'owner');
      takes.push(...(await completeJobs(library)));
    }
    const coverOf = () => library.plans.cells(planId)[0];
    expect(coverOf()).toMatchObject({ takeCount: 3, cover: { assetId: takes[2] } });
    library.assets.bin(takes.slice(2));
    expect(coverOf()).toMatchObject({ takeCount: 2, status: 'done', cover: { assetId: takes[1] } });
    library.assets.bin(takes);
    expect(coverOf()).toMatchObject({ takeCount: 0, status: 'empty', cover: null });
  });
});

describe('deliveries and settings', () => {
  it('are kept', async () => {
    using folder = createTestFolder();
    const first = openTestLibrary(folder.path);
    const delivery = first.deliveries.add({ name: 'Autumn', folderName: 'autumn', files: 3, bytes: 999, assetIds: [] });
    expect(first.settings.get('seen')).toBeNull();
    first.settings.set('seen', { tour: true });
    first.settings.set('seen', { tour: false });
    first.close();
    using library = openTestLibrary(folder.path, { idStart: 100 });
    expect(library.deliveries.list()).toEqual([delivery]);
    expect(library.settings.get('seen')).toEqual({ tour: false });
  });
});

describe('what is append-only', () => {
  it('is refused by the database itself', async () => {
    using folder = createTestFolder();
    const library = openTestLibrary(folder.path);
    const plan = await preparePlan(library);
    library.batches.start(plan.planId, null, 'owner');
    const made = await completeJobs(library);
    library.verdicts.decide({ assetIds: made, decision: { axis: 'stars', value: 1 }, reason: '', reviewer: 'ada' });
    library.close();
    const { connectSqlite } = await import('../../../../electron/library/database/sqlite-connection.ts');
    const connection = connectSqlite(`${folder.path}/library.db`, 'write');
    for (const table of [
      'recipes',
      'reports',
      'verdicts',
      'review_groups',
      'brand_versions',
      'brand_files',
      'assets',
    ]) {
      const [column] = connection
        .prepare(`SELECT name FROM pragma_table_info('${table}') WHERE name NOT LIKE '%sequence' LIMIT 1`)
        .pluck()
        .all();
      expect(
        () => connection.exec(`UPDATE ${table} SET ${String(column)} = ${String(column)}`),
        `update ${table}`,
      ).toThrow(/append-only|never changes/);
      expect(() => connection.exec(`DELETE FROM ${table}`), `delete from ${table}`).toThrow(/append-only|bin only/);
    }
    connection.close();
  });
});
