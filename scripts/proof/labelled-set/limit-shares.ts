import type { BrandKit } from '../../../electron/contract/brand.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { measureColourDifference } from '../../../electron/domain/brand/colour-difference.ts';
import { parseHex, toLab } from '../../../electron/domain/brand/colour-space.ts';
import { pixelAt } from './pixels.ts';

/** Every so many pixels in both directions are counted. */
const STEP = 3;
/** Room between what a clean picture has and the limits that it is given. */
export const ROOM = 0.04;
/** A flat colour this near to the end of a tolerance belongs to the brand's colour or does not, as one rounds. */
const UNSURE = 1;

/** Shares of a picture by colour of the palette: as they are, and with the colours at the end of a tolerance left out (`least`) or taken in (`most`). */
type Shares = Readonly<Record<'own' | 'least' | 'most', readonly number[]>>;

/** Counted pixel by pixel and so in another way than the check counts. */
export function countShares(picture: Raster, { palette }: Pick<BrandKit, 'palette'>): Shares {
  const labs = palette.map(({ hex }) => toLab(parseHex(hex)));
  const known = new Map<number, { readonly nearest: number; readonly beyond: number }>();
  const counts = { own: palette.map(() => 0), least: palette.map(() => 0), most: palette.map(() => 0) };
  let total = 0;
  for (let y = 0; y < picture.height; y += STEP) {
    for (let x = 0; x < picture.width; x += STEP, total++) {
      const [red, green, blue] = pixelAt(picture, x, y);
      const key = ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2);
      let place = known.get(key);
      if (place === undefined) {
        const distances = labs.map((lab) => measureColourDifference(lab, toLab([red, green, blue])));
        const nearest = distances.indexOf(Math.min(...distances));
        place = { nearest, beyond: (distances[nearest] ?? 0) - (palette[nearest]?.tolerance ?? 0) };
        known.set(key, place);
      }
      const { nearest, beyond } = place;
      if (beyond <= -UNSURE) counts.least[nearest] = (counts.least[nearest] ?? 0) + 1;
      if (beyond <= 0) counts.own[nearest] = (counts.own[nearest] ?? 0) + 1;
      if (beyond <= UNSURE) counts.most[nearest] = (counts.most[nearest] ?? 0) + 1;
    }
  }
  const toShares = (list: readonly number[]) => list.map((count) => count / Math.max(1, total));
  return { own: toShares(counts.own), least: toShares(counts.least), most: toShares(counts.most) };
}

/** The kit with limits that a picture keeps to in every colour, whether colours at the end of a tolerance count or not. */
export function limitShares(kit: BrandKit, picture: Raster): BrandKit {
  const { least, most } = countShares(picture, kit);
  return {
    ...kit,
    palette: kit.palette.map((colour, at) => {
      const share = { min: Math.max(0, (least[at] ?? 0) - ROOM), max: Math.min(1, (most[at] ?? 0) + ROOM) };
      return { ...colour, share };
    }),
  };
}
