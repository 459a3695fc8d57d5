import type { BrandKit, PaletteRole } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { measureColourDifference } from '../../domain/brand/colour-difference.ts';
import type { Rgb } from '../../domain/brand/colour-space.ts';
import { contrastRatio, parseHex, toLab, toLuminance } from '../../domain/brand/colour-space.ts';
import { CONTRAST_ROOM } from './choose-ground.ts';
import type { Button } from './place-copy.ts';

export type ButtonColours = { readonly fill: string; readonly label: string };

/** A button has to differ at least this much (CIEDE2000) from what is behind it. */
const LEAST_DISTANCE = 22;
const FILL_ORDER: readonly PaletteRole[] = ['accent', 'primary', 'text', 'secondary', 'background', 'neutral'];

function meanColour({ width, height, rgb }: Raster, { x, y, width: across, height: down }: Button): Rgb {
  const sums = [0, 0, 0];
  let count = 0;
  for (let row = Math.max(0, y); row < Math.min(height, y + down); row += 2) {
    for (let column = Math.max(0, Math.floor(x)); column < Math.min(width, x + across); column += 2) {
      const at = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++) sums[channel] = (sums[channel] ?? 0) + (rgb[at + channel] ?? 0);
      count++;
    }
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / Math.max(1, count));
  return [red, green, blue];
}

/** Fill and label of the button: the accent where its label is readable and it stands out from the ground, else the next brand colour that does both. */
export function chooseButtonColours(kit: BrandKit, picture: Raster, button: Button): ButtonColours {
  const behind = toLab(meanColour(picture, button));
  const inks = kit.palette.filter(({ role }) => role === 'text' || role === 'background').map(({ hex }) => hex);
  const candidates = FILL_ORDER.flatMap((role) => kit.palette.filter((colour) => colour.role === role)).map(({ hex: fill }) => {
    const luminance = toLuminance(parseHex(fill));
    const rated = inks.map((label) => ({ label, ratio: contrastRatio(luminance, toLuminance(parseHex(label))) })).toSorted((one, other) => other.ratio - one.ratio);
    const { label, ratio } = rated[0] ?? { label: '#000000', ratio: 1 };
    return { fill, label, ratio, distance: measureColourDifference(behind, toLab(parseHex(fill))) };
  });
  const readable = candidates.filter(({ ratio }) => ratio >= kit.thresholds.contrast * CONTRAST_ROOM);
  const chosen =
    readable.find(({ distance }) => distance >= LEAST_DISTANCE) ??
    readable.toSorted((one, other) => other.distance - one.distance)[0] ??
    candidates.toSorted((one, other) => other.ratio - one.ratio)[0];
  return chosen ? { fill: chosen.fill, label: chosen.label } : { fill: '#000000', label: '#ffffff' };
}
