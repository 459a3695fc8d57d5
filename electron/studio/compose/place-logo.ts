import type { BrandKit } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { formatHex, toLab } from '../../domain/brand/colour-space.ts';
import type { LogoPlacement } from '../../domain/compliance/layout.ts';
import { measureVisibleInk } from '../../domain/compliance/logo-check.ts';
import type { RgbaRaster } from './blend.ts';
import { blendLayer, copyRaster } from './blend.ts';
import { veilRaster } from './choose-ground.ts';
import type { FormatRules } from './format-rules.ts';
import type { Logo } from './load-logo.ts';
import { shapeLogoVeil } from './veil-shape.ts';

export type LogoSize = { readonly width: number; readonly height: number };
export type DrawnLogo = { readonly logo: Logo; readonly raster: RgbaRaster };

/** Backgrounds up to this CIE lightness are dark, and from the next on light; between them both variants may stand. */
const DARK_TO = 45;
const LIGHT_FROM = 65;
const VISIBLE_ENOUGH = 0.985;
const VEILS = [0, 0.35, 0.6, 0.8, 1];

/** Optical size: a wide word mark stands at the rules' height, a compact sign larger, and none narrower than the kit allows. */
export function sizeLogo(aspect: number, minWidthPx: number, rules: FormatRules, maxWidth: number): LogoSize {
  const boost = Math.min(1.9, Math.max(1, Math.sqrt(4.2 / aspect)));
  const width = Math.round(Math.min(maxWidth, Math.max(rules.logoHeight * boost * aspect, minWidthPx)));
  return { width, height: Math.max(1, Math.round(width / aspect)) };
}

function meanLightness(
  { width, height, rgb }: Raster,
  box: { x: number; y: number; width: number; height: number },
): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y += 4) {
    for (let x = Math.max(0, box.x); x < Math.min(width, box.x + box.width); x += 4) {
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

type Spot = { readonly x: number; readonly y: number };
export type LogoChoice = { readonly drawn: DrawnLogo; readonly backdrop: Raster };

function measureVariant(picture: Raster, drawn: DrawnLogo, { x, y }: Spot): number {
  const { width, height } = drawn.raster;
  // Only the logo's own box is looked at, so only that part of the picture is copied.
  const under = cropRaster(picture, x, y, width, height);
  const over = copyRaster(under);
  blendLayer(over, drawn.raster, 0, 0);
  const placement: LogoPlacement = {
    name: '',
    file: '',
    box: { x: 0, y: 0, width, height },
    ink: readInk(drawn.raster),
    minWidthPx: 0,
    clearSpacePx: 0,
    freeSpacePx: 0,
  };
  return measureVisibleInk({ finished: over, backdrop: under }, placement);
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

/**
 * Chooses the variant for the background under it and, where none stands out enough, lays a soft corner of brand colour behind it.
 * A variant made for light backgrounds is not used on dark ones and the other way round, unless the kit has no other.
 */
export function chooseLogo(
  picture: Raster,
  variants: readonly DrawnLogo[],
  spot: (drawn: DrawnLogo) => Spot,
  kit: BrandKit,
  ground: string,
): LogoChoice | null {
  const grounds = [
    ground,
    ...kit.palette
      .filter(({ role }) => role === 'background' || role === 'primary' || role === 'text')
      .map(({ hex }) => hex),
  ];
  let best: { visible: number; choice: LogoChoice } | null = null;
  for (const veil of VEILS) {
    for (const colour of veil === 0 ? [ground] : new Set(grounds)) {
      for (const drawn of variants) {
        const place = spot(drawn);
        const box = { ...place, width: drawn.raster.width, height: drawn.raster.height };
        const backdrop =
          veil === 0 ? picture : veilRaster(picture, colour, shapeLogoVeil(box, picture.width, picture.height), veil);
        if (variants.length > 1 && !suits(drawn, meanLightness(backdrop, box))) continue;
        const visible = measureVariant(backdrop, drawn, place);
        if (!best || visible > best.visible + 1e-9) best = { visible, choice: { drawn, backdrop } };
        if (visible >= VISIBLE_ENOUGH) return { drawn, backdrop };
      }
    }
  }
  return best?.choice ?? null;
}
