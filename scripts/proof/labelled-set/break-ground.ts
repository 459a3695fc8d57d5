import type { Region } from '../../../electron/contract/compliance.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { contrastRatio, parseHex, toLuminance } from '../../../electron/domain/brand/colour-space.ts';
import type { Rgb } from '../../../electron/domain/brand/colour-space.ts';
import type { ComplianceInput } from '../../../electron/domain/compliance/measure-compliance.ts';
import type { LogoPlacement } from '../../../electron/domain/compliance/layout.ts';
import { pixelAt, pixelsOf } from './pixels.ts';
import { mixColours } from './paint.ts';
import type { Random } from './random.ts';
import { repaintGround } from './repaint-ground.ts';
import type { Sample } from './sample.ts';
import type { Violation } from './violation.ts';

const widen = (box: Region, by: number): Region => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + 2 * by,
  height: box.height + 2 * by,
});
const isIn = ({ x, y, width, height }: Region, column: number, row: number) =>
  column >= x && row >= y && column < x + width && row < y + height;

/** The colour on the way from an ink to a ground that first reaches a contrast to the ink. */
function approach(ink: Rgb, ground: Rgb, wanted: number): Rgb {
  const own = toLuminance(ink);
  for (let share = 0; share < 1; share += 0.01) {
    const mixed = mixColours(ink, ground, share).map(Math.round);
    const colour: Rgb = [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0];
    if (contrastRatio(own, toLuminance(colour)) >= wanted) return colour;
  }
  return ground;
}

function middleGround(backdrop: Raster, box: Region): Rgb {
  const samples = [...pixelsOf(backdrop, box)].map(([x, y]) => pixelAt(backdrop, x, y));
  return (
    samples.toSorted((one, other) => toLuminance(one) - toLuminance(other))[samples.length >> 1] ?? [128, 128, 128]
  );
}

/** Mean of the solid ink of a logo. */
function inkOf(finished: Raster, { box, ink }: LogoPlacement): Rgb {
  const sums = [0, 0, 0];
  let count = 0;
  for (const [x, y] of pixelsOf(finished, box)) {
    if ((ink[(y - box.y) * box.width + x - box.x] ?? 0) < 240) continue;
    for (const [channel, value] of pixelAt(finished, x, y).entries()) sums[channel] = (sums[channel] ?? 0) + value;
    count++;
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / Math.max(1, count));
  return [red, green, blue];
}

const paintOver = (input: ComplianceInput, region: Region, colour: Rgb): ComplianceInput => ({
  ...input,
  pixels: repaintGround(input.pixels, region, (x, y) => (isIn(region, x, y) ? colour : null)),
});

/** A shape of nearly the logo's own lightness under part of it. */
export const breakLogoContrast: Violation = async ({ input }, level, random) => {
  const { finished, backdrop, layout } = input.pixels;
  const { logo } = layout;
  if (!logo) return null;
  const ink = inkOf(finished, logo);
  const shape = approach(ink, middleGround(backdrop, logo.box), [2.3, 1.7, 1.2][level] ?? 1.2);
  const width = logo.box.width * ([0.35, 0.6, 1][level] ?? 1);
  const x = random.next() < 0.5 ? logo.box.x : logo.box.x + logo.box.width - width;
  return paintOver(input, widen({ ...logo.box, x, width }, logo.box.height * 0.2), shape);
};

/** A shape of the logo's own colour right beside it. */
export const nearLogoContrast = async ({ input }: Sample, random: Random): Promise<ComplianceInput | null> => {
  const { finished, layout } = input.pixels;
  const { logo } = layout;
  if (!logo) return null;
  const { x, y, width, height } = logo.box;
  const isLeft = random.next() < 0.5;
  const shape = {
    x: isLeft ? x - height * 1.1 : x + width + height * 0.1,
    y: y - height * 0.5,
    width: height,
    height: height * 2,
  };
  return paintOver(input, shape, inkOf(finished, logo));
};

