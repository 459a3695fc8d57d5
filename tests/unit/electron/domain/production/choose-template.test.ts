import { describe, expect, test } from 'vitest';
import type { DeliverableId } from '../../../../../electron/contract/identifiers.ts';
import { deliverableIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { chooseTemplate, listKitTemplates } from '../../../../../electron/domain/production/choose-template.ts';
import { readExampleBrand } from '../../../../support/example-brand.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const { kit } = readExampleBrand();
const conceptIds = [1, 2].map((number) => deliverableIdSchema.parse(numberedId(number))) as [
  DeliverableId,
  DeliverableId,
];
const [first, second] = conceptIds;
const plan = { conceptIds, templates: ['card', 'framed', 'editorial'] };

describe('chooseTemplate', () => {
  test('is the brand’s own where the plan names none', () => {
    expect(chooseTemplate({ conceptIds }, kit, first, 3)).toBe('headline-stack');
    expect(chooseTemplate({ conceptIds, templates: [] }, { ...kit, template: 'card' }, first, 3)).toBe('card');
  });

  test('takes the plan’s templates in turn over concepts and variations', () => {
    expect([0, 1, 2, 3].map((variation) => chooseTemplate(plan, kit, first, variation))).toEqual([
      'card',
      'framed',
      'editorial',
      'card',
    ]);
    expect([0, 1].map((variation) => chooseTemplate(plan, kit, second, variation))).toEqual(['framed', 'editorial']);
  });
});

describe('listKitTemplates', () => {
  test('lists each once, the default first', () => {
    expect(listKitTemplates({ template: 'card', templates: ['own.json', 'card'] })).toEqual(['card', 'own.json']);
  });
});
