import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import { nameColour } from '../brand/colour-names.ts';
import { contrastRatio, formatHex, parseHex, toLab, toLuminance } from '../brand/colour-space.ts';
import type { Rgb } from '../brand/colour-space.ts';
import { uniteRegions } from './layout.ts';
import type { JudgedPixels, LogoPlacement } from './layout.ts';
import { isOutline } from './logo-check.ts';
import { DARK_TO, LIGHT_FROM } from './logo-ground-checks.ts';

/** WCAG 2.2, 1.4.11: what graphical objects have to reach against what is next to them. */
const LEAST_CONTRAST = 3;
/** An ink that is dim on every ground that its brand has is asked for this share of the best that it reaches on one of them. */
const SHARE_OF_BEST = 0.8;
/** A part of the logo is as plain as the worst quarter of its outline. */
const WORST_QUARTER = 0.25;
/** Parts with less outline than this, in pixels, say nothing by themselves. */
const LEAST_OUTLINE = 12;
/** Parts are squares of this share of the logo's shorter side, and never smaller than the second, in pixels. */
const PART_SHARE = 0.5;
const LEAST_PART_PX = 10;

/** One pixel of a logo's outline: its ink, what is behind it, and the contrast of both as a share of what is asked of that ink. */
type OutlinePixel = { readonly ratio: number; readonly share: number; readonly ground: Rgb };
/** A part of a logo with the pixel that decides for it. */
type Part = { readonly region: Region; readonly decisive: OutlinePixel };

/** Luminances of the grounds that a variant is made for: colours of the kit, and paper or the dark. */
function listGrounds(kit: Pick<BrandKit, 'palette' | 'logos'>, file: string): number[] {
  const spec = kit.logos.find((logo) => logo.file === file);
  const on = spec?.on ?? 'any';
  const forbidden = new Set(spec?.forbiddenBackgrounds);
  return ['#ffffff', '#000000', ...kit.palette.map(({ hex }) => hex)]
    .filter((hex) => !forbidden.has(hex))
    .map(parseHex)
    .filter((ground) => {
      const [lightness] = toLab(ground);
      return on === 'any' || (on === 'light' ? lightness >= LIGHT_FROM : lightness <= DARK_TO);
    })
    .map(toLuminance);
}

/** The colour that was blended over `under` with a coverage of 0 to 1 to give `seen`. */
function uncover(seen: number, under: number, coverage: number): number {
  return Math.max(0, Math.min(255, Math.round((seen - under * (1 - coverage)) / coverage)));
}

/** Splits a logo's outline into parts, and finds in each how its ink stands out from the picture that lies under it. */
function measureParts({ delivered, backdrop }: JudgedPixels, logo: LogoPlacement, grounds: readonly number[]): Part[] {
  const { box, ink } = logo;
  const edge = Math.max(LEAST_PART_PX, Math.ceil(Math.min(box.width, box.height) * PART_SHARE));
  const parts = new Map<number, OutlinePixel[]>();
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if (!isOutline(logo, x, y)) continue;
      const [left, top] = [box.x + x, box.y + y];
      if (left < 0 || top < 0 || left >= backdrop.width || top >= backdrop.height) continue;
      const at = (top * backdrop.width + left) * 3;
      const coverage = (ink[y * box.width + x] ?? 0) / 255;
      const ground: Rgb = [backdrop.rgb[at] ?? 0, backdrop.rgb[at + 1] ?? 0, backdrop.rgb[at + 2] ?? 0];
      const own: Rgb = [
        uncover(delivered.rgb[at] ?? 0, ground[0], coverage),
        uncover(delivered.rgb[at + 1] ?? 0, ground[1], coverage),
        uncover(delivered.rgb[at + 2] ?? 0, ground[2], coverage),
      ];
      const luminance = toLuminance(own);
      const ratio = contrastRatio(luminance, toLuminance(ground));
      const best = Math.max(...grounds.map((other) => contrastRatio(luminance, other)));
      const share = ratio / Math.min(LEAST_CONTRAST, best * SHARE_OF_BEST);
      const key = Math.floor(y / edge) * 1000 + Math.floor(x / edge);
      const pixels = parts.get(key);
      if (pixels) pixels.push({ ratio, share, ground });
      else parts.set(key, [{ ratio, share, ground }]);
    }
  }
  return [...parts].flatMap(([key, pixels]) => {
    if (pixels.length < LEAST_OUTLINE) return [];
    const sorted = pixels.toSorted((one, other) => one.share - other.share);
    const decisive = sorted[Math.floor(sorted.length * WORST_QUARTER)];
    const [row, column] = [Math.floor(key / 1000), key % 1000];
    const [x, y] = [column * edge, row * edge];
    const region = {
      x: box.x + x,
      y: box.y + y,
      width: Math.min(edge, box.width - x),
      height: Math.min(edge, box.height - y),
    };
    return decisive ? [{ region, decisive }] : [];
  });
}

/** From this share of its parts on a logo is lost as a whole. */
const MOST_PARTS = 0.6;

/** Where in its logo the middle of some parts lies. */
function namePlace({ box }: LogoPlacement, region: Region): string {
  const across = (region.x + region.width / 2 - box.x) / box.width;
  const down = (region.y + region.height / 2 - box.y) / box.height;
  if (box.width >= box.height * 1.5) return across < 0.36 ? 'left part' : across > 0.64 ? 'right part' : 'middle';
  return down < 0.5 ? 'upper part' : 'lower part';
}

/** The logo's ink stands out from what is really behind it, in every part of its outline; the worst part counts. */
export function checkLogoContrast(pixels: JudgedPixels, kit: Pick<BrandKit, 'palette' | 'logos'>): ComplianceCheck {
  const { logo } = pixels.layout;
  const base = { name: 'logo-contrast', unit: ':1', better: 'higher' } as const;
  const none = { ...base, score: 21, threshold: LEAST_CONTRAST, passed: true, region: null };
  if (!logo) return { ...none, reason: 'There is no logo to tell from its ground.' };
  const parts = measureParts(pixels, logo, listGrounds(kit, logo.file));
  const sorted = parts.toSorted((one, other) => one.decisive.share - other.decisive.share);
  const [worst] = sorted;
  if (!worst) return { ...none, reason: `The logo "${logo.name}" is too small for its ground to be measured.` };
  const { ratio, share, ground } = worst.decisive;
  const score = Math.round(ratio * 100) / 100;
  const threshold = Math.round((ratio / share) * 100) / 100;
  const passed = score >= threshold;
  const bad = sorted.filter(({ decisive }) => decisive.share < 1).map(({ region }) => region);
  const isWhole = bad.length > sorted.length * MOST_PARTS;
  const region = passed ? null : isWhole ? { ...logo.box } : uniteRegions(bad.length === 0 ? [worst.region] : bad);
  const stands = `stands on ${nameColour(formatHex(ground))} at ${score.toFixed(1)}:1`;
  const place = region && !isWhole ? `The ${namePlace(logo, worst.region)} of the logo` : 'The logo';
  return {
    ...base,
    score,
    threshold,
    passed,
    reason: passed
      ? `Every part of the logo "${logo.name}" stands out; the least plain one ${stands}.`
      : `${place} "${logo.name}" ${stands}; ${formatRatio(threshold)}:1 is asked.`,
    region,
  };
}

const formatRatio = (ratio: number) => (Number.isInteger(ratio) ? String(ratio) : ratio.toFixed(1));
