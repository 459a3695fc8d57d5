import type { TemplateItem } from '../../../contract/template.ts';
import type { FittedParagraph } from '../type/fit-paragraph.ts';
import { fitParagraph } from '../type/fit-paragraph.ts';
import type { Paragraph } from '../type/shape-paragraph.ts';
import type { LogoRoom } from '../place-copy.ts';

export type TextSlot = 'headline' | 'body' | 'callToAction' | 'legal';
export type SlotText = { readonly paragraph: Paragraph; readonly minSizePx: number };

/** What a template sets: texts by slot, and the room that the largest logo variant takes at a height and a greatest width. */
export type SlotContent = {
  readonly texts: ReadonlyMap<TextSlot, SlotText>;
  readonly logoRoom: (heightPx: number, maxWidthPx: number) => LogoRoom;
};

/** An item with its size in pixels. `clear` is the room that it needs on every side. */
export type MeasuredItem = {
  readonly item: TemplateItem;
  readonly width: number;
  readonly height: number;
  readonly clear: number;
  readonly text: { readonly slot: TextSlot; readonly fitted: FittedParagraph; readonly source: SlotText } | null;
};

type Room = { readonly width: number; readonly height: number };

const LEADING: Readonly<Record<TextSlot, number>> = { headline: 1.04, body: 1.42, callToAction: 1, legal: 1.3 };
/** Room left and right of a button's label and the height of the button, as shares of the label's size. */
const LOOKS = {
  pill: { padding: 1.2, height: 2.5 },
  box: { padding: 1.1, height: 2.5 },
  line: { padding: 0, height: 1.5 },
  plain: { padding: 0, height: 1 },
} as const;

/** How the sizes of a stack are tried: `level` scales the largest sizes, `below` goes under the smallest. */
export type SizeTrial = { readonly level: number; readonly below: number };

/** Measures an item in a room, in units of `unit` pixels; null when there is nothing to set. */
export function measureItem(
  item: TemplateItem,
  content: SlotContent,
  room: Room,
  unit: number,
  { level, below }: SizeTrial,
): MeasuredItem | null {
  const maxWidth = room.width * item.width;
  if (item.slot === 'space') return { item, width: 0, height: 0, clear: 0, text: null };
  if (item.slot === 'rule')
    return { item, width: maxWidth, height: Math.max(1, Math.round(item.size * unit)), clear: 0, text: null };
  if (item.slot === 'logo') {
    const logo = content.logoRoom(item.size * unit, maxWidth);
    return logo.width === 0 ? null : { item, width: logo.width, height: logo.height, clear: logo.clear, text: null };
  }
  const source = content.texts.get(item.slot);
  if (!source) return null;
  const { slot } = item;
  const minSizePx = source.minSizePx * below;
  const maxSizePx = below < 1 ? minSizePx : Math.max(item.size * unit * (slot === 'headline' ? 1 : level), minSizePx);
  if (slot === 'callToAction') return measureButton(item, source, maxWidth, room.height, maxSizePx, minSizePx);
  const fitted = fitParagraph(source.paragraph, {
    maxWidth,
    maxHeight: Math.max(1, room.height),
    maxLines: below < 1 ? 99 : item.lines,
    maxSizePx,
    minSizePx,
    leading: item.leading ?? LEADING[slot],
  });
  return { item, width: fitted.width, height: fitted.height, clear: 0, text: { slot, fitted, source } };
}

function measureButton(
  item: TemplateItem,
  source: SlotText,
  maxWidth: number,
  maxHeight: number,
  maxSizePx: number,
  minSizePx: number,
): MeasuredItem {
  const look = LOOKS[item.look];
  const fit = (sizePx: number) =>
    fitParagraph(source.paragraph, {
      maxWidth: Math.max(1, maxWidth - 2 * look.padding * sizePx),
      maxHeight: Math.max(1, maxHeight),
      maxLines: 1,
      maxSizePx: sizePx,
      minSizePx: Math.min(minSizePx, sizePx),
      leading: 1,
    });
  // The padding shrinks with the label: what does not fit at the first size is tried with the padding of the smaller one.
  let fitted = fit(maxSizePx);
  if (fitted.sizePx < minSizePx) fitted = fit(Math.max(fitted.sizePx, minSizePx * 0.6));
  const height = Math.max(
    fitted.height + (item.look === 'line' ? fitted.sizePx * 0.5 : 0),
    look.height * fitted.sizePx,
  );
  return {
    item,
    width: Math.min(maxWidth, fitted.width + 2 * look.padding * fitted.sizePx),
    height,
    clear: 0,
    text: { slot: 'callToAction', fitted, source },
  };
}
