import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { contrastRatio, linearLight, parseHex, toLuminance } from '../brand/colour-space.ts';
import type { PictureLayout, TextBlock } from './layout.ts';

/** A text is as readable as its worst places: this share of the pixels behind it may be worse than the score. */
export const WORST_SHARE = 0.05;
/** Luminance steps are finer in the dark, where contrast changes fastest: the square root is counted. */
const STEPS = 1024;

const redLight = linearLight.map((value) => value * 0.2126);
const greenLight = linearLight.map((value) => value * 0.7152);
const blueLight = linearLight.map((value) => value * 0.0722);

/** Counts the relative luminance of the pixels in some boxes, in steps of its square root. */
export function countLuminance(
  { width, height, rgb }: Raster,
  boxes: readonly Region[],
): { counts: Uint32Array; total: number } {
  const counts = new Uint32Array(STEPS);
  let total = 0;
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x));
    const right = Math.min(width, Math.ceil(box.x + box.width));
    const bottom = Math.min(height, Math.ceil(box.y + box.height));
    for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
      let at = (y * width + left) * 3;
      for (let x = left; x < right; x++, at += 3) {
        const luminance =
          (redLight[rgb[at] ?? 0] ?? 0) + (greenLight[rgb[at + 1] ?? 0] ?? 0) + (blueLight[rgb[at + 2] ?? 0] ?? 0);
        const step = Math.min(STEPS - 1, (Math.sqrt(luminance) * STEPS) | 0);
        counts[step] = (counts[step] ?? 0) + 1;
        total++;
      }
    }
  }
  return { counts, total };
}

/** WCAG 2.2 contrast of a colour on the worst pixels behind some boxes, where a share of them may be worse; 1 when the boxes hold no pixel. */
export function measureContrast(
  backdrop: Raster,
  boxes: readonly Region[],
  colour: string,
  worstShare = WORST_SHARE,
): number {
  const { counts, total } = countLuminance(backdrop, boxes);
  if (total === 0) return 1;
  const ink = toLuminance(parseHex(colour));
  const steps = [...counts.entries()]
    .filter(([, count]) => count > 0)
    .map(([step, count]) => ({ ratio: contrastRatio(ink, ((step + 0.5) / STEPS) ** 2), count }))
    .sort((one, other) => one.ratio - other.ratio);
  let seen = 0;
  for (const { ratio, count } of steps) {
    seen += count;
    if (seen > total * worstShare) return ratio;
  }
  return steps.at(-1)?.ratio ?? 1;
}

/** The smallest box around some boxes. */
export function uniteRegions(boxes: readonly Region[]): Region | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

const textNames: Readonly<Record<TextBlock['role'], string>> = {
  headline: 'headline',
  body: 'body text',
  callToAction: 'call to action',
};
export function nameText(role: TextBlock['role']): string {
  return textNames[role];
}

export function checkContrast(backdrop: Raster, layout: PictureLayout, threshold: number): ComplianceCheck {
  const measured = layout.texts
    .filter(({ boxes }) => boxes.length > 0)
    .map((text) => ({ text, ratio: measureContrast(backdrop, text.boxes, text.colour) }));
  const worst = measured.toSorted((one, other) => one.ratio - other.ratio)[0];
  if (!worst)
    return {
      name: 'contrast',
      score: 21,
      threshold,
      unit: ':1',
      better: 'higher',
      passed: true,
      reason: 'There is no text to read.',
      region: null,
    };
  const score = Math.round(worst.ratio * 100) / 100;
  const passed = score >= threshold;
  return {
    name: 'contrast',
    score,
    threshold,
    unit: ':1',
    better: 'higher',
    passed,
    reason: `The ${nameText(worst.text.role)} in ${worst.text.colour} reaches ${score.toFixed(1)}:1 on the worst twentieth of what is behind it${passed ? '; all other text reaches more or as much.' : `, which is under ${threshold}:1.`}`,
    region: passed ? null : uniteRegions(worst.text.boxes),
  };
}
