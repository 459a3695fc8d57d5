import type { BrandKit } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import { measureColourDifference } from '../../domain/brand/colour-difference.ts';
import { contrastRatio, formatHex, parseHex, toLab, toLuminance } from '../../domain/brand/colour-space.ts';
import type { LogoPlacement } from '../../domain/compliance/layout.ts';
import { measureVisibleInk } from '../../domain/compliance/logo-check.ts';
import { DARK_TO, LIGHT_FROM } from '../../domain/compliance/logo-ground-checks.ts';
import type { RgbaRaster } from '../../readers/render-svg.ts';
import { blendLayer, copyRaster } from './blend.ts';
import type { Box } from './draw-shapes.ts';
import type { FormatRules } from './format-rules.ts';
import type { Logo } from './load-logo.ts';

export type LogoSize = { readonly width: number; readonly height: number };
export type DrawnLogo = { readonly logo: Logo; readonly raster: RgbaRaster };

const VISIBLE_ENOUGH = 0.95;

/** Optical size: a wide word mark stands at the rules' height, a compact sign larger, and none narrower than the kit allows. */
export function sizeLogo(
  aspect: number,
  minWidthPx: number,
  rules: Pick<FormatRules, 'logoHeight'>,
  maxWidth: number,
): LogoSize {
  const boost = Math.min(1.9, Math.max(1, Math.sqrt(4.2 / aspect)));
  const width = Math.round(Math.min(maxWidth, Math.max(rules.logoHeight * boost * aspect, minWidthPx)));
  return { width, height: Math.max(1, Math.round(width / aspect)) };
}

function meanLightness({ width, height, rgb }: Raster): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width; x += 4) {
      const at = (y * width + x) * 3;
      sum += toLab([rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0])[0];
      count++;
    }
  }
  return count === 0 ? 100 : sum / count;
}

export function readInk({ width, height, rgba }: RgbaRaster): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, index) => rgba[index * 4 + 3] ?? 0);
}

function suits({ logo }: DrawnLogo, lightness: number): boolean {
  if (logo.spec.on === 'any') return true;
  return logo.spec.on === 'light' ? lightness > DARK_TO : lightness < LIGHT_FROM;
}

/** Mean colours nearer than this (CIEDE2000) count as the same ground. */
const SAME_GROUND = 12;

/** Whether the brand forbids a variant on the ground under it. */
function isForbidden({ logo }: DrawnLogo, under: Raster): boolean {
  if (logo.spec.forbiddenBackgrounds.length === 0) return false;
  const sums = [0, 0, 0];
  for (let at = 0; at < under.rgb.length; at++) sums[at % 3] = (sums[at % 3] ?? 0) + (under.rgb[at] ?? 0);
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / (under.rgb.length / 3));
  const own = toLab([red, green, blue]);
  return logo.spec.forbiddenBackgrounds.some((hex) => measureColourDifference(own, toLab(parseHex(hex))) < SAME_GROUND);
}

/** Mean colour of a logo's ink, as hexadecimal. */
export function meanInk({ raster: { rgba } }: DrawnLogo): string {
  const sums = [0, 0, 0];
  let weight = 0;
  for (let at = 0; at < rgba.length; at += 16) {
    const alpha = rgba[at + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++)
      sums[channel] = (sums[channel] ?? 0) + (rgba[at + channel] ?? 0) * alpha;
    weight += alpha;
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / Math.max(1, weight));
  return formatHex([red, green, blue]);
}

/** A variant and where it would stand. */
export type LogoSpot = { readonly drawn: DrawnLogo; readonly placement: LogoPlacement };
/** A field with round corners behind a logo. */
export type Chip = { readonly box: Box; readonly radius: number; readonly colour: string };
export type LogoChoice = { readonly spot: LogoSpot; readonly chip: Chip | null };

