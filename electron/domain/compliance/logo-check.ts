import type { ComplianceCheck } from '../../contract/compliance.ts';
import { contrastRatio, toLuminance } from '../brand/colour-space.ts';
import type { ComposedPixels, LogoPlacement } from './layout.ts';

/** Share of the logo's outline that has to stand out from what is behind it. */
const LEAST_VISIBLE_SHARE = 0.9;
/** Ink stands out when it differs this much in luminance contrast, or very clearly in colour. */
const LEAST_CONTRAST = 2.4;
const LEAST_CHANNEL_STEP = 120;
/** Coverage from which a pixel counts as ink and not as its soft edge, and up to which it counts as none. */
const SOLID_INK = 160;
const NO_INK = 40;
/** How far from a pixel without ink the outline reaches, in pixels. */
const OUTLINE_PX = 2;

/** Ink next to where there is none. Inner shapes of a mark in several colours are no concern of the ground that it stands on. */
function isOutline({ box, ink }: LogoPlacement, x: number, y: number): boolean {
  if ((ink[y * box.width + x] ?? 0) < SOLID_INK) return false;
  const isBare = (column: number, row: number) =>
    column < 0 || row < 0 || column >= box.width || row >= box.height || (ink[row * box.width + column] ?? 0) <= NO_INK;
  return (
    isBare(x - OUTLINE_PX, y) || isBare(x + OUTLINE_PX, y) || isBare(x, y - OUTLINE_PX) || isBare(x, y + OUTLINE_PX)
  );
}

/** Share of the logo's outline, read from the finished picture, that stands out from the picture without it. */
export function measureVisibleInk(
  { finished, backdrop }: Pick<ComposedPixels, 'finished' | 'backdrop'>,
  logo: LogoPlacement,
): number {
  const { box } = logo;
  let outline = 0;
  let visible = 0;
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if (!isOutline(logo, x, y)) continue;
      outline++;
      const left = box.x + x;
      const top = box.y + y;
      if (left < 0 || top < 0 || left >= finished.width || top >= finished.height) continue;
      const at = (top * finished.width + left) * 3;
      const over = readPixel(finished.rgb, at);
      const under = readPixel(backdrop.rgb, at);
      const step = Math.max(Math.abs(over[0] - under[0]), Math.abs(over[1] - under[1]), Math.abs(over[2] - under[2]));
      if (step >= LEAST_CHANNEL_STEP || contrastRatio(toLuminance(over), toLuminance(under)) >= LEAST_CONTRAST)
        visible++;
    }
  }
  return outline === 0 ? 0 : visible / outline;
}

function readPixel(rgb: Uint8Array, at: number): [number, number, number] {
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

export function checkLogo(pixels: ComposedPixels): ComplianceCheck {
  const { logo } = pixels.layout;
  const base = { name: 'logo', threshold: LEAST_VISIBLE_SHARE, unit: 'share', better: 'higher' } as const;
  if (!logo) return { ...base, score: 0, passed: false, reason: 'There is no logo in the picture.', region: null };
  const score = Math.floor(measureVisibleInk(pixels, logo) * 1000) / 1000;
  const problems: string[] = [];
  if (score < LEAST_VISIBLE_SHARE)
    problems.push(`only ${(score * 100).toFixed(0)} % of its outline stands out from what is behind it`);
  if (logo.box.width < Math.floor(logo.minWidthPx))
    problems.push(`it is ${logo.box.width} px wide and needs ${logo.minWidthPx.toFixed(0)} px`);
  if (logo.freeSpacePx < Math.floor(logo.clearSpacePx))
    problems.push(
      `it has ${logo.freeSpacePx.toFixed(0)} px of clear space and needs ${logo.clearSpacePx.toFixed(0)} px`,
    );
  const passed = problems.length === 0;
  return {
    ...base,
    passed,
    // A logo that is too small or too close fails on its score as well, so that number and verdict agree.
    score: passed || score < LEAST_VISIBLE_SHARE ? score : 0,
    reason: passed
      ? `The logo "${logo.name}" stands out with ${(score * 100).toFixed(0)} % of its outline, at its size and with its clear space.`
      : `The logo "${logo.name}": ${problems.join('; ')}.`,
    region: passed ? null : { ...logo.box },
  };
}
