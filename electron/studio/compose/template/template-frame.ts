import type { ChannelFormat } from '../../../contract/format.ts';
import type { TemplateStack } from '../../../contract/template.ts';
import { safeRegion } from '../../../domain/compliance/placement-checks.ts';
import type { Box } from '../draw-shapes.ts';

/** A channel format as a template is measured in it. */
export type TemplateFrame = {
  readonly width: number;
  readonly height: number;
  /** A hundredth of the short edge, in pixels: the measure of every length in a template. */
  readonly unit: number;
  readonly safe: Box;
  /** Whether the layout is turned round for scripts that run from the right. */
  readonly isMirrored: boolean;
};

export function createFrame(format: ChannelFormat, isMirrored: boolean): TemplateFrame {
  const { width, height } = format;
  return { width, height, unit: Math.min(width, height) / 100, safe: safeRegion(format), isMirrored };
}

/** Shares of the format in whole pixels, so that fields meet without a seam. */
export function toPixels(frame: TemplateFrame, [x, y, width, height]: readonly [number, number, number, number]): Box {
  const left = Math.round(x * frame.width);
  const right = Math.round((x + width) * frame.width);
  const top = Math.round(y * frame.height);
  const bottom = Math.round((y + height) * frame.height);
  return { x: frame.isMirrored ? frame.width - right : left, y: top, width: right - left, height: bottom - top };
}

function intersect(one: Box, other: Box): Box {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(1, Math.min(one.x + one.width, other.x + other.width) - x),
    height: Math.max(1, Math.min(one.y + one.height, other.y + other.height) - y),
  };
}

/** The room of a stack: its box less the inset, and never outside of the safe area. */
export function roomOf(frame: TemplateFrame, { box, inset }: TemplateStack): Box {
  const { x, y, width, height } = toPixels(frame, box);
  const edge = inset * frame.unit;
  return intersect({ x: x + edge, y: y + edge, width: width - 2 * edge, height: height - 2 * edge }, frame.safe);
}
