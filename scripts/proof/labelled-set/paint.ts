import type { BrandKit } from '../../../electron/contract/brand.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { measureColourDifference } from '../../../electron/domain/brand/colour-difference.ts';
import { parseHex, toLab } from '../../../electron/domain/brand/colour-space.ts';
import type { Rgb } from '../../../electron/domain/brand/colour-space.ts';
import type { Random } from './random.ts';

/** A field of smooth noise over a picture, 0 to 1: several octaves of interpolated lattice values, as light and matter fall in photographs. */
function noiseField(random: Random, size: number, octaves: number): Float32Array {
  const field = new Float32Array(size * size);
  let weight = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    const cells = 3 * 2 ** octave;
    const lattice = Float32Array.from({ length: (cells + 1) ** 2 }, () => random.next());
    for (let y = 0; y < size; y++) {
      const row = (y / size) * cells;
      const [top, down] = [Math.floor(row), ease(row % 1)];
      for (let x = 0; x < size; x++) {
        const column = (x / size) * cells;
        const [left, along] = [Math.floor(column), ease(column % 1)];
        const at = (dy: number, dx: number) => lattice[(top + dy) * (cells + 1) + left + dx] ?? 0;
        const upper = at(0, 0) + (at(0, 1) - at(0, 0)) * along;
        const lower = at(1, 0) + (at(1, 1) - at(1, 0)) * along;
        field[y * size + x] = (field[y * size + x] ?? 0) + weight * (upper + (lower - upper) * down);
      }
    }
    total += weight;
    weight /= 2;
  }
  return field.map((value) => value / total);
}

const ease = (share: number) => share * share * (3 - 2 * share);

const PHOTO_EDGE_PX = 320;
/** Levels of grain, as of a sensor, and of light that falls off to the side. */
const GRAIN = 7;
const FALL_OFF = 10;

/** A photograph-like texture in brand colours only: matter of a few colours with soft borders, out-of-focus lights, grain and falling light. */
export function paintPhoto(kit: BrandKit, random: Random): Raster {
  const size = PHOTO_EDGE_PX;
  const colours = random.shuffle(kit.palette.map(({ hex }) => parseHex(hex))).slice(0, 3);
  const matter = noiseField(random, size, 5);
  const lights = Array.from({ length: random.below(7) }, () => ({
    x: random.next() * size,
    y: random.next() * size,
    radius: size * (0.03 + 0.07 * random.next()),
    colour: random.pick(colours),
  }));
  const rgb = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let colour = pickMatter(colours, matter[y * size + x] ?? 0);
      for (const light of lights)
        colour = mixColours(
          colour,
          light.colour,
          Math.min(1, Math.max(0, light.radius - Math.hypot(x - light.x, y - light.y)) / 3),
        );
      const fall = FALL_OFF * (0.5 - Math.hypot(x / size - 0.3, y / size - 0.3));
      const grain = (random.next() - 0.5) * 2 * GRAIN;
      rgb.set(
        colour.map((value) => clamp(value + fall + grain)),
        (y * size + x) * 3,
      );
    }
  }
  return { width: size, height: size, rgb };
}

/** Borders between two kinds of matter are this wide in noise levels: their mixed colours stay a sliver of the picture. */
const BORDER = 0.012;

function pickMatter(colours: readonly Rgb[], level: number): Rgb {
  const [first = [0, 0, 0], second = first, third = second] = colours;
  const lower = mixColours(first, second, ease(Math.min(1, Math.max(0, (level - 0.46) / BORDER))));
  return mixColours(lower, third, ease(Math.min(1, Math.max(0, (level - 0.58) / BORDER))));
}

export function mixColours(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

export const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** Pulls every pixel most of the way to its nearest brand colour, so that a picture of the model is on the palette by construction and keeps its drawing. */
export function gradeToPalette(picture: Raster, kit: BrandKit, pull: number): Raster {
  const colours = kit.palette.map(({ hex }) => parseHex(hex));
  const labs = colours.map(toLab);
  const nearest = new Map<number, Rgb>();
  const rgb = new Uint8Array(picture.rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const own: Rgb = [picture.rgb[at] ?? 0, picture.rgb[at + 1] ?? 0, picture.rgb[at + 2] ?? 0];
    const key = ((own[0] >> 3) << 10) | ((own[1] >> 3) << 5) | (own[2] >> 3);
    let target = nearest.get(key);
    if (!target) {
      const lab = toLab(own);
      const distances = labs.map((other) => measureColourDifference(other, lab));
      target = colours[distances.indexOf(Math.min(...distances))] ?? own;
      nearest.set(key, target);
    }
    rgb.set(mixColours(own, target, pull).map(clamp), at);
  }
  return { ...picture, rgb };
}

const foreignCandidates = ['#2ea043', '#e0108a', '#00b8d4', '#ff7a00', '#8a2be2', '#c00000', '#ffe600', '#7a5230'];
/** A colour that is none of a brand's and no mixture of them: at least this far from all of them. */
const FOREIGN_DISTANCE = 30;

export function pickForeign(kit: BrandKit, random: Random): Rgb {
  const labs = kit.palette.map(({ hex }) => toLab(parseHex(hex)));
  const far = foreignCandidates
    .map(parseHex)
    .filter((colour) => labs.every((lab) => measureColourDifference(lab, toLab(colour)) >= FOREIGN_DISTANCE));
  return random.pick(far);
}
