import { describe, expect, test } from 'vitest';
import type { CheckName, ComplianceReport } from '../../../../../electron/contract/compliance.ts';
import { brandVersionIdSchema } from '../../../../../electron/contract/identifiers.ts';
import {
  applySettings,
  firstSettings,
  planRemake,
  planRetake,
} from '../../../../../electron/domain/production/plan-remake.ts';
import { readExampleBrand } from '../../../../support/example-brand.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const { kit } = readExampleBrand();

function reportOf(failed: readonly CheckName[], culprit?: string, score = 2): ComplianceReport {
  return {
    brandVersionId: brandVersionIdSchema.parse(numberedId(1)),
    passed: failed.length === 0,
    measuredAtMs: 0,
    checks: failed.map((name) => ({
      name,
      score,
      threshold: 1,
      unit: '',
      better: 'lower',
      passed: false,
      reason: '',
      region: null,
      ...(culprit === undefined ? {} : { culprit }),
    })),
  };
}
const plan = (number: number, failed: CheckName[], settings = firstSettings(7), culprit?: string, score?: number) =>
  planRemake({ number, cellSeed: 7, settings, report: reportOf(failed, culprit, score), kit });

const changeOf = (template: string, templates: string[], now: string | null = null) =>
  planRemake({
    number: 1,
    cellSeed: 7,
    settings: { ...firstSettings(7), template: now },
    report: reportOf(['text-fit']),
    kit: { ...kit, template, templates },
  })?.changes[0];

describe('planRemake', () => {
  test('makes nothing again that passed, that has used up its tries, or that no picture mends', () => {
    expect(plan(1, [])).toBeNull();
    expect(plan(kit.thresholds.tries, ['palette'])).toBeNull();
    expect(plan(1, ['palette', 'terms'])).toBeNull();
  });

  test('near the palette it tries a weaker pull and then a stronger one', () => {
    const second = plan(1, ['palette'], firstSettings(7), 'green', 1.2);
    expect(second?.changes).toContainEqual({ what: 'paletteGuidance', from: 0.6, to: 0.3 });
    const third = plan(2, ['palette'], second?.settings, 'green', 1.2);
    expect(third?.changes).toContainEqual({ what: 'paletteGuidance', from: 0.3, to: 0.8 });
  });

  test('far off the palette it pulls much harder, never beyond its end, and rules the foreign colour out in the end', () => {
    const second = plan(1, ['off-palette'], firstSettings(7), 'green');
    expect(second?.settings).toMatchObject({ paletteGuidance: 1, negativeTerms: [] });
    const third = plan(2, ['off-palette'], second?.settings, 'green');
    expect(third?.settings).toMatchObject({ paletteGuidance: 1, negativeTerms: ['green'] });
    expect(third?.changes.map(({ what }) => what)).toEqual(['seed', 'negativeTerm']);
    const strong = { ...kit, style: { ...kit.style, paletteGuidance: 1 } };
    const report = reportOf(['palette']);
    expect(
      planRemake({ number: 1, cellSeed: 7, settings: firstSettings(7), report, kit: strong })?.changes,
    ).toHaveLength(1);
  });

  test('goes round the templates of the kit, or those that ship when it lists none', () => {
    expect(changeOf('card', ['own.json', 'framed'])).toEqual({ what: 'template', from: 'card', to: 'own.json' });
    expect(changeOf('card', ['own.json', 'framed'], 'framed')).toMatchObject({ to: 'card' });
    expect(changeOf('headline-stack', [])).toMatchObject({ to: 'split-panel' });
    expect(changeOf('own.json', [])).toMatchObject({ from: 'own.json', to: 'headline-stack' });
  });

  test('makes a picture with too much of a colour from another seed, and rules the colour out in the end', () => {
    const second = plan(1, ['palette-share'], firstSettings(7), 'blue');
    expect(second?.changes.map(({ what }) => what)).toEqual(['seed']);
    expect(plan(2, ['palette-share'], second?.settings, 'blue')?.settings.negativeTerms).toEqual(['blue']);
  });

  test('gives every try of every chain a seed of its own', () => {
    const retake = planRetake(7, 1);
    const seeds = [
      7,
      plan(1, ['contrast'])?.settings.seed,
      plan(2, ['contrast'], plan(1, ['contrast'])?.settings)?.settings.seed,
      retake.settings.seed,
      plan(1, ['contrast'], retake.settings)?.settings.seed,
      planRetake(7, 2).settings.seed,
    ];
    expect(new Set(seeds).size).toBe(6);
  });
});

test('applySettings changes what a try says and leaves the rest to the kit', () => {
  expect(applySettings(kit, firstSettings(1))).toEqual(kit);
  const changed = applySettings(kit, { seed: 1, paletteGuidance: 0.8, negativeTerms: ['green'], template: 'other' });
  expect(changed.template).toBe('other');
  expect(changed.style).toMatchObject({ paletteGuidance: 0.8, negativeTerms: [...kit.style.negativeTerms, 'green'] });
});
