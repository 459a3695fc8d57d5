import type { Violation } from './violation.ts';
import type { CheckName } from '../../../electron/contract/compliance.ts';
import type { ComplianceInput } from '../../../electron/domain/compliance/measure-compliance.ts';
import { breakCopy, breakFormat, breakTextFit } from './break-copy.ts';
import { breakBusyGround, breakLogoContrast, nearBusyGround, nearContrast, nearLogoContrast } from './break-ground.ts';
import { breakLogo, breakLogoGround, breakLogoSize, breakLogoSpace, breakLogoVariant } from './break-logo.ts';
import { breakContrast, breakOffPalette, breakPalette, breakSafeArea } from './break-pixels.ts';
import { breakPaletteShare } from './break-share.ts';
import type { Random } from './random.ts';
import type { Sample } from './sample.ts';

/** One maker for each check that reads a picture and its copy; style and sameness have their own sets. */
export const violations: Readonly<Partial<Record<CheckName, Violation>>> = {
  palette: breakPalette,
  'off-palette': breakOffPalette,
  'palette-share': breakPaletteShare,
  contrast: breakContrast,
  'busy-ground': breakBusyGround,
  'safe-area': breakSafeArea,
  'text-fit': breakTextFit,
  logo: breakLogo,
  'logo-contrast': breakLogoContrast,
  'logo-space': breakLogoSpace,
  'logo-size': breakLogoSize,
  'logo-variant': breakLogoVariant,
  'logo-ground': breakLogoGround,
  terms: breakCopy('terms'),
  'required-terms': breakCopy('required-terms'),
  voice: breakCopy('voice'),
  format: breakFormat,
};

/** Changes an asset so that it comes near to failing one check and is still clean to the eye; null where it gives no occasion. */
export type NearMiss = (sample: Sample, random: Random) => Promise<ComplianceInput | null>;

export const nearMisses: Readonly<Partial<Record<CheckName, NearMiss>>> = {
  contrast: nearContrast,
  'busy-ground': nearBusyGround,
  'logo-contrast': nearLogoContrast,
};
