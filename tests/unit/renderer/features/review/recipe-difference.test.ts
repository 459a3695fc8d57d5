import { describe, expect, test } from 'vitest';
import { complianceReportSchema } from '../../../../../electron/contract/compliance.ts';
import { recipeSchema } from '../../../../../electron/contract/recipe.ts';
import {
  compareRecipes,
  compareReports,
  listRecipeRows,
} from '../../../../../renderer/features/review/recipe-difference.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const recipe = recipeSchema.parse({
  version: 1,
  engineBuild: 'test 1',
  model: { name: 'starter', hash: 'abcdef0123456789' },
  loras: [],
  prompt: 'calm shapes',
  negativePrompt: '',
  seed: 7,
  scheduler: 'ddim',
  steps: 20,
  guidance: 5,
  width: 256,
  height: 256,
  paletteGuidance: null,
  brandVersionId: null,
  template: null,
});

function report(palette: number, contrast: number) {
  return complianceReportSchema.parse({
    brandVersionId: numberedId(1),
    passed: palette <= 10 && contrast >= 4.5,
    measuredAtMs: 1,
    checks: [
      {
        name: 'palette',
        score: palette,
        threshold: 10,
        unit: 'ΔE',
        better: 'lower',
        passed: palette <= 10,
        reason: 'r',
        region: null,
      },
      {
        name: 'contrast',
        score: contrast,
        threshold: 4.5,
        unit: ':1',
        better: 'higher',
        passed: contrast >= 4.5,
        reason: 'r',
        region: null,
      },
    ],
  });
}

describe('listRecipeRows', () => {
  test('leaves out what a recipe does not have', () => {
    expect(listRecipeRows(recipe).map(({ key }) => key)).toEqual([
      'prompt',
      'seed',
      'scheduler',
      'steps',
      'guidance',
      'size',
      'model',
      'engine',
    ]);
  });
});

describe('compareRecipes', () => {
  test('is empty for equal recipes', () => {
    expect(compareRecipes(recipe, { ...recipe })).toEqual([]);
  });

  test('names only what differs, with null where one side has nothing', () => {
    const other = { ...recipe, seed: 8, paletteGuidance: { colours: [{ hex: '#112233', share: 1 }], strength: 0.5 } };
    expect(compareRecipes(recipe, other)).toEqual([
      { key: 'seed', left: '7', right: '8' },
      { key: 'paletteGuidance', left: null, right: '50 %' },
      { key: 'palette', left: null, right: '#112233 100 %' },
    ]);
  });
});

describe('compareReports', () => {
  test('knows which side is better in either direction of a check', () => {
    expect(compareReports(report(12, 5), report(8, 4)).map(({ name, better }) => [name, better])).toEqual([
      ['palette', 'right'],
      ['contrast', 'left'],
    ]);
  });

  test('leaves out checks that measured the same', () => {
    expect(compareReports(report(8, 5), report(8, 6)).map(({ name }) => name)).toEqual(['contrast']);
  });
});
