import type { BrandKit, PaletteColour } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { measureColourDifference } from '../../domain/brand/colour-difference.ts';
import { contrastRatio, parseHex, toLab, toLuminance } from '../../domain/brand/colour-space.ts';
import { measureContrast } from '../../domain/compliance/contrast-check.ts';
import { blendVeil, copyRaster } from './blend.ts';
import type { InkBox } from '../../readers/load-font.ts';
import type { PlacedCopy } from './place-copy.ts';
import { shapeTypeVeil } from './veil-shape.ts';

/** Type colour and the colour of the veil that may stand behind it. */
export type InkPair = { readonly ink: string; readonly ground: string };
export type Ground = InkPair & {
  readonly placed: PlacedCopy;
  /** Opacity of the veil, 0 for none. */ readonly veil: number;
};

/** Contrast is aimed a little above what the kit asks for, because pixels are rounded. */
export const CONTRAST_ROOM = 1.04;
/** A veil is either a hint or nearly solid: what lies between turns two good colours into a muddy third. */
const VEILS = [0, 0.15, 0.3, 0.92, 1];
/** Neighbouring pixels that differ by this much in a channel stand on an edge. */
const EDGE_STEP = 26;
/** From this share of edges on a ground is too restless for type, and the type gets a panel. A veil would leave ghosts of the shapes. */
const RESTLESS = 0.035;
/** Hardly a pixel behind type may fall below this share of the contrast that is wanted, so that no letter touches a shape of its own colour. */
const COLLISION_FLOOR = 0.55;
const COLLISION_SHARE = 0.006;
/** A logo on the picture has to reach this contrast on nearly all of its ground, or the picture is the wrong place for it. */
const LOGO_CONTRAST = 2.6;
/** Candidates are tried on a picture with this many pixels on the long edge. */
const TRIAL_EDGE_PX = 320;
/** Edges are looked for on one this much smaller still, where grain has evened out and shapes have not. */
const EDGE_SHRINK = 2;

function contrastOf(one: string, other: string): number {
  return contrastRatio(toLuminance(parseHex(one)), toLuminance(parseHex(other)));
}

const colours = (kit: BrandKit, ...roles: PaletteColour['role'][]) =>
  roles.flatMap((role) => kit.palette.filter((colour) => colour.role === role)).map(({ hex }) => hex);

/** Pairs of brand colours that type may stand in: the text colour on the background, or the background colour on a strong one. The first is preferred. */
export function listInkPairs(kit: BrandKit): InkPair[] {
  const [background = '#ffffff'] = colours(kit, 'background');
  const [text = '#000000'] = colours(kit, 'text');
  const strong = colours(kit, 'primary', 'secondary', 'accent', 'text').map((ground) => ({ ink: background, ground }));
  const readable = strong.filter(
    ({ ink, ground }) => contrastOf(ink, ground) >= kit.thresholds.contrast * CONTRAST_ROOM,
  );
  return [{ ink: text, ground: background }, ...readable];
}

/** Mean of square blocks: a small picture for judging. */
export function shrinkRaster({ width, height, rgb }: Raster, factor: number): Raster {
  const columns = Math.max(1, Math.floor(width / factor));
  const rows = Math.max(1, Math.floor(height / factor));
  const small = new Uint8Array(columns * rows * 3);
  const share = 1 / (factor * factor);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let down = 0; down < factor; down++) {
        let at = ((y * factor + down) * width + x * factor) * 3;
        for (let across = 0; across < factor; across++, at += 3) {
          red += rgb[at] ?? 0;
          green += rgb[at + 1] ?? 0;
          blue += rgb[at + 2] ?? 0;
        }
      }
      const to = (y * columns + x) * 3;
      small[to] = red * share;
      small[to + 1] = green * share;
      small[to + 2] = blue * share;
    }
  }
  return { width: columns, height: rows, rgb: small };
}

/** How restless a part of a picture is: the share of its pixels that stand on an edge. Gradients and grain have next to none. */
export function measureEdges({ width, height, rgb }: Raster, box: InkBox): number {
  const left = Math.max(0, Math.floor(box.x));
  const right = Math.min(width - 1, Math.ceil(box.x + box.width));
  const bottom = Math.min(height - 1, Math.ceil(box.y + box.height));
  const row = width * 3;
  let edges = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * row + x * 3;
      let step = 0;
      for (let channel = at; channel < at + 3; channel++) {
        const here = rgb[channel] ?? 0;
        step = Math.max(step, Math.abs(here - (rgb[channel + 3] ?? 0)), Math.abs(here - (rgb[channel + row] ?? 0)));
      }
      if (step >= EDGE_STEP) edges++;
      count++;
    }
  }
  return count === 0 ? 0 : edges / count;
}

export const scaleBox = (box: InkBox, scale: number): InkBox => ({
  x: box.x * scale,
  y: box.y * scale,
  width: box.width * scale,
  height: box.height * scale,
});

