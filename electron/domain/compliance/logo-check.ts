import type { ComplianceCheck } from '../../contract/compliance.ts';
import { contrastRatio, toLuminance } from '../brand/colour-space.ts';
import { channelStep } from './layout.ts';
import type { ComposedPixels, JudgedPixels, LogoPlacement } from './layout.ts';

/** Share of the logo's outline that has to stand out, and of its ink that has to be as it was drawn. */
const LEAST_SHARE = 0.9;
/** Ink stands out when it differs this much in luminance contrast, or very clearly in colour. */
const LEAST_CONTRAST = 2.4;
const LEAST_CHANNEL_STEP = 120;
/** Coverage from which a pixel counts as ink and not as its soft edge, and up to which it counts as none. */
const SOLID_INK = 160;
const NO_INK = 40;
/** How far from a pixel without ink the outline reaches, in pixels. */
const OUTLINE_PX = 2;
/** A channel may move this much through re-encoding before the ink counts as altered. */
const ALTERED_STEP = 40;

/** Ink next to where there is none. Inner shapes of a mark in several colours are no concern of the ground that it stands on. */
export function isOutline({ box, ink }: LogoPlacement, x: number, y: number): boolean {
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
      if (
        channelStep(finished.rgb, backdrop.rgb, at) >= LEAST_CHANNEL_STEP ||
        contrastRatio(toLuminance(readPixel(finished.rgb, at)), toLuminance(readPixel(backdrop.rgb, at))) >=
          LEAST_CONTRAST
      )
        visible++;
    }
  }
  return outline === 0 ? 0 : visible / outline;
}

function readPixel(rgb: Uint8Array, at: number): [number, number, number] {
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

/** Share of the logo's ink that the delivered picture shows as it was drawn. */
export function measureIntactInk({ finished, delivered }: JudgedPixels, { box, ink }: LogoPlacement): number {
  let solid = 0;
  let intact = 0;
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if ((ink[y * box.width + x] ?? 0) < SOLID_INK) continue;
      solid++;
      const left = box.x + x;
      const top = box.y + y;
      if (left < 0 || top < 0 || left >= finished.width || top >= finished.height) continue;
      if (channelStep(delivered.rgb, finished.rgb, (top * finished.width + left) * 3) <= ALTERED_STEP) intact++;
    }
  }
  return solid === 0 ? 0 : intact / solid;
}

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/** Whether the logo is there, whole, in its own colours, and stands out. */
export function checkLogo(pixels: JudgedPixels): ComplianceCheck {
  const { logo } = pixels.layout;
  const base = { name: 'logo', threshold: LEAST_SHARE, unit: 'share', better: 'higher' } as const;
  if (!logo) return { ...base, score: 0, passed: false, reason: 'There is no logo in the picture.', region: null };
  const visible = measureVisibleInk({ finished: pixels.delivered, backdrop: pixels.backdrop }, logo);
  const intact = measureIntactInk(pixels, logo);
  const score = Math.floor(Math.min(visible, intact) * 1000) / 1000;
  const passed = score >= LEAST_SHARE;
  const reason =
    intact < visible && !passed
      ? `Only ${percent(intact)} of the logo "${logo.name}" is as it was drawn; the rest is covered or altered.`
      : passed
        ? `The logo "${logo.name}" is whole and stands out with ${percent(visible)} of its outline.`
        : `Only ${percent(visible)} of the outline of the logo "${logo.name}" stands out from what is behind it.`;
  return { ...base, score, passed, reason, region: passed ? null : { ...logo.box } };
}
