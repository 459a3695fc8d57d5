import type { CheckName, ComplianceCheck } from '../../contract/compliance.ts';
import type { CompositionAid } from '../../contract/recipe.ts';

/** Checks whose remedy is another setting of the logo on the same picture. */
const ofLogo: ReadonlySet<CheckName> = new Set(['logo', 'logo-contrast', 'logo-variant', 'logo-ground']);
/** Checks that hang on how much room a template has, and so on which one it is. */
const ofTemplate: ReadonlySet<CheckName> = new Set(['safe-area', 'text-fit', 'logo-size', 'logo-space']);

/**
 * The aids with which a picture that failed is set again over the same art, or null where none is left that fits the failure. Contrast gets a veil first, which keeps most of
 * the picture, and then a panel; edges under type show through a veil and get a panel at once.
 */
export function planAids(
  checks: readonly ComplianceCheck[],
  used: readonly CompositionAid[],
): readonly CompositionAid[] | null {
  const failed = checks.filter(({ passed }) => !passed);
  const isBusy = failed.some(({ name, part }) => name === 'busy-ground' && part === 'text');
  const isFaint = failed.some(({ name }) => name === 'contrast');
  const isLogoLost = failed.some(({ name, part }) => ofLogo.has(name) || (name === 'busy-ground' && part === 'logo'));
  const aids = new Set(used);
  if (isBusy || (isFaint && used.includes('veil'))) {
    aids.delete('veil');
    aids.add('panel');
  } else if (isFaint && !used.includes('panel')) aids.add('veil');
  if (isLogoLost) aids.add('chip');
  const isNew = [...aids].some((aid) => !used.includes(aid));
  return isNew ? [...aids] : null;
}

/** Whether another template may mend what failed. */
export function wantsOtherTemplate(checks: readonly ComplianceCheck[]): boolean {
  return checks.some(({ name, passed }) => !passed && ofTemplate.has(name));
}
