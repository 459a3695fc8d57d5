import { contrastRatio, parseHex, toLuminance } from '../../../electron/domain/brand/colour-space.ts';
import type { Rgb } from '../../../electron/domain/brand/colour-space.ts';
import type { JudgedPixels } from '../../../electron/domain/compliance/layout.ts';
import { measureLightness } from '../../../electron/domain/compliance/logo-ground-checks.ts';
import { blendLayer } from '../../../electron/studio/compose/blend.ts';
import { loadKitContent } from '../../../electron/studio/compose/kit-content.ts';
import { copyOf, pixelAt, pixelsOf, setPixel } from './pixels.ts';
import { mixColours, pickForeign } from './paint.ts';
import type { Violation } from './violation.ts';

/** Gone, partly covered, or in a colour of somebody else. */
export const breakLogo: Violation = async ({ kit, input }, level, random) => {
  const { finished, backdrop, layout } = input.pixels;
  const { logo } = layout;
  if (!logo) return null;
  const delivered = copyOf(finished);
  const kind = random.pick(['gone', 'covered', 'recoloured'] as const);
  if (kind === 'recoloured') {
    const foreign = pickForeign(kit, random);
    const part = [0.3, 0.6, 1][level] ?? 1;
    for (const [x, y] of pixelsOf(finished, logo.box))
      if (
        (logo.ink[(y - logo.box.y) * logo.box.width + x - logo.box.x] ?? 0) > 40 &&
        x - logo.box.x < logo.box.width * part
      )
        setPixel(delivered, x, y, foreign);
    return { ...input, delivered };
  }
  const wanted = kind === 'gone' ? 1 : ([0.15, 0.3, 0.6][level] ?? 1);
  const right = coverColumns(logo.ink, logo.box.width, wanted);
  for (const [x, y] of pixelsOf(finished, { ...logo.box, width: right }))
    setPixel(delivered, x, y, pixelAt(backdrop, x, y));
  return { ...input, delivered };
};

/** How many columns from the left hold a share of a logo's ink. */
function coverColumns(ink: Uint8Array, width: number, share: number): number {
  const columns = Array.from({ length: width }, () => 0);
  let total = 0;
  for (const [at, value] of ink.entries()) {
    if (value < 160) continue;
    columns[at % width] = (columns[at % width] ?? 0) + 1;
    total++;
  }
  let seen = 0;
  for (const [column, count] of columns.entries()) {
    seen += count;
    if (seen >= total * share) return column + 1;
  }
  return width;
}

/** A mark in the clear space, nearer with every level. */
export const breakLogoSpace: Violation = async ({ input }, level, random) => {
  const { finished, layout } = input.pixels;
  const { logo } = layout;
  const clear = Math.floor(logo?.clearSpacePx ?? 0);
  if (!logo || clear < 8) return null;
  const size = Math.max(4, Math.round(clear * 0.2));
  const gap = Math.max(1, Math.min(clear - size - 1, Math.round(clear * ([0.65, 0.4, 0.1][level] ?? 0))));
  const { x, y, width, height } = logo.box;
  const spots = [
    { x: x + width + gap, y: y + height / 2 },
    { x: x - gap - size, y: y + height / 2 },
    { x: x + width / 2, y: y + height + gap },
    { x: x + width / 2, y: y - gap - size },
  ].filter((spot) => spot.x >= 0 && spot.y >= 0 && spot.x + size < finished.width && spot.y + size < finished.height);
  if (spots.length === 0) return null;
  const spot = random.pick(spots);
  const ground = pixelAt(finished, Math.floor(spot.x), Math.floor(spot.y));
  const ink: Rgb = contrastRatio(toLuminance(ground), 0) > 4 ? [20, 20, 24] : [240, 240, 240];
  const delivered = copyOf(finished);
  for (const [column, row] of pixelsOf(finished, { ...spot, width: size, height: size }))
    setPixel(delivered, column, row, ink);
  return { ...input, delivered };
};

/** The kit asks for a wider logo than stands there. */
export const breakLogoSize: Violation = async ({ input }, level) => {
  const { layout } = input.pixels;
  if (!layout.logo) return null;
  const logo = { ...layout.logo, minWidthPx: layout.logo.box.width / ([0.95, 0.8, 0.5][level] ?? 0.5) };
  return { ...input, pixels: { ...input.pixels, layout: { ...layout, logo } } };
};

/** The variant for the other kind of ground, drawn in the same place. Grounds between light and dark give no occasion. */
export const breakLogoVariant: Violation = async ({ kit, files, input }) => {
  const { finished, backdrop, layout } = input.pixels;
  const { logo } = layout;
  if (!logo) return null;
  const judged: JudgedPixels = { ...input.pixels, delivered: finished };
  const lightness = measureLightness(judged, logo);
  const wrong = lightness < 42 ? 'light' : lightness > 68 ? 'dark' : null;
  const { logos } = await loadKitContent(kit, files);
  const other = logos.find(({ spec }) => spec.on === wrong);
  if (!other) return null;
  const raster = await other.render(logo.box.width);
  const swapped = copyOf(finished);
  for (const [x, y] of pixelsOf(finished, logo.box)) setPixel(swapped, x, y, pixelAt(backdrop, x, y));
  blendLayer(swapped, raster, logo.box.x, logo.box.y);
  const ink = Uint8Array.from({ length: raster.width * raster.height }, (_, index) => raster.rgba[index * 4 + 3] ?? 0);
  const placed = {
    ...logo,
    name: other.spec.name,
    file: other.spec.file,
    ink,
    box: { ...logo.box, width: raster.width, height: raster.height },
  };
  return { ...input, pixels: { finished: swapped, backdrop, layout: { ...layout, logo: placed } } };
};

/** The ground between and around the ink in a colour that the kit forbids, over part of the logo's box. */
export const breakLogoGround: Violation = async ({ kit, input }, level) => {
  const { finished, layout } = input.pixels;
  const { logo } = layout;
  const forbidden = kit.logos.find(({ file }) => file === logo?.file)?.forbiddenBackgrounds[0];
  if (!logo || forbidden === undefined) return null;
  const part = [0.6, 0.8, 1][level] ?? 1;
  const around = Math.round(logo.box.height * 0.3);
  const delivered = copyOf(finished);
  const region = {
    x: logo.box.x - around,
    y: logo.box.y - around,
    width: (logo.box.width + 2 * around) * part,
    height: logo.box.height + 2 * around,
  };
  const colour = parseHex(forbidden);
  for (const [x, y] of pixelsOf(finished, region)) {
    const [column, row] = [x - logo.box.x, y - logo.box.y];
    const isInBox = column >= 0 && row >= 0 && column < logo.box.width && row < logo.box.height;
    const share = isInBox ? (logo.ink[row * logo.box.width + column] ?? 0) / 255 : 0;
    setPixel(delivered, x, y, mixColours(colour, pixelAt(finished, x, y), share));
  }
  return { ...input, delivered };
};
