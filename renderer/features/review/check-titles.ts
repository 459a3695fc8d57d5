import { checkNameSchema } from '../../../electron/contract/compliance.ts';
import type { CheckName } from '../../../electron/contract/compliance.ts';
import { message } from '../../lib/messages/message.ts';

export const checkTitles = {
  palette: 'check.palette',
  'off-palette': 'check.offPalette',
  'palette-share': 'check.paletteShare',
  contrast: 'check.contrast',
  'busy-ground': 'check.busyGround',
  'safe-area': 'check.safeArea',
  'text-fit': 'check.textFit',
  logo: 'check.logo',
  'logo-contrast': 'check.logoContrast',
  'logo-space': 'check.logoSpace',
  'logo-size': 'check.logoSize',
  'logo-variant': 'check.logoVariant',
  'logo-ground': 'check.logoGround',
  terms: 'check.terms',
  'required-terms': 'check.requiredTerms',
  voice: 'check.voice',
  style: 'check.style',
  sameness: 'check.sameness',
  format: 'check.format',
} as const satisfies Record<CheckName, string>;

const explanations = {
  palette: 'check.palette.about',
  'off-palette': 'check.offPalette.about',
  'palette-share': 'check.paletteShare.about',
  contrast: 'check.contrast.about',
  'busy-ground': 'check.busyGround.about',
  'safe-area': 'check.safeArea.about',
  'text-fit': 'check.textFit.about',
  logo: 'check.logo.about',
  'logo-contrast': 'check.logoContrast.about',
  'logo-space': 'check.logoSpace.about',
  'logo-size': 'check.logoSize.about',
  'logo-variant': 'check.logoVariant.about',
  'logo-ground': 'check.logoGround.about',
  terms: 'check.terms.about',
  'required-terms': 'check.requiredTerms.about',
  voice: 'check.voice.about',
  style: 'check.style.about',
  sameness: 'check.sameness.about',
  format: 'check.format.about',
} as const satisfies Record<CheckName, string>;

/** What a check looks at, in a sentence. */
export function explainCheck(name: CheckName): string {
  return message(explanations[name]);
}

/** What checks are called, for people; one that this page does not know keeps its own name. */
export function nameChecks(names: readonly string[]): string[] {
  return names.map((name) => {
    const known = checkNameSchema.safeParse(name);
    return known.success ? message(checkTitles[known.data]) : name;
  });
}
