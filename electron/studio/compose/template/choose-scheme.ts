import type { BrandKit, PaletteRole } from '../../../contract/brand.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import type { Template, TemplateShape } from '../../../contract/template.ts';
import { measureColourDifference } from '../../../domain/brand/colour-difference.ts';
import { contrastRatio, parseHex, toLab, toLuminance } from '../../../domain/brand/colour-space.ts';
import type { Lab } from '../../../domain/brand/colour-space.ts';
import { CONTRAST_ROOM } from '../choose-ground.ts';

/** The colours of one picture: ground and the type on it, and a third colour that stands out from the ground. */
export type Scheme = { readonly ground: string; readonly ink: string; readonly highlight: string };

/** A ground nearer to the picture than this (mean CIEDE2000) would melt into it. */
const STAND_OFF = 14;
const HIGHLIGHT_DISTANCE = 20;
/** A logo needs this contrast on its ground. */
const LOGO_CONTRAST = 2.6;
/** The picture is looked at in this many steps a side. */
const SAMPLES = 24;

const labOf = (hex: string) => toLab(parseHex(hex));

export function contrastOf(one: string, other: string): number {
  return contrastRatio(toLuminance(parseHex(one)), toLuminance(parseHex(other)));
}

function coloursOf(kit: BrandKit, roles: readonly PaletteRole[]): string[] {
  return roles.flatMap((role) => kit.palette.filter((colour) => colour.role === role)).map(({ hex }) => hex);
}

function samplePicture({ width, height, rgb }: Raster): Lab[] {
  return Array.from({ length: SAMPLES * SAMPLES }, (_, index) => {
    const x = Math.floor((((index % SAMPLES) + 0.5) / SAMPLES) * width);
    const y = Math.floor(((Math.floor(index / SAMPLES) + 0.5) / SAMPLES) * height);
    const at = (y * width + x) * 3;
    return toLab([rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]);
  });
}

function meanDistance(own: Lab, others: readonly Lab[]): number {
  return others.reduce((total, other) => total + measureColourDifference(own, other), 0) / Math.max(1, others.length);
}

/** The ink that reads best on a ground, the brand's text and background colours first. */
function inkOn(kit: BrandKit, ground: string, target: number): { ink: string; ratio: number } {
  const inks = coloursOf(kit, ['text', 'background', 'neutral', 'primary', 'secondary', 'accent']);
  const rated = inks.map((ink) => ({ ink, ratio: contrastOf(ink, ground) }));
  return (
    rated
      .slice(0, 2)
      .toSorted((one, other) => other.ratio - one.ratio)
      .find(({ ratio }) => ratio >= target) ??
    rated.toSorted((one, other) => other.ratio - one.ratio)[0] ?? { ink: '#000000', ratio: 1 }
  );
}

function highlightOn(kit: BrandKit, ground: string): string {
  const own = labOf(ground);
  const candidates = coloursOf(kit, ['accent', 'primary', 'secondary', 'text', 'background']).filter(
    (hex) => hex !== ground,
  );
  return (
    candidates.find((hex) => measureColourDifference(own, labOf(hex)) >= HIGHLIGHT_DISTANCE) ?? candidates[0] ?? ground
  );
}

/** The first ground of the template on which type and logo can be read and which stands off from the picture; else the one that stands off most. */
export function chooseScheme(template: Template, kit: BrandKit, picture: Raster, logoInks: readonly string[]): Scheme {
  const target = kit.thresholds.contrast * CONTRAST_ROOM;
  const seen = samplePicture(picture);
  const grounds = coloursOf(kit, template.grounds);
  const rated = (grounds.length > 0 ? grounds : coloursOf(kit, ['background', 'text'])).map((ground) => {
    const { ink, ratio } = inkOn(kit, ground, target);
    const suitsLogo = logoInks.length === 0 || logoInks.some((logo) => contrastOf(logo, ground) >= LOGO_CONTRAST);
    const standOff = meanDistance(labOf(ground), seen);
    return { ground, ink, fits: ratio >= target && suitsLogo, isReadable: ratio >= target, standOff };
  });
  const byDistance = rated.toSorted((one, other) => other.standOff - one.standOff);
  const chosen =
    rated.find(({ fits, standOff }) => fits && standOff >= STAND_OFF) ??
    byDistance.find(({ fits }) => fits) ??
    byDistance.find(({ isReadable }) => isReadable) ??
    rated[0];
  const ground = chosen?.ground ?? '#ffffff';
  return { ground, ink: chosen?.ink ?? '#000000', highlight: highlightOn(kit, ground) };
}

/** The colour of a shape. A role that the kit leaves empty gives the highlight. */
export function paintOf(fill: TemplateShape['fill'], scheme: Scheme, kit: BrandKit): string {
  if (fill === 'ground' || fill === 'ink' || fill === 'highlight') return scheme[fill];
  return coloursOf(kit, [fill])[0] ?? scheme.highlight;
}
