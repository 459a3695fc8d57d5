import type { CheckName, ComplianceReport } from '../../../electron/contract/compliance.ts';
import type { Recipe } from '../../../electron/contract/recipe.ts';
import { message } from '../../lib/messages/message.ts';
import { nameTemplate } from '../../lib/name-template.ts';

/** One setting of a recipe as people read it. */
export interface RecipeRow {
  readonly key: string;
  readonly value: string;
}

export interface RecipeDifference {
  readonly key: string;
  readonly left: string | null;
  readonly right: string | null;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Every setting that makes the pixels, in reading order; absent parts have no row. */
export function listRecipeRows(recipe: Recipe): RecipeRow[] {
  const rows: RecipeRow[] = [
    { key: 'prompt', value: recipe.prompt },
    { key: 'negativePrompt', value: recipe.negativePrompt },
    { key: 'seed', value: String(recipe.seed) },
    { key: 'scheduler', value: recipe.scheduler },
    { key: 'steps', value: String(recipe.steps) },
    { key: 'guidance', value: String(recipe.guidance) },
    { key: 'size', value: `${recipe.width} x ${recipe.height} px` },
    { key: 'model', value: `${recipe.model.name} ${recipe.model.hash.slice(0, 12)}`.trim() },
  ];
  for (const lora of recipe.loras) rows.push({ key: `lora:${lora.name}`, value: `${lora.weight}` });
  if (recipe.paletteGuidance !== null) {
    rows.push({ key: 'paletteGuidance', value: percent(recipe.paletteGuidance.strength) });
    rows.push({
      key: 'palette',
      value: recipe.paletteGuidance.colours.map(({ hex, share }) => `${hex} ${percent(share)}`).join(', '),
    });
  }
  if (recipe.template !== null) {
    const { template } = recipe;
    rows.push(
      {
        key: 'template',
        value: message('review.templateVersion', { name: nameTemplate(template.name), version: template.version }),
      },
      ...(template.aids ? [{ key: 'aids', value: template.aids.join(', ') }] : []),
      { key: 'outputSize', value: `${template.outputWidth} x ${template.outputHeight} px` },
      { key: 'headline', value: template.headline },
      { key: 'body', value: template.body },
      { key: 'callToAction', value: template.callToAction },
    );
    if (template.logo !== null) rows.push({ key: 'logo', value: template.logo.slice(0, 12) });
  }
  if (recipe.brandVersionId !== null) rows.push({ key: 'brandVersion', value: recipe.brandVersionId });
  rows.push({ key: 'engine', value: recipe.engineBuild });
  return rows.filter(({ value }) => value !== '');
}

/** Only what differs, in the order of the left recipe and then what only the right one has. */
export function compareRecipes(left: Recipe, right: Recipe): RecipeDifference[] {
  const leftRows = new Map(listRecipeRows(left).map(({ key, value }) => [key, value]));
  const rightRows = new Map(listRecipeRows(right).map(({ key, value }) => [key, value]));
  const keys = new Set([...leftRows.keys(), ...rightRows.keys()]);
  return [...keys]
    .map((key) => ({ key, left: leftRows.get(key) ?? null, right: rightRows.get(key) ?? null }))
    .filter((row) => row.left !== row.right);
}

export interface CheckDifference {
  readonly name: CheckName;
  readonly unit: string;
  readonly left: { readonly score: number; readonly passed: boolean } | null;
  readonly right: { readonly score: number; readonly passed: boolean } | null;
  /** Which side measured better; null when equal or when one side lacks the check. */
  readonly better: 'left' | 'right' | null;
}

/** The checks whose score or result differs between two reports. */
export function compareReports(left: ComplianceReport, right: ComplianceReport): CheckDifference[] {
  const names = new Set([...left.checks, ...right.checks].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const a = left.checks.find((check) => check.name === name) ?? null;
    const b = right.checks.find((check) => check.name === name) ?? null;
    if (a !== null && b !== null && a.score === b.score && a.passed === b.passed) return [];
    const direction = (a ?? b)?.better === 'lower' ? -1 : 1;
    const difference = a === null || b === null ? 0 : (a.score - b.score) * direction;
    return [
      {
        name,
        unit: a?.unit ?? b?.unit ?? '',
        left: a && { score: a.score, passed: a.passed },
        right: b && { score: b.score, passed: b.passed },
        better: difference === 0 ? null : difference > 0 ? ('left' as const) : ('right' as const),
      },
    ];
  });
}
