import type { BrandKit, PaletteRole } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { measureColourDifference } from '../../domain/brand/colour-difference.ts';
import type { Lab } from '../../domain/brand/colour-space.ts';
import { contrastRatio, parseHex, toLab, toLuminance } from '../../domain/brand/colour-space.ts';
import { CONTRAST_ROOM } from './choose-ground.ts';
import type { Button } from './place-copy.ts';

export type ButtonColours = { readonly fill: string; readonly label: string };

/** A button has to differ at least this much (CIEDE2000) from what is behind it. */
const LEAST_DISTANCE = 22;
const FILL_ORDER: readonly PaletteRole[] = ['accent', 'primary', 'text', 'secondary', 'background', 'neutral'];

/** At most this share of the pixels behind and around a button may be near to its own colour. */
const MOST_NEAR_SHARE = 0.06;

/** Colours behind a button and in a ring around it. */
function sampleColours({ width, height, rgb }: Raster, { x, y, width: across, height: down }: Button): Lab[] {
  const ring = Math.round(down * 0.4);
  const step = Math.max(2, Math.round(down / 10));
  const colours: Lab[] = [];
  for (let row = Math.max(0, Math.floor(y) - ring); row < Math.min(height, y + down + ring); row += step) {
    for (let column = Math.max(0, Math.floor(x) - ring); column < Math.min(width, x + across + ring); column += step) {
      const at = (row * width + column) * 3;
      colours.push(toLab([rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]));
    }
  }
  return colours;
}

/** Fill and label of the button: the accent where its label is readable and it stands out from the ground, else the next brand colour that does both. */
export function chooseButtonColours(kit: BrandKit, picture: Raster, button: Button): ButtonColours {
  const behind = sampleColours(picture, button);
  const inks = kit.palette.filter(({ role }) => role === 'text' || role === 'background').map(({ hex }) => hex);
  const candidates = FILL_ORDER.flatMap((role) => kit.palette.filter((colour) => colour.role === role)).map(
    ({ hex: fill }) => {
      const luminance = toLuminance(parseHex(fill));
      const rated = inks
        .map((label) => ({ label, ratio: contrastRatio(luminance, toLuminance(parseHex(label))) }))
        .toSorted((one, other) => other.ratio - one.ratio);
      const { label, ratio } = rated[0] ?? { label: '#000000', ratio: 1 };
      const own = toLab(parseHex(fill));
      const near =
        behind.filter((colour) => measureColourDifference(own, colour) < LEAST_DISTANCE).length /
        Math.max(1, behind.length);
      return { fill, label, ratio, near };
    },
  );
  const readable = candidates.filter(({ ratio }) => ratio >= kit.thresholds.contrast * CONTRAST_ROOM);
  const chosen =
    readable.find(({ near }) => near <= MOST_NEAR_SHARE) ??
    readable.toSorted((one, other) => one.near - other.near)[0] ??
    candidates.toSorted((one, other) => other.ratio - one.ratio)[0];
  return chosen ? { fill: chosen.fill, label: chosen.label } : { fill: '#000000', label: '#ffffff' };
}
