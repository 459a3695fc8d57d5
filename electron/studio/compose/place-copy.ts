import type { ChannelFormat } from '../../contract/plan.ts';
import type { FormatRules } from './format-rules.ts';
import type { InkBox } from './load-font.ts';
import type { SetCopy, SetText } from './set-copy.ts';
import { BUTTON_HEIGHT, LABEL_PADDING } from './set-copy.ts';

/** Where the block of type stands. */
export type Anchor = 'bottom' | 'top' | 'left' | 'right' | 'row';

export type PlacedText = { readonly set: SetText; readonly paths: readonly string[]; readonly boxes: readonly InkBox[] };
export type Button = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type PlacedCopy = {
  readonly anchor: Anchor;
  readonly headline: PlacedText | null;
  readonly body: PlacedText | null;
  readonly label: PlacedText | null;
  readonly button: Button | null;
  /** The area that the type needs to itself. */
  readonly area: InkBox;
  readonly logo: { readonly x: number; readonly y: number; readonly corner: 'top' | 'bottom' | 'middle' };
};

/** Lines of a text from the top of its first capitals; each line's ink starts exactly at x. */
function placeText(set: SetText, x: number, top: number): PlacedText {
  const { fitted, face, tracking, leading } = set;
  const paths: string[] = [];
  const boxes: InkBox[] = [];
  for (const [index, line] of fitted.lines.entries()) {
    const baseline = top + face.capHeight * fitted.sizePx + index * leading * fitted.sizePx;
    const trial = face.outline(line, x, baseline, fitted.sizePx, tracking);
    // The white at the side of a large letter would make the left edge ragged, so lines align by their ink.
    const aligned = trial && face.outline(line, x - (trial.box.x - x), baseline, fitted.sizePx, tracking);
    if (!aligned) continue;
    paths.push(aligned.path);
    boxes.push(aligned.box);
  }
  return { set, paths, boxes };
}

function buttonSize(label: SetText): { width: number; height: number } {
  const { sizePx, width } = label.fitted;
  return { width: Math.round(width + 2 * LABEL_PADDING * sizePx), height: Math.round(BUTTON_HEIGHT * sizePx) };
}

function placeLabel(label: SetText, button: Button): PlacedText {
  const { sizePx, width } = label.fitted;
  const top = button.y + (button.height - label.face.capHeight * sizePx) / 2;
  return placeText(label, button.x + (button.width - width) / 2, top);
}

/** Heights of a block of headline, body and button, and the room between them. */
function measureStack({ headline, body, label }: SetCopy): { height: number; bodyTop: number; buttonTop: number } {
  let height = headline?.fitted.height ?? 0;
  if (headline && (body || label)) height += headline.fitted.sizePx * 0.3;
  if (headline && body) height += body.fitted.sizePx * 0.75;
  const bodyTop = height;
  if (body) height += body.fitted.height;
  if (label && (headline || body)) height += label.fitted.sizePx * (body ? 1.45 : 1.1);
  const buttonTop = height;
  if (label) height += buttonSize(label).height;
  return { height, bodyTop, buttonTop };
}

function placeStack(copy: SetCopy, x: number, top: number): Pick<PlacedCopy, 'headline' | 'body' | 'label' | 'button'> {
  const { bodyTop, buttonTop } = measureStack(copy);
  const button = copy.label ? { x, y: Math.round(top + buttonTop), ...buttonSize(copy.label) } : null;
  return {
    headline: copy.headline && placeText(copy.headline, x, top),
    body: copy.body && placeText(copy.body, x, top + bodyTop),
    label: copy.label && button && placeLabel(copy.label, button),
    button,
  };
}

/** The ways in which a format allows its type to stand; the first is preferred. */
export function listAnchors(rules: FormatRules): readonly Anchor[] {
  if (rules.arrangement === 'strip') return ['row'];
  return rules.arrangement === 'side' ? ['left', 'right'] : ['bottom', 'top'];
}

/** Places set copy at an anchor. `logoSize` is the logo's width and height in pixels. */
export function placeCopy(copy: SetCopy, rules: FormatRules, format: ChannelFormat, anchor: Anchor, logoSize: { width: number; height: number }): PlacedCopy {
  if (anchor === 'row') return placeRow(copy, rules, format, logoSize);
  const { margin } = rules;
  const { height } = measureStack(copy);
  const x = anchor === 'right' ? format.width - margin.left - rules.headline.width : margin.left;
  const bottom = format.height - margin.bottom;
  const top = anchor === 'top' ? margin.top : bottom - height;
  const width = Math.max(copy.headline?.fitted.width ?? 0, copy.body?.fitted.width ?? 0, copy.label ? buttonSize(copy.label).width : 0);
  const logo = anchor === 'top' ? ({ x, y: bottom - logoSize.height, corner: 'bottom' } as const) : ({ x, y: margin.top, corner: 'top' } as const);
  return { anchor, ...placeStack(copy, x, top), area: { x, y: top, width, height }, logo };
}

function placeRow(copy: SetCopy, rules: FormatRules, format: ChannelFormat, logoSize: { width: number; height: number }): PlacedCopy {
  const { margin } = rules;
  const gap = rules.logoHeight;
  const x = margin.left + (logoSize.width > 0 ? logoSize.width + gap : 0);
  const button = copy.label ? { ...buttonSize(copy.label), x: 0, y: 0 } : null;
  if (button) {
    button.x = format.width - margin.left - button.width;
    button.y = Math.round((format.height - button.height) / 2);
  }
  const height = copy.headline?.fitted.height ?? 0;
  const top = (format.height - height) / 2;
  return {
    anchor: 'row',
    headline: copy.headline && placeText(copy.headline, x, top),
    body: null,
    label: copy.label && button && placeLabel(copy.label, button),
    button,
    area: { x, y: top, width: copy.headline?.fitted.width ?? 0, height },
    logo: { x: margin.left, y: Math.round((format.height - logoSize.height) / 2), corner: 'middle' },
  };
}