/** By how much a picture is made smaller for trials. */
export function findTrialFactor({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(1, Math.floor(Math.max(width, height) / TRIAL_EDGE_PX));
}

export const typeBoxes = (placed: PlacedCopy): InkBox[] => [
  ...(placed.headline?.boxes ?? []),
  ...(placed.body?.boxes ?? []),
];

/** Whether a text in a colour can be read on a picture: good contrast nearly everywhere, and no collision. */
export function isReadable(picture: Raster, boxes: readonly InkBox[], ink: string, target: number): boolean {
  return (
    measureContrast(picture, boxes, ink) >= target &&
    measureContrast(picture, boxes, ink, COLLISION_SHARE) >= target * COLLISION_FLOOR
  );
}

/** The weakest veil under which the type can be read, or null. */
function findVeil({ small, scale, target }: Trial, placed: PlacedCopy, pair: InkPair): number | null {
  const boxes = typeBoxes(placed).map((box) => scaleBox(box, scale));
  const shape = shapeTypeVeil({ ...placed, area: scaleBox(placed.area, scale) }, small.width, small.height);
  return VEILS.find((veil) => isReadable(veilRaster(small, pair.ground, shape, veil), boxes, pair.ink, target)) ?? null;
}

/** A copy of a picture under a veil. */
export function veilRaster(
  picture: Raster,
  ground: string,
  shape: { byRow: Float32Array; byColumn: Float32Array },
  veil: number,
): Raster {
  const copy = copyRaster(picture);
  if (veil > 0)
    blendVeil(copy, {
      colour: parseHex(ground),
      byRow: shape.byRow.map((share) => share * veil),
      byColumn: shape.byColumn,
    });
  return copy;
}

/** How far a ground colour lies from the picture that stays visible beside it, 0 to 1: a panel has to stand off from it. */
function measureStandOff(picture: Raster, panel: InkBox, ground: string): number {
  const own = toLab(parseHex(ground));
  let sum = 0;
  let count = 0;
  for (let y = 0; y < picture.height; y += 5) {
    for (let x = 0; x < picture.width; x += 5) {
      if (x >= panel.x && x < panel.x + panel.width && y >= panel.y && y < panel.y + panel.height) continue;
      const at = (y * picture.width + x) * 3;
      sum += measureColourDifference(
        own,
        toLab([picture.rgb[at] ?? 0, picture.rgb[at + 1] ?? 0, picture.rgb[at + 2] ?? 0]),
      );
      count++;
    }
  }
  return count === 0 ? 0 : Math.min(1, sum / count / 50);
}

/** What a choice is made with: the picture made small and the factor to it, a smaller one for edges, the contrast that is wanted, and the mean colour of each logo variant. */
type Trial = {
  readonly small: Raster;
  readonly scale: number;
  readonly smallest: Raster;
  readonly target: number;
  readonly logoInks: readonly string[];
};

/** The price of a placement in a pair of colours: veils, unrest and second choices cost, panels cost most. Null when it cannot be used. */
function priceGround(trial: Trial, placed: PlacedCopy, pair: InkPair): { cost: number; veil: number } | null {
  const { small, scale, smallest, logoInks } = trial;
  if (placed.panel) {
    const standOff = measureStandOff(small, scaleBox(placed.panel, scale), pair.ground);
    const suitsLogo = logoInks.length === 0 || logoInks.some((ink) => contrastOf(ink, pair.ground) >= LOGO_CONTRAST);
    return { cost: 0.75 - 0.3 * standOff + (suitsLogo ? 0 : 0.25), veil: 1 };
  }
  const edges = measureEdges(smallest, scaleBox(placed.area, scale / EDGE_SHRINK));
  const veil = edges < RESTLESS ? findVeil(trial, placed, pair) : null;
  if (
    veil === null ||
    (veil > 0.5 && measureEdges(smallest, { x: 0, y: 0, width: smallest.width, height: smallest.height }) >= RESTLESS)
  )
    return null;
  const logoBox = scaleBox(placed.logo, scale);
  const isLogoLost =
    logoInks.length > 0 && !logoInks.some((ink) => measureContrast(small, [logoBox], ink) >= LOGO_CONTRAST);
  const logoCost = isLogoLost ? 0.5 : measureEdges(smallest, scaleBox(placed.logo, scale / EDGE_SHRINK)) * 3;
  return { cost: (veil > 0.5 ? 0.34 : veil) + edges * 3 + logoCost, veil };
}

/** Chooses place and colours of the type for a picture: what needs the least help on the calmest ground. At least one placement has to bring a panel. */
export function chooseGround(
  picture: Raster,
  placements: readonly PlacedCopy[],
  kit: BrandKit,
  logoInks: readonly string[],
): Ground {
  const factor = findTrialFactor(picture);
  const small = shrinkRaster(picture, factor);
  const trial = {
    small,
    smallest: shrinkRaster(small, EDGE_SHRINK),
    scale: 1 / factor,
    target: kit.thresholds.contrast * CONTRAST_ROOM,
    logoInks,
  };
  let best: { cost: number; ground: Ground } | null = null;
  for (const placed of placements) {
    const second = placed.anchor === 'top' || placed.anchor === 'right';
    for (const [order, pair] of listInkPairs(kit).entries()) {
      const price = priceGround(trial, placed, pair);
      const cost = price === null ? Number.POSITIVE_INFINITY : price.cost + (second ? 0.07 : 0) + 0.03 * order;
      if (price && (!best || cost < best.cost)) best = { cost, ground: { ...pair, placed, veil: price.veil } };
    }
  }
  if (!best) throw new RangeError('no placement to choose from');
  return best.ground;
}
