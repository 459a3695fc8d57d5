import { describe, expect, test } from 'vitest';
import { briefFrontMatterSchema } from '../../../../../electron/contract/brief.ts';
import {
  brandVersionIdSchema,
  briefIdSchema,
  deliverableIdSchema,
} from '../../../../../electron/contract/identifiers.ts';
import {
  countCells,
  draftForBrief,
  findDraftProblem,
  readLocales,
  readWholeNumber,
} from '../../../../../renderer/features/produce/plan-draft.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const fields = briefFrontMatterSchema.parse({
  name: 'Autumn',
  product: 'Tea',
  what: 'A tea',
  audience: 'People',
  goal: 'Sales',
});
const concepts = [1, 2].map((number) => deliverableIdSchema.parse(numberedId(number)));
const brandVersionId = brandVersionIdSchema.parse(numberedId(3));
const ready = draftForBrief(briefIdSchema.parse(numberedId(4)), fields, concepts, brandVersionId, 0, 42);

describe('draftForBrief', () => {
  test('takes formats and locales from the brief and the chosen concepts', () => {
    expect(ready).toMatchObject({
      formatIds: ['square-post', 'portrait-post', 'story'],
      locales: ['en'],
      conceptIds: concepts,
      name: 'Autumn',
      variations: 1,
    });
    expect(findDraftProblem(ready)).toBeNull();
  });

  test('numbers the plans of a brief', () => {
    expect(draftForBrief(briefIdSchema.parse(numberedId(4)), fields, concepts, brandVersionId, 2, 42).name).toBe(
      'Autumn 3',
    );
  });
});

describe('findDraftProblem', () => {
  test('names the first gap in the order of the screen', () => {
    expect(findDraftProblem({ ...ready, conceptIds: [], formatIds: [] })).toBe('no-concepts');
    expect(findDraftProblem({ ...ready, brandVersionId: null })).toBe('no-brand');
    expect(findDraftProblem({ ...ready, name: '  ' })).toBe('no-name');
  });

  test('refuses more cells than a plan holds', () => {
    const large = { ...ready, variations: 1000, locales: ['en', 'de', 'fr', 'it'] };
    expect(countCells(large)).toBe(24_000);
    expect(findDraftProblem(large)).toBe('too-large');
  });
});

describe('readWholeNumber', () => {
  test.each([
    ['12', 12],
    [' 1 ', 1],
    ['0', null],
    ['1001', null],
    ['1.5', null],
    ['', null],
    ['-3', null],
    ['1e2', null],
  ])('reads %j as %j', (text, value) => {
    expect(readWholeNumber(text, 1, 1000)).toBe(value);
  });
});

describe('readLocales', () => {
  test('parts tags and names those that are none', () => {
    expect(readLocales('en, de-AT  en english! DE')).toEqual({ locales: ['en', 'de-AT'], wrong: ['english!', 'DE'] });
  });
});
