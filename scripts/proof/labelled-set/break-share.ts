import { parseHex } from '../../../electron/domain/brand/colour-space.ts';
import type { Rgb } from '../../../electron/domain/brand/colour-space.ts';
import { copyOf, pixelsOf, setPixel } from './pixels.ts';
import { countShares, ROOM } from './limit-shares.ts';
import type { Violation } from './violation.ts';

const MOST_UNSURE = 0.02;

/** A brand colour that spreads over the file beyond its limit, or that another one takes over below it. */
export const breakPaletteShare: Violation = async ({ kit, input }, level, random) => {
  const excess = ROOM + ([0.05, 0.12, 0.25][level] ?? 0.25);
  const { finished } = input.pixels;
  const { own: shares, least, most } = countShares(finished, kit);
  // Where much of the picture is unsure its limits are too wide to be broken by so little.
  if (most.some((share, at) => share - (least[at] ?? 0) > MOST_UNSURE)) return null;
  const delivered = copyOf(finished);
  const rich = shares.flatMap((share, at) => (share >= excess ? [at] : []));
  const isLess = rich.length > 0 && random.next() < 0.5;
  const chosen = isLess ? random.pick(rich) : random.below(kit.palette.length);
  const own = shares[chosen] ?? 0;
  // A field replaces what stands there; the share moves by what was not, or was, the colour already.
  const moved = isLess ? own : 1 - own;
  if (moved < excess) return null;
  const other = kit.palette[(chosen + 1) % kit.palette.length];
  const colour: Rgb = parseHex((isLess ? other : kit.palette[chosen])?.hex ?? '#000000');
  for (let rows = 0; rows < finished.height; rows += Math.ceil(finished.height / 64)) {
    const band = { x: 0, y: rows, width: finished.width, height: Math.ceil(finished.height / 64) };
    for (const [x, y] of pixelsOf(finished, band)) setPixel(delivered, x, y, colour);
    const share = countShares(delivered, kit).own[chosen] ?? 0;
    if (Math.abs(share - own) >= excess) return { ...input, delivered };
  }
  return { ...input, delivered };
};
