import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import { measureColourDifference } from '../brand/colour-difference.ts';
import { nameColour } from '../brand/colour-names.ts';
import { parseHex, toLab } from '../brand/colour-space.ts';
import type { Lab } from '../brand/colour-space.ts';
import type { JudgedPixels, LogoPlacement } from './layout.ts';

/** Backgrounds up to this CIE lightness are dark, and from the next on light; between them both variants may stand. */
export const DARK_TO = 45;
export const LIGHT_FROM = 65;
const NO_INK = 40;
/** A pixel nearer than this (CIEDE2000) to a forbidden colour counts as that colour. */
const SAME_COLOUR = 12;
/** From this share of forbidden ground on the logo stands on it and does not only touch it. */
const MOST_FORBIDDEN = 0.35;
/** The ground is looked at this far around the logo too, as a share of its height: a mark without gaps hides all that is under it. */
const RING = 0.12;

/** Colours of the delivered pixels between a logo's ink and `ringPx` around its box; every other pixel is enough. */
function readGround({ delivered }: JudgedPixels, { box, ink }: LogoPlacement, ringPx: number): Lab[] {
  const labs: Lab[] = [];
  for (let y = -ringPx; y < box.height + ringPx; y += 2) {
    for (let x = -ringPx; x < box.width + ringPx; x += 2) {
      const isInBox = x >= 0 && y >= 0 && x < box.width && y < box.height;
      if (isInBox && (ink[y * box.width + x] ?? 0) > NO_INK) continue;
      const [left, top] = [box.x + x, box.y + y];
      if (left < 0 || top < 0 || left >= delivered.width || top >= delivered.height) continue;
      const at = (top * delivered.width + left) * 3;
      labs.push(toLab([delivered.rgb[at] ?? 0, delivered.rgb[at + 1] ?? 0, delivered.rgb[at + 2] ?? 0]));
    }
  }
  return labs;
}

/** Mean CIE lightness of the delivered pixels between the logo's ink. */
export function measureLightness(pixels: JudgedPixels, logo: LogoPlacement): number {
  const labs = readGround(pixels, logo, 0);
  return labs.length === 0
    ? (DARK_TO + LIGHT_FROM) / 2
    : labs.reduce((sum, [lightness]) => sum + lightness, 0) / labs.length;
}

/**
 * A variant for light backgrounds does not stand on a dark one while the kit has another, and the other way round. The score is how far the ground lies on the right side of the
 * border, in CIE lightness.
 */
export function checkLogoVariant(pixels: JudgedPixels, logos: BrandKit['logos']): ComplianceCheck {
  const { logo } = pixels.layout;
  const spec = logos.find(({ file }) => file === logo?.file);
  const base = { name: 'logo-variant', threshold: 0, unit: 'lightness', better: 'higher' } as const;
  if (!logo || !spec || spec.on === 'any' || logos.length === 1)
    return {
      ...base,
      score: 0,
      passed: true,
      reason: logo ? `The logo "${logo.name}" may stand on any ground.` : 'There is no logo to choose.',
      region: null,
    };
  const lightness = Math.round(measureLightness(pixels, logo) * 10) / 10;
  const isForLight = spec.on === 'light';
  const score = Math.round((isForLight ? lightness - DARK_TO : LIGHT_FROM - lightness) * 10) / 10;
  const passed = score >= 0;
  return {
    ...base,
    score,
    passed,
    reason: passed
      ? `The logo "${logo.name}", made for ${spec.on} grounds, stands on a lightness of ${lightness}; ${isForLight ? `${DARK_TO} and more` : `${LIGHT_FROM} and less`} suits it.`
      : `The logo "${logo.name}" is made for ${spec.on} grounds but stands on a ${isForLight ? 'dark' : 'light'} one (lightness ${lightness}).`,
    region: passed ? null : { ...logo.box },
  };
}

type ForbiddenGround = { readonly hex: string; readonly share: number };

/** The forbidden colour that fills most of the ground under and around a logo, and its share of that ground, 0 to 1. Null when nothing is forbidden. */
function measureForbiddenGround(
  pixels: JudgedPixels,
  logo: LogoPlacement,
  forbidden: readonly string[],
): ForbiddenGround | null {
  const labs = readGround(pixels, logo, Math.max(2, Math.round(logo.box.height * RING)));
  let worst: ForbiddenGround | null = null;
  for (const hex of forbidden) {
    const wanted = toLab(parseHex(hex));
    const count = labs.filter((lab) => measureColourDifference(lab, wanted) < SAME_COLOUR).length;
    const share = count / Math.max(1, labs.length);
    if (!worst || share > worst.share) worst = { hex, share };
  }
  return worst;
}

/** The logo does not stand on a colour that its brand forbids for this variant, wherever that colour comes from. */
export function checkLogoGround(pixels: JudgedPixels, logos: BrandKit['logos']): ComplianceCheck {
  const { logo } = pixels.layout;
  const base = { name: 'logo-ground', threshold: MOST_FORBIDDEN, unit: 'share', better: 'lower' } as const;
  const spec = logos.find(({ file }) => file === logo?.file);
  const worst = logo && spec ? measureForbiddenGround(pixels, logo, spec.forbiddenBackgrounds) : null;
  if (!logo || !worst)
    return {
      ...base,
      score: 0,
      passed: true,
      reason: logo
        ? `The brand forbids the logo "${logo.name}" no ground.`
        : 'There is no logo that stands on a ground.',
      region: null,
    };
  const score = Math.round(worst.share * 1000) / 1000;
  const passed = score <= MOST_FORBIDDEN;
  const share = `${Math.round(worst.share * 100)} %`;
  return {
    ...base,
    score,
    passed,
    reason: passed
      ? `${share} of the ground of the logo "${logo.name}" is in a colour that the brand forbids for it.`
      : `The logo "${logo.name}" stands on ${nameColour(worst.hex)} ${worst.hex}, which the brand forbids for it: ${share} of its ground.`,
    region: passed ? null : { ...logo.box },
  };
}