/** Share of a variant's outline that would stand out from a ground as large as the logo. */
function measureOn(under: Raster, { drawn, placement }: LogoSpot): number {
  const over = copyRaster(under);
  blendLayer(over, drawn.raster, 0, 0);
  const box = { ...placement.box, x: 0, y: 0 };
  return measureVisibleInk({ finished: over, backdrop: under }, { ...placement, box });
}

/** A field a little larger than the logo, within the space that the layout leaves free. */
function shapeChip({ placement }: LogoSpot, colour: string): Chip {
  const { box, freeSpacePx } = placement;
  const padding = Math.round(Math.max(2, Math.min(box.height * 0.3, freeSpacePx - 4)));
  return {
    box: { x: box.x - padding, y: box.y - padding, width: box.width + 2 * padding, height: box.height + 2 * padding },
    radius: padding * 0.75,
    colour,
  };
}

function fillRaster(width: number, height: number, colour: string): Raster {
  const pixel = parseHex(colour);
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) => pixel[at % 3] ?? 0);
  return { width, height, rgb };
}

function cropRaster({ width, height, rgb }: Raster, left: number, top: number, across: number, down: number): Raster {
  const crop = new Uint8Array(across * down * 3);
  for (let y = 0; y < down; y++) {
    const row = Math.max(0, Math.min(height - 1, top + y));
    for (let x = 0; x < across; x++) {
      const from = (row * width + Math.max(0, Math.min(width - 1, left + x))) * 3;
      const to = (y * across + x) * 3;
      crop[to] = rgb[from] ?? 0;
      crop[to + 1] = rgb[from + 1] ?? 0;
      crop[to + 2] = rgb[from + 2] ?? 0;
    }
  }
  return { width: across, height: down, rgb: crop };
}

/** Contrast that the ink of a variant has to reach on a chip that is laid for its sake. */
const CHIP_CONTRAST = 3;

const standsOut = ({ drawn }: LogoSpot, colour: string) =>
  contrastRatio(toLuminance(parseHex(meanInk(drawn))), toLuminance(parseHex(colour))) >= CHIP_CONTRAST;

/**
 * Chooses the variant for the background under it and, where none stands out enough, a chip of brand colour for it to stand on.
 * A variant made for light backgrounds is not used on dark ones and the other way round, unless the kit has no other. With `onChip` it never stands on the picture itself.
 */
export function chooseLogo(
  picture: Raster,
  spots: readonly LogoSpot[],
  kit: BrandKit,
  ground: string,
  onChip = false,
): LogoChoice | null {
  const roles = kit.palette.filter(({ role }) => role === 'background' || role === 'primary' || role === 'text');
  const chips = new Set([ground, ...roles.map(({ hex }) => hex)]);
  let best: { visible: number; choice: LogoChoice } | null = null;
  for (const colour of onChip ? chips : [null, ...chips]) {
    for (const spot of spots) {
      const { x, y, width, height } = spot.placement.box;
      const under = colour === null ? cropRaster(picture, x, y, width, height) : fillRaster(width, height, colour);
      if (spots.length > 1 && !suits(spot.drawn, meanLightness(under))) continue;
      const isBarred = isForbidden(spot.drawn, under);
      const isFaint = onChip && colour !== null && !standsOut(spot, colour);
      const visible = measureOn(under, spot) - (isBarred ? 1 : 0) - (isFaint ? 1 : 0);
      const choice = { spot, chip: colour === null ? null : shapeChip(spot, colour) };
      if (visible >= VISIBLE_ENOUGH) return choice;
      if (!best || visible > best.visible + 1e-9) best = { visible, choice };
    }
  }
  return best?.choice ?? null;
}

/** Smallest distance in pixels from the logo to anything else: the other boxes and the edges of the format. */
export function measureFreeSpace(box: Box, others: readonly Box[], format: ChannelFormat): number {
  const gaps = others.map((other) =>
    Math.max(
      other.x - box.x - box.width,
      box.x - other.x - other.width,
      other.y - box.y - box.height,
      box.y - other.y - other.height,
    ),
  );
  return Math.min(box.x, box.y, format.width - box.x - box.width, format.height - box.y - box.height, ...gaps);
}
