import type { BrandKit, PaletteColour } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { contrastRatio, linearLight, parseHex, toLuminance } from '../../domain/brand/colour-space.ts';
import { measureContrast } from '../../domain/compliance/contrast-check.ts';
import { blendVeil, copyRaster } from './blend.ts';
import type { InkBox } from './load-font.ts';
import type { PlacedCopy } from './place-copy.ts';
import { shapeTypeVeil } from './veil-shape.ts';

/** Type colour and the colour of the veil that may stand behind it. */
export type InkPair = { readonly ink: string; readonly ground: string };
export type Ground = InkPair & { readonly placed: PlacedCopy; /** Opacity of the veil, 0 for none. */ readonly veil: number };

/** Contrast is aimed a little above what the kit asks for, because pixels are rounded. */
export const CONTRAST_ROOM = 1.04;
const VEILS = [0, 0.25, 0.4, 0.55, 0.68, 0.8, 0.9, 0.96, 1];
/** Candidates are tried on a picture with this many pixels on the long edge. */
const TRIAL_EDGE_PX = 240;

function contrastOf(one: string, other: string): number {
  return contrastRatio(toLuminance(parseHex(one)), toLuminance(parseHex(other)));
}

const colours = (kit: BrandKit, ...roles: PaletteColour['role'][]) => roles.flatMap((role) => kit.palette.filter((colour) => colour.role === role)).map(({ hex }) => hex);

/** Pairs of brand colours that type may stand in: the text colour on the background, or the background colour on a strong one. The first is preferred. */
export function listInkPairs(kit: BrandKit): InkPair[] {
  const [background = '#ffffff'] = colours(kit, 'background');
  const [text = '#000000'] = colours(kit, 'text');
  const strong = colours(kit, 'primary', 'secondary', 'accent', 'text').map((ground) => ({ ink: background, ground }));
  const readable = strong.filter(({ ink, ground }) => contrastOf(ink, ground) >= kit.thresholds.contrast * CONTRAST_ROOM);
  return [{ ink: text, ground: background }, ...readable];
}

/** Mean of square blocks: a small picture for judging. */
export function shrinkRaster({ width, height, rgb }: Raster, factor: number): Raster {
  const columns = Math.max(1, Math.floor(width / factor));
  const rows = Math.max(1, Math.floor(height / factor));
  const small = new Uint8Array(columns * rows * 3);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const sums = [0, 0, 0];
      for (let down = 0; down < factor; down++) {
        const from = ((y * factor + down) * width + x * factor) * 3;
        for (let at = 0; at < factor * 3; at++) sums[at % 3] = (sums[at % 3] ?? 0) + (rgb[from + at] ?? 0);
      }
      for (let channel = 0; channel < 3; channel++) small[(y * columns + x) * 3 + channel] = (sums[channel] ?? 0) / (factor * factor);
    }
  }
  return { width: columns, height: rows, rgb: small };
}

/** How restless a part of a picture is, 0 (even) to 1: the mean step of perceived lightness between neighbours, as a share of a strong pattern's. */
export function measureBusyness({ width, height, rgb }: Raster, box: InkBox): number {
  const lightness = (x: number, y: number) => {
    const at = (y * width + x) * 3;
    return Math.sqrt(0.2126 * (linearLight[rgb[at] ?? 0] ?? 0) + 0.7152 * (linearLight[rgb[at + 1] ?? 0] ?? 0) + 0.0722 * (linearLight[rgb[at + 2] ?? 0] ?? 0));
  };
  const left = Math.max(0, Math.floor(box.x));
  const right = Math.min(width - 1, Math.ceil(box.x + box.width));
  const bottom = Math.min(height - 1, Math.ceil(box.y + box.height));
  let steps = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const here = lightness(x, y);
      steps += Math.abs(here - lightness(x + 1, y)) + Math.abs(here - lightness(x, y + 1));
      count += 2;
    }
  }
  return count === 0 ? 0 : Math.min(1, steps / count / 0.045);
}

const scaleBox = (box: InkBox, scale: number): InkBox => ({ x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale });
export const typeBoxes = (placed: PlacedCopy): InkBox[] => [...(placed.headline?.boxes ?? []), ...(placed.body?.boxes ?? [])];

/** A restless ground is calmed even where contrast alone would do. */
function calmingVeil(busyness: number): number {
  return busyness < 0.16 ? 0 : Math.min(0.86, 0.4 + (busyness - 0.16) * 1.1);
}

function findVeil(small: Raster, placed: PlacedCopy, scale: number, pair: InkPair, target: number, least: number): number {
  const boxes = typeBoxes(placed).map((box) => scaleBox(box, scale));
  const scaled = { ...placed, area: scaleBox(placed.area, scale) };
  const shape = shapeTypeVeil(scaled, small.width, small.height);
  for (const veil of VEILS) {
    if (veil < least) continue;
    const trial = veilRaster(small, pair.ground, shape, veil);
    if (measureContrast(trial, boxes, pair.ink) >= target) return veil;
  }
  return 1;
}

/** A copy of a picture under a veil. */
export function veilRaster(picture: Raster, ground: string, shape: { byRow: Float32Array; byColumn: Float32Array }, veil: number): Raster {
  const copy = copyRaster(picture);
  if (veil > 0) blendVeil(copy, { colour: parseHex(ground), byRow: shape.byRow.map((share) => share * veil), byColumn: shape.byColumn });
  return copy;
}

/** Chooses place and colours of the type for a picture: what needs the least veil on the calmest ground. */
export function chooseGround(picture: Raster, placements: readonly PlacedCopy[], kit: BrandKit): Ground {
  const factor = Math.max(1, Math.floor(Math.max(picture.width, picture.height) / TRIAL_EDGE_PX));
  const small = shrinkRaster(picture, factor);
  const target = kit.thresholds.contrast * CONTRAST_ROOM;
  let best: { cost: number; ground: Ground } | null = null;
  for (const [place, placed] of placements.entries()) {
    const busyness = measureBusyness(small, scaleBox(placed.area, 1 / factor));
    for (const [order, pair] of listInkPairs(kit).entries()) {
      const veil = findVeil(small, placed, 1 / factor, pair, target, calmingVeil(busyness));
      const cost = veil + 0.5 * busyness + 0.07 * place + 0.03 * order;
      if (!best || cost < best.cost) best = { cost, ground: { ...pair, placed, veil } };
    }
  }
  if (!best) throw new RangeError('no placement to choose from');
  return best.ground;
}
