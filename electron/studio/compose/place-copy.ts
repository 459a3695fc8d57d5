import type { ChannelFormat } from '../../contract/format.ts';
import type { Letter } from '../../domain/compliance/layout.ts';
import type { FormatRules } from './format-rules.ts';
import type { InkBox } from '../../readers/load-font.ts';
import type { SetCopy, SetText } from './set-copy.ts';
import { BUTTON_HEIGHT, LABEL_PADDING } from './set-copy.ts';

/** Where the block of type stands. */
export type Anchor = 'bottom' | 'top' | 'left' | 'right' | 'row';

export type PlacedText = {
  readonly set: SetText;
  readonly paths: readonly string[];
  readonly boxes: readonly InkBox[];
  readonly letters: readonly (readonly Letter[])[];
};
export type Button = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type PlacedCopy = {
  readonly anchor: Anchor;
  readonly headline: PlacedText | null;
  readonly body: PlacedText | null;
  readonly label: PlacedText | null;
  readonly button: Button | null;
  /** The area that the type needs to itself. */
  readonly area: InkBox;
  /** The field of one colour that the type stands on, or null when it stands on the picture. */
  readonly panel: InkBox | null;
  /** Where the logo stands: a corner of the room that is kept for the largest variant, and the side of it where smaller ones go. */
  readonly logo: InkBox & { readonly side: 'start' | 'end' };
};

