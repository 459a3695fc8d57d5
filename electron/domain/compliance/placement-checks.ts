import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import type { ChannelFormat } from '../../contract/plan.ts';
import { findForbiddenTerms } from '../ideation/forbidden-terms.ts';
import { nameText, uniteRegions } from './contrast-check.ts';
import type { PictureLayout } from './layout.ts';

function overlapArea(box: Region, safe: Region): number {
  const across = Math.min(box.x + box.width, safe.x + safe.width) - Math.max(box.x, safe.x);
  const down = Math.min(box.y + box.height, safe.y + safe.height) - Math.max(box.y, safe.y);
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

export function checkSafeArea(layout: PictureLayout, format: ChannelFormat, threshold: number): ComplianceCheck {
  const safe = safeRegion(format);
  const placed = [
    ...layout.texts.flatMap(({ role, boxes }) => boxes.map((box) => ({ name: nameText(role), box }))),
    ...(layout.logo ? [{ name: 'logo', box: layout.logo.box }] : []),
  ];
  const area = placed.reduce((sum, { box }) => sum + box.width * box.height, 0);
  const inside = placed.reduce((sum, { box }) => sum + overlapArea(box, safe), 0);
  // Rounded down to a ten-thousandth, so that a sliver outside never reads as everything inside.
  const score = area === 0 ? 1 : Math.floor((inside / area) * 10_000 + 1e-6) / 10_000;
  const passed = score >= threshold;
  const outside = placed.filter(({ box }) => overlapArea(box, safe) < box.width * box.height - 1e-6);
  const names = [...new Set(outside.map(({ name }) => name))].join(' and ');
  return {
    name: 'safe-area',
    score,
    threshold,
    unit: 'share',
    better: 'higher',
    passed,
    reason:
      names === ''
        ? `All text and the logo stand inside the safe area of ${format.name.toLowerCase()}.`
        : `${((1 - score) * 100).toFixed(1)} % of text and logo lies outside the safe area of ${format.name.toLowerCase()}: ${names}.`,
    region: passed ? null : uniteRegions(outside.map(({ box }) => box)),
  };
}

export function checkTextFit(layout: PictureLayout): ComplianceCheck {
  const threshold = 1;
  const worst = layout.texts.toSorted((one, other) => one.fitRatio - other.fitRatio)[0];
  const missing = layout.texts.find(({ unsettable }) => unsettable.length > 0);
  const ratio = worst ? Math.floor(worst.fitRatio * 100 + 1e-6) / 100 : 1;
  // A text that the font cannot write does not fit at any size.
  const score = missing ? 0 : ratio;
  const passed = score >= threshold;
  let reason = 'There is no text to set.';
  if (missing)
    reason = `The font or the template cannot set ${missing.unsettable
      .slice(0, 5)
      .map((character) => `"${character}"`)
      .join(', ')} in the ${nameText(missing.role)}.`;
  else if (worst && passed)
    reason = `All text stands at or above the smallest size; the ${nameText(worst.role)} has ${worst.sizePx.toFixed(0)} px of at least ${worst.minSizePx.toFixed(0)} px.`;
  else if (worst)
    reason = `The ${nameText(worst.role)} only fits at ${(worst.fitRatio * worst.minSizePx).toFixed(1)} px; the brand allows ${worst.minSizePx.toFixed(1)} px and more. Shorten the text.`;
  const culprit = missing ?? worst;
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

export function checkTerms(layout: PictureLayout, forbiddenTerms: readonly string[]): ComplianceCheck {
  const found = findForbiddenTerms(
    layout.texts.map(({ text }) => text),
    forbiddenTerms,
  );
  const holder = layout.texts.find(({ text }) => findForbiddenTerms([text], found).length > 0);
  const score = found.length;
  return {
    name: 'terms',
    score,
    threshold: 0,
    unit: 'terms',
    better: 'lower',
    passed: score === 0,
    reason:
      score === 0
        ? 'No word that the brand rules out.'
        : `The text says ${found
            .slice(0, 5)
            .map((term) => `"${term.slice(0, 40)}"`)
            .join(', ')}, which the brand rules out.`,
    region: holder ? uniteRegions(holder.boxes) : null,
  };
}
