import type { TemplateItem, TemplateStack } from '../../../contract/template.ts';
import { uniteRegions } from '../../../domain/compliance/layout.ts';
import type { Letter } from '../../../domain/compliance/layout.ts';
import type { Box } from '../draw-shapes.ts';
import { outlineLine } from '../type/outline-line.ts';
import type { MeasuredItem, SizeTrial, SlotContent, TextSlot } from './measure-items.ts';
import { measureItem } from './measure-items.ts';
import type { TemplateFrame } from './template-frame.ts';
import { roomOf } from './template-frame.ts';

export type PlacedSlotText = {
  readonly slot: TextSlot;
  readonly text: string;
  readonly lines: readonly string[];
  readonly paths: readonly string[];
  readonly boxes: readonly Box[];
  readonly letters: readonly (readonly Letter[])[];
  readonly sizePx: number;
  readonly minSizePx: number;
  readonly unsettable: readonly string[];
};
export type PlacedItem = { readonly item: TemplateItem; readonly box: Box; readonly text: PlacedSlotText | null };
/** A stack whose items stand where they will be drawn; `area` surrounds them. */
export type PlacedStack = {
  readonly stack: TemplateStack;
  readonly items: readonly PlacedItem[];
  readonly area: Box | null;
};

/** Sizes are tried from the template's own down to the brand's smallest, and then below. */
const TRIALS: readonly SizeTrial[] = [
  ...[1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.5, 0.4, 0.3].map((level) => ({ level, below: 1 })),
  ...[0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.22, 0.16, 0.1, 0.06, 0.03].map((below) => ({ level: 0, below })),
];
/** A headline smaller than this share of its own size gives way no further before the other texts shrink as well. */
const HEADLINE_FLOOR = 0.55;

type Sized = { readonly items: readonly MeasuredItem[]; readonly gaps: readonly number[]; readonly length: number };