/** Lines of a text from the top of its first capitals; each line's ink starts exactly at x. */
function placeText(set: SetText, x: number, top: number): PlacedText {
  const { fitted, face, tracking, leading } = set;
  const paths: string[] = [];
  const boxes: InkBox[] = [];
  const letters: (readonly Letter[])[] = [];
  for (const [index, line] of fitted.lines.entries()) {
    const baseline = top + face.capHeight * fitted.sizePx + index * leading * fitted.sizePx;
    const trial = face.outline(line, x, baseline, fitted.sizePx, tracking);
    // The white at the side of a large letter would make the left edge ragged, so lines align by their ink.
    const aligned = trial && face.outline(line, x - (trial.box.x - x), baseline, fitted.sizePx, tracking);
    if (!aligned) continue;
    paths.push(aligned.path);
    boxes.push(aligned.box);
    letters.push(aligned.letters);
  }
  return { set, paths, boxes, letters };
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

/** The room that the largest logo variant takes, and the clear space that it asks for, in pixels. */
export type LogoRoom = { readonly width: number; readonly height: number; readonly clear: number };

/** Places set copy at an anchor, on the picture or on a panel.  */
export function placeCopy(
  copy: SetCopy,
  rules: FormatRules,
  format: ChannelFormat,
  anchor: Anchor,
  onPanel: boolean,
  room: LogoRoom,
): PlacedCopy {
  if (anchor === 'row') return placeRow(copy, rules, format, onPanel, room);
  if (anchor === 'left' || anchor === 'right') return placeColumn(copy, rules, format, anchor, onPanel, room);
  return onPanel ? placeOnBand(copy, rules, format, anchor, room) : placeOnPicture(copy, rules, format, anchor, room);
}

function widthOf(copy: SetCopy): number {
  return Math.max(
    copy.headline?.fitted.width ?? 0,
    copy.body?.fitted.width ?? 0,
    copy.label ? buttonSize(copy.label).width : 0,
  );
}

/** Type at one end of the picture, the logo at the other. */
function placeOnPicture(
  copy: SetCopy,
  { margin }: FormatRules,
  format: ChannelFormat,
  anchor: 'bottom' | 'top',
  room: LogoRoom,
): PlacedCopy {
  const { height } = measureStack(copy);
  const x = margin.left;
  const bottom = format.height - margin.bottom;
  const top = anchor === 'top' ? margin.top : bottom - height;
  const logo = {
    x,
    y: anchor === 'top' ? bottom - room.height : margin.top,
    width: room.width,
    height: room.height,
    side: 'start',
  } as const;
  return { anchor, ...placeStack(copy, x, top), area: { x, y: top, width: widthOf(copy), height }, panel: null, logo };
}

/** A band of one colour over the full width, with type and logo on it: the logo beside the button where it fits, else above the headline. */
function placeOnBand(
  copy: SetCopy,
  { margin }: FormatRules,
  format: ChannelFormat,
  anchor: 'bottom' | 'top',
  room: LogoRoom,
): PlacedCopy {
  const { height: stackHeight, buttonTop } = measureStack(copy);
  const button = copy.label ? buttonSize(copy.label) : null;
  const right = format.width - margin.left;
  const beside =
    button !== null && margin.left + button.width + Math.max(room.height * 1.2, room.clear) + room.width <= right;
  const above = beside ? 0 : room.height + Math.max(room.height * 0.9, room.clear);
  const height = stackHeight + above;
  const padding = Math.round(margin.left * 0.95);
  const top = anchor === 'top' ? Math.max(margin.top, padding) : format.height - margin.bottom - height;
  const edge = anchor === 'top' ? top + height + padding : top - padding;
  const panel =
    anchor === 'top'
      ? { x: 0, y: 0, width: format.width, height: Math.round(edge) }
      : { x: 0, y: Math.round(edge), width: format.width, height: format.height - Math.round(edge) };
  const logo = beside
    ? ({
        x: right - room.width,
        y: Math.round(top + buttonTop + (button.height - room.height) / 2),
        width: room.width,
        height: room.height,
        side: 'end',
      } as const)
    : ({ x: margin.left, y: Math.round(top), width: room.width, height: room.height, side: 'start' } as const);
  return {
    anchor,
    ...placeStack(copy, margin.left, top + above),
    area: { x: margin.left, y: top, width: widthOf(copy), height },
    panel,
    logo,
  };
}

/** Type and logo in a column at one side, the logo at the top of it. */
function placeColumn(
  copy: SetCopy,
  { margin }: FormatRules,
  format: ChannelFormat,
  anchor: 'left' | 'right',
  onPanel: boolean,
  room: LogoRoom,
): PlacedCopy {
  const { height } = measureStack(copy);
  const inner = Math.max(widthOf(copy), room.width, format.width * (onPanel ? 0.36 : 0.3));
  const padding = Math.round(margin.left * 0.8);
  const x = anchor === 'left' ? margin.left : Math.round(format.width - margin.left - inner);
  const top = format.height - margin.bottom - height;
  const panelWidth = Math.round(margin.left + inner + padding);
  const panel = onPanel
    ? { x: anchor === 'left' ? 0 : format.width - panelWidth, y: 0, width: panelWidth, height: format.height }
    : null;
  return {
    anchor,
    ...placeStack(copy, x, top),
    area: { x, y: top, width: widthOf(copy), height },
    panel,
    logo: { x, y: margin.top, width: room.width, height: room.height, side: 'start' },
  };
}

/** Logo, headline and button in one row; a panel holds the first two. */
function placeRow(
  copy: SetCopy,
  { margin, logoHeight }: FormatRules,
  format: ChannelFormat,
  onPanel: boolean,
  room: LogoRoom,
): PlacedCopy {
  const x = margin.left + (room.width > 0 ? room.width + logoHeight : 0);
  const size = copy.label ? buttonSize(copy.label) : null;
  const button = size
    ? { ...size, x: format.width - margin.left - size.width, y: Math.round((format.height - size.height) / 2) }
    : null;
  const height = copy.headline?.fitted.height ?? 0;
  const width = copy.headline?.fitted.width ?? 0;
  const top = (format.height - height) / 2;
  return {
    anchor: 'row',
    headline: copy.headline && placeText(copy.headline, x, top),
    body: null,
    label: copy.label && button && placeLabel(copy.label, button),
    button,
    area: { x, y: top, width, height },
    panel: onPanel ? { x: 0, y: 0, width: Math.round(x + width + margin.left), height: format.height } : null,
    logo: {
      x: margin.left,
      y: Math.round((format.height - room.height) / 2),
      width: room.width,
      height: room.height,
      side: 'start',
    },
  };
}

/** How far the type reaches into the logo's clear space or over the margins, in pixels; at most 0 when all is well. */
export function measureCrowding(
  { anchor, area, panel, logo }: PlacedCopy,
  { margin }: FormatRules,
  format: ChannelFormat,
  room: LogoRoom,
): number {
  if (anchor === 'row') return area.height - (format.height - margin.top);
  const overTop = margin.top - area.y;
  const overBottom = area.y + area.height - (format.height - margin.bottom);
  const isBand = panel !== null && (anchor === 'top' || anchor === 'bottom');
  if (isBand) return Math.max(overTop, overBottom);
  const intoLogo =
    anchor === 'top' ? area.y + area.height + room.clear - logo.y : logo.y + logo.height + room.clear - area.y;
  return Math.max(overTop, overBottom, room.height > 0 ? intoLogo : 0);
}
