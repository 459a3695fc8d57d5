import type { BrandKit, PaletteRole } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { parseHex } from '../../domain/brand/colour-space.ts';
import type { Rgb } from '../../domain/brand/colour-space.ts';

/** How far a colour's light reaches, as a share of the long edge. */
const REACH = 0.75;

/** Where the light of each colour after the first stands, in shares of width and height. */
const PLACES: readonly (readonly [number, number])[] = [
  [0.85, 0.2],
  [0.15, 0.9],
  [0.65, 0.75],
  [0.3, 0.25],
];

const ORDER: readonly PaletteRole[] = ['background', 'primary', 'secondary', 'accent', 'neutral'];

/** A soft ground in the kit's own colours, so that a kit can be judged before any model has run. The same kit gives the same pixels. */
export function paintSampleRaster({ palette }: BrandKit, width: number, height: number): Raster {
  const colours = palette
    .filter(({ role }) => role !== 'text')
    .toSorted((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
    .slice(0, PLACES.length + 1)
    .map(({ hex }) => parseHex(hex));
  const [ground = [128, 128, 128] satisfies Rgb, ...lights] = colours;
  const rgb = new Uint8Array(width * height * 3);
  const reach = Math.max(width, height) * REACH;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let pixel: Rgb = ground;
      for (const [index, light] of lights.entries()) {
        const [placeX, placeY] = PLACES[index] ?? [0.5, 0.5];
        const distance = Math.hypot(x - placeX * width, y - placeY * height) / reach;
        pixel = mix(pixel, light, Math.max(0, 1 - distance) ** 2);
      }
      rgb.set(pixel.map(Math.round), (y * width + x) * 3);
    }
  }
  return { width, height, rgb };
}

function mix([red, green, blue]: Rgb, [otherRed, otherGreen, otherBlue]: Rgb, share: number): Rgb {
  return [red + (otherRed - red) * share, green + (otherGreen - green) * share, blue + (otherBlue - blue) * share];
}
