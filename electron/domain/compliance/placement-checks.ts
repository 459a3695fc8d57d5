import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import { nameText } from './contrast-check.ts';
import { channelStep, uniteRegions } from './layout.ts';
import type { JudgedPixels, PictureLayout, TextBlock } from './layout.ts';

function overlapArea(box: Region, other: Region): number {
  const across = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
  const down = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
  return Math.max(0, across) * Math.max(0, down);
}

export function safeRegion({ width, height, safeInsets }: ChannelFormat): Region {
  return {
    x: safeInsets.left,
    y: safeInsets.top,
    width: width - safeInsets.left - safeInsets.right,
    height: height - safeInsets.top - safeInsets.bottom,
  };
}

/** A pixel that differs this much from what is behind type and logo holds something that was put there. */
const STRAY_STEP = 56;
/** Fewer stray pixels than this are dirt of an encoder. */
const LEAST_STRAYS = 24;
/** When more of the margins than this differ, the whole picture was recoloured, which is no stray type. */
const RECOLOURED_SHARE = 0.5;

/** What was put outside the safe area, as the delivered pixels show it: how many pixels, and the box around them. */
export function findStrays(
  { delivered, backdrop }: JudgedPixels,
  safe: Region,
): { readonly count: number; readonly region: Region | null } {
  const { width, height } = delivered;
  let seen = 0;
  let count = 0;
  let [left, top, right, bottom] = [width, height, 0, 0];
  const [own, other] = [delivered.rgb, backdrop.rgb];
  for (let y = 0; y < height; y++) {
    const isInside = y >= safe.y && y < safe.y + safe.height;
    for (let x = 0; x < width; x++) {
      if (isInside && x === safe.x) x = safe.x + safe.width;
      if (x >= width) break;
      seen++;
      const at = (y * width + x) * 3;
      // Most pixels of a margin are just those of the picture.
      if (own[at] === other[at] && own[at + 1] === other[at + 1] && own[at + 2] === other[at + 2]) continue;
      if (channelStep(own, other, at) <= STRAY_STEP) continue;
      count++;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  if (count < LEAST_STRAYS || count > seen * RECOLOURED_SHARE) return { count: 0, region: null };
  return { count, region: { x: left, y: top, width: right - left, height: bottom - top } };
}

export function checkSafeArea(pixels: JudgedPixels, format: ChannelFormat, threshold: number): ComplianceCheck {
  const safe = safeRegion(format);
  const { texts, logo } = pixels.layout;
  const placed = [
    ...texts.flatMap(({ role, boxes }) => boxes.map((box) => ({ name: nameText(role), box }))),
    ...(logo ? [{ name: 'logo', box: logo.box }] : []),
  ];
  const area = placed.reduce((sum, { box }) => sum + box.width * box.height, 0);
  const inside = placed.reduce((sum, { box }) => sum + overlapArea(box, safe), 0);
  const strays = findStrays(pixels, safe);
  const outside = placed.filter(({ box }) => overlapArea(box, safe) < box.width * box.height - 1e-6);
  const isClaimed = outside.length > 0;
  const unclaimed = isClaimed ? 0 : strays.count;
  // Rounded down to a ten-thousandth, so that a sliver outside never reads as everything inside.
  const score =
    area + unclaimed === 0 ? 1 : Math.floor((inside / Math.max(1, area + unclaimed)) * 10_000 + 1e-6) / 10_000;
  const passed = score >= threshold;
  const names = isClaimed
    ? [...new Set(outside.map(({ name }) => name))].join(' and ')
    : 'something that the layout does not name';
  return {
    name: 'safe-area',
    score,
    threshold,
    unit: 'share',
    better: 'higher',
    passed,
    reason:
      !isClaimed && unclaimed === 0
        ? `All text and the logo stand inside the safe area of ${format.name.toLowerCase()}.`
        : `${((1 - score) * 100).toFixed(1)} % of text and logo lies outside the safe area of ${format.name.toLowerCase()}: ${names}.`,
    region: passed ? null : isClaimed ? uniteRegions(outside.map(({ box }) => box)) : strays.region,
  };
}

/** How much of one text may lie under another before both count as run together. */
const MAX_OVERLAP = 0.02;

/** A text that cannot be read as it was set, with the reason: signs that cannot be set, ends cut off by the edge, another text over it. */
function findBrokenText(
  { texts }: PictureLayout,
  width: number,
  height: number,
): { readonly text: TextBlock; readonly reason: string } | null {
  for (const text of texts) {
    const name = nameText(text.role);
    if (text.unsettable.length > 0) {
      const signs = text.unsettable.slice(0, 5).map((character) => `"${character}"`);
      return { text, reason: `The font or the template cannot set ${signs.join(', ')} in the ${name}.` };
    }
    if (text.boxes.some(({ x, y, ...box }) => x < 0 || y < 0 || x + box.width > width || y + box.height > height))
      return { text, reason: `The ${name} runs over the edge of the picture.` };
    for (const other of texts) {
      if (other === text) continue;
      const over = text.boxes.some((box) =>
        other.boxes.some(
          (second) =>
            overlapArea(box, second) > MAX_OVERLAP * Math.min(box.width * box.height, second.width * second.height),
        ),
      );
      if (over) return { text, reason: `The ${name} and the ${nameText(other.role)} run into each other.` };
    }
  }
  return null;
}

export function checkTextFit({ layout, finished }: JudgedPixels): ComplianceCheck {
  const threshold = 1;
  const worst = layout.texts.toSorted((one, other) => one.fitRatio - other.fitRatio)[0];
  const broken = findBrokenText(layout, finished.width, finished.height);
  const ratio = worst ? Math.floor(worst.fitRatio * 100 + 1e-6) / 100 : 1;
  // A text that cannot be read does not fit at any size.
  const score = broken ? 0 : ratio;
  const passed = score >= threshold;
  let reason = 'There is no text to set.';
  if (broken) reason = broken.reason;
  else if (worst && passed)
    reason = `All text stands at or above the smallest size; the ${nameText(worst.role)} has ${worst.sizePx.toFixed(0)} px of at least ${worst.minSizePx.toFixed(0)} px.`;
  else if (worst)
    reason = `The ${nameText(worst.role)} only fits at ${(worst.fitRatio * worst.minSizePx).toFixed(1)} px; the brand allows ${worst.minSizePx.toFixed(1)} px and more. Shorten the text.`;
  const culprit = broken?.text ?? worst;
  return {
    name: 'text-fit',
    score,
    threshold,
    unit: '× smallest size',
    better: 'higher',
    passed,
    reason,
    region: passed || !culprit ? null : uniteRegions(culprit.boxes),
  };
}