/** Ground in nearly the colour of the ink behind a single letter. */
export async function loseLetter(
  { kit, input }: Sample,
  level: 0 | 1 | 2,
  random: Random,
): Promise<ComplianceInput | null> {
  const { backdrop, layout } = input.pixels;
  const text = random.pick(layout.texts);
  const line = random.below(Math.max(1, text.letters.length));
  const letters = (text.letters[line] ?? []).filter(({ sign }) => /[\p{L}\p{N}]/u.test(sign));
  if (letters.length < 2) return null;
  const { box } = random.pick(letters);
  const wanted = Math.max(1.05, kit.thresholds.contrast * ([0.7, 0.5, 0.35][level] ?? 0.35));
  const shape = approach(parseHex(text.colour), middleGround(backdrop, box), wanted);
  return paintOver(input, widen(box, (text.boxes[line]?.height ?? 0) * 0.12), shape);
}

/** A shape in the colour of the ink that touches the corner of a letter. */
export const nearContrast = async ({ input }: Sample, random: Random): Promise<ComplianceInput | null> => {
  const { layout } = input.pixels;
  const text = random.pick(layout.texts.filter(({ role }) => role === 'headline'));
  const letter = text?.letters[0]?.at(-1);
  const line = text?.boxes[0];
  if (!text || !letter || !line) return null;
  const margin = line.height * 0.12;
  const { x, y, width } = letter.box;
  return paintOver(
    input,
    { x: x + width * 0.8, y: y - margin * 3, width: margin * 4, height: margin * 2.6 },
    parseHex(text.colour),
  );
};

type Small = { readonly box: Region; readonly sizePx: number; readonly ink: Rgb };

/** Type and logo that are small enough to be disturbed. */
function listSmall({ input }: Sample): Small[] {
  const { finished, layout } = input.pixels;
  const limit = Math.min(finished.width, finished.height) * 0.048;
  const texts = layout.texts
    .filter(({ role, sizePx }) => sizePx <= limit && role !== 'callToAction')
    .flatMap(({ boxes, sizePx, colour }) => boxes.map((box) => ({ box, sizePx, ink: parseHex(colour) })));
  const { logo } = layout;
  return logo ? [...texts, { box: logo.box, sizePx: logo.box.height, ink: inkOf(finished, logo) }] : texts;
}

const shapes = [
  '#f6f0df',
  '#fac6a2',
  '#f5a98c',
  '#bdb2ec',
  '#a9e4c6',
  '#84c7f1',
  '#f9d923',
  '#14213f',
  '#43291a',
  '#1d5336',
  '#423aa7',
];

/** A colour that the ink can be read on and that differs from a ground by a step of a channel within limits; null where there is none. */
function pickShape(ink: Rgb, ground: Rgb, least: number, most: number, random: Random): Rgb | null {
  const fitting = shapes.map(parseHex).filter((colour) => {
    const step = Math.max(...colour.map((value, channel) => Math.abs(value - (ground[channel] ?? 0))));
    return step >= least && step <= most && contrastRatio(toLuminance(ink), toLuminance(colour)) >= 5;
  });
  return fitting.length === 0 ? null : random.pick(fitting);
}

/** Slanting stripes that the ink can be read on, under a line of small type or the logo. */
export const breakBusyGround: Violation = async (sample, level, random) => {
  const { input } = sample;
  const small = listSmall(sample);
  if (small.length === 0) return null;
  const { box, sizePx, ink } = random.pick(small);
  const ground = middleGround(input.pixels.backdrop, box);
  const shape = pickShape(ink, ground, [60, 80, 110][level] ?? 110, 255, random);
  if (!shape || contrastRatio(toLuminance(ink), toLuminance(ground)) < 4.5) return null;
  const period = sizePx * (0.8 + 0.8 * random.next());
  const region = widen(box, sizePx * 0.6);
  return {
    ...input,
    pixels: repaintGround(input.pixels, region, (x, y) => ((x + y * 0.5) % period < period / 2 ? shape : ground)),
  };
};

/** One straight edge between two calm fields across a line of small type or the logo. */
export const nearBusyGround = async (sample: Sample, random: Random): Promise<ComplianceInput | null> => {
  const { input } = sample;
  const small = listSmall(sample);
  if (small.length === 0) return null;
  const { box, sizePx, ink } = random.pick(small);
  const ground = middleGround(input.pixels.backdrop, box);
  const shape = pickShape(ink, ground, 20, 90, random);
  if (!shape) return null;
  const edge = box.x + box.width * (0.3 + 0.4 * random.next());
  return {
    ...input,
    pixels: repaintGround(input.pixels, widen(box, sizePx * 0.6), (x) => (x < edge ? shape : ground)),
  };
};
