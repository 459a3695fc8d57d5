import type { BrandKit } from '../../../contract/brand.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import type { TemplateLayout } from '../../../contract/template.ts';
import { measureColourDifference } from '../../../domain/brand/colour-difference.ts';
import { parseHex, toLab } from '../../../domain/brand/colour-space.ts';
import type { Lab } from '../../../domain/brand/colour-space.ts';
import { DARK_TO } from '../../../domain/compliance/logo-ground-checks.ts';
import { CONTRAST_ROOM, listInkPairs, veilRaster } from '../choose-ground.ts';
import type { Box } from '../draw-shapes.ts';
import type { TemplateFrame } from './template-frame.ts';
import type { Veiled } from './veil-picture.ts';
import { areReadable, prepareTrial, shapeVeil } from './veil-picture.ts';

/** Strengths in hundredths. Light veils of middling strength turn two good colours into a muddy third, so they are a hint or nearly solid. */
const STEP = 0.02;
const isAllowed = (strength: number, isLight: boolean) => !isLight || strength <= 0.36 || strength >= 0.9;
const strengths = Array.from({ length: Math.round(1 / STEP) + 1 }, (_, at) => Math.round(at * STEP * 100) / 100);
/** Every so many pixels of the trial picture are compared. */
const STRIDE = 37;
/** What the mean change (CIEDE2000) and the mean distance to the brand colours weigh against each other and against the order of the pairs. */
const OFF_BRAND_WEIGHT = 0.6;
const ORDER_COST = 0.6;

function sampleLabs({ rgb }: Raster): Lab[] {
  const labs: Lab[] = [];
  for (let at = 0; at + 2 < rgb.length; at += 3 * STRIDE)
    labs.push(toLab([rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]));
  return labs;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** How much a veil takes from a picture: the change that is seen, and how far the result lies from the brand's colours. */
function priceVeil(before: readonly Lab[], veiled: Raster, palette: readonly Lab[]): number {
  const after = sampleLabs(veiled);
  const change = mean(after.map((lab, at) => measureColourDifference(before[at] ?? lab, lab)));
  const offBrand = mean(after.map((lab) => Math.min(...palette.map((own) => measureColourDifference(own, lab)))));
  return change + OFF_BRAND_WEIGHT * offBrand;
}

/** Chooses ink and veil for type on a picture: of the brand's pairs, each no stronger than contrast asks, the one that changes the picture least and stays nearest to the brand. */
export function tintPicture(
  picture: Raster,
  kit: BrandKit,
  layout: TemplateLayout,
  frame: TemplateFrame,
  texts: readonly (readonly Box[])[],
  area: Box,
): Veiled {
  const { small, shape: trialShape, texts: shrunk } = prepareTrial(picture, layout, frame, texts, area);
  const target = kit.thresholds.contrast * CONTRAST_ROOM;
  const palette = kit.palette.map(({ hex }) => toLab(parseHex(hex)));
  const before = sampleLabs(small);
  let best = { price: Number.POSITIVE_INFINITY, ink: '#000000', ground: '#ffffff', strength: 1 };
  for (const [order, { ink, ground }] of listInkPairs(kit).entries()) {
    const isLight = toLab(parseHex(ground))[0] > DARK_TO;
    const strength = findStrength(
      (veil) => areReadable(veilRaster(small, ground, trialShape, veil), shrunk, ink, target),
      isLight,
    );
    const price = priceVeil(before, veilRaster(small, ground, trialShape, strength), palette) + ORDER_COST * order;
    if (price < best.price) best = { price, ink, ground, strength };
  }
  const shape = shapeVeil(layout.scrim, frame, area, 1);
  const isLight = toLab(parseHex(best.ground))[0] > DARK_TO;
  const rest = strengths.filter((strength) => strength >= best.strength && isAllowed(strength, isLight));
  for (const strength of rest) {
    const veiled = veilRaster(picture, best.ground, shape, strength);
    if (areReadable(veiled, texts, best.ink, target)) return { picture: veiled, ink: best.ink };
  }
  return { picture: veilRaster(picture, best.ground, shape, 1), ink: best.ink };
}

/** The weakest allowed strength under which the type can be read, 0 to 1; more veil never reads worse, so halving finds it. */
function findStrength(isReadableUnder: (strength: number) => boolean, isLight: boolean): number {
  const allowed = strengths.filter((strength) => isAllowed(strength, isLight));
  let [low, high] = [0, allowed.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReadableUnder(allowed[middle] ?? 1)) high = middle;
    else low = middle + 1;
  }
  return allowed[low] ?? 1;
}