/** Room before each item: the template's, and more beside a logo that asks for it. */
function listGaps(items: readonly MeasuredItem[], { gap }: TemplateStack, unit: number): number[] {
  return items.map(({ item, clear }, index) => {
    const before = items[index - 1];
    if (!before) return 0;
    const wanted = (item.gap ?? gap) * unit;
    return item.slot === 'space' || before.item.slot === 'space'
      ? Math.max(clear, before.clear, wanted / 2)
      : Math.max(clear, before.clear, wanted);
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function isColumn({ direction }: TemplateStack): boolean {
  return direction === 'column';
}

/** Measures everything but the headline first, and gives the headline what is left. */
function sizeStack(
  stack: TemplateStack,
  content: SlotContent,
  room: Box,
  unit: number,
  trial: SizeTrial,
): Sized | null {
  const others = new Map<TemplateItem, MeasuredItem | null>();
  for (const item of stack.items) {
    if (item.slot !== 'headline') others.set(item, measureItem(item, content, room, unit, trial));
  }
  const headline = stack.items.find(({ slot }) => slot === 'headline');
  const draft = stack.items.flatMap((item) => {
    const measured = item === headline ? measureItem(item, content, room, unit, trial) : others.get(item);
    return measured ? [measured] : [];
  });
  const gaps = listGaps(draft, stack, unit);
  const extent = ({ width, height }: MeasuredItem) => (isColumn(stack) ? height : width);
  const rest = sum(draft.filter(({ item }) => item !== headline).map(extent)) + sum(gaps);
  const whole = isColumn(stack) ? room.height : room.width;
  const left = whole - rest;
  if (left < 0 || (headline && draft.some(({ item }) => item === headline) && left < 1)) return null;
  const headlineRoom = isColumn(stack) ? { width: room.width, height: left } : { width: left, height: room.height };
  const items = draft.map((measured) =>
    measured.item === headline ? (measureItem(headline, content, headlineRoom, unit, trial) ?? measured) : measured,
  );
  if (items.some(({ height, width }) => height > room.height + 0.5 || width > room.width + 0.5)) return null;
  return { items, gaps, length: sum(items.map(extent)) + sum(gaps) };
}

function isGoodEnough({ items }: Sized, unit: number, trial: SizeTrial): boolean {
  return items.every(({ item, text }) => {
    if (!text) return true;
    if (trial.below < 1) return text.fitted.sizePx >= text.source.minSizePx * trial.below * 0.98;
    const floor = item.slot === 'headline' ? item.size * unit * trial.level * HEADLINE_FLOOR : 0;
    return text.fitted.sizePx >= Math.max(text.source.minSizePx - 1e-9, Math.min(floor, item.size * unit));
  });
}

function chooseSizes(stack: TemplateStack, content: SlotContent, room: Box, unit: number): Sized {
  let last: Sized | null = null;
  for (const trial of TRIALS) {
    const sized = sizeStack(stack, content, room, unit, trial);
    if (!sized) continue;
    if (isGoodEnough(sized, unit, trial)) return sized;
    last = sized;
  }
  return last ?? { items: [], gaps: [], length: 0 };
}

/** Where something of a width stands across a column. Start is the right edge in a layout that is turned round. */
function alignAcross(
  from: number,
  room: number,
  width: number,
  align: TemplateStack['align'],
  isMirrored: boolean,
): number {
  if (align === 'center') return from + (room - width) / 2;
  return (align === 'start') === isMirrored ? from + room - width : from;
}

function placeText(
  measured: MeasuredItem,
  box: Box,
  align: TemplateStack['align'],
  isMirrored: boolean,
): PlacedSlotText | null {
  if (!measured.text) return null;
  const { slot, fitted, source } = measured.text;
  const isButton = slot === 'callToAction';
  const top = isButton && measured.item.look !== 'line' ? box.y + (box.height - fitted.height) / 2 : box.y;
  const drawn = fitted.lines.flatMap((line, index) => {
    const width = (line.right - line.left) * fitted.sizePx;
    const x = isButton ? box.x + (box.width - width) / 2 : alignAcross(box.x, box.width, width, align, isMirrored);
    const outline = outlineLine(line, x, top + (fitted.baselines[index] ?? 0), fitted.sizePx);
    return outline ? [outline] : [];
  });
  const { paragraph, minSizePx } = source;
  return {
    slot,
    text: paragraph.text,
    lines: fitted.lines.map(({ text }) => text),
    paths: drawn.map(({ path }) => path),
    boxes: drawn.map(({ box: ink }) => ink),
    letters: drawn.map(({ letters }) => letters),
    sizePx: fitted.sizePx,
    minSizePx,
    unsettable: paragraph.unsettable,
  };
}

/** Fits what a stack holds into its room and places it. */
export function placeStack(stack: TemplateStack, content: SlotContent, frame: TemplateFrame): PlacedStack {
  const room = roomOf(frame, stack);
  const { items, gaps, length } = chooseSizes(stack, content, room, frame.unit);
  const spare = Math.max(0, (isColumn(stack) ? room.height : room.width) - length);
  const spaces = items.filter(({ item }) => item.slot === 'space').length;
  const lead = spaces > 0 || stack.justify === 'start' ? 0 : stack.justify === 'end' ? spare : spare / 2;
  let at = lead;
  const placed: PlacedItem[] = [];
  for (const [index, measured] of items.entries()) {
    at += gaps[index] ?? 0;
    const { item, width, height } = measured;
    if (item.slot === 'space') {
      at += spare / spaces;
      continue;
    }
    const box = isColumn(stack)
      ? { x: alignAcross(room.x, room.width, width, stack.align, frame.isMirrored), y: room.y + at, width, height }
      : {
          x: frame.isMirrored ? room.x + room.width - at - width : room.x + at,
          y: room.y + (room.height - height) / 2,
          width,
          height,
        };
    placed.push({ item, box, text: placeText(measured, box, stack.align, frame.isMirrored) });
    at += isColumn(stack) ? height : width;
  }
  return { stack, items: placed, area: uniteRegions(placed.map(({ box }) => box)) };
}
