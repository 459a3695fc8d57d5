import { uniteRegions } from '../../../domain/compliance/layout.ts';
import type { Box } from '../draw-shapes.ts';
import type { PlacedItem, PlacedStack } from './place-stack.ts';
import type { TemplateFrame } from './template-frame.ts';

/** Radius of a panel's corners, the room inside of it, and the distance from which on two texts have panels of their own; in units of the frame. */
export const PANEL_RADIUS = 1.6;
const PANEL_PAD = 4;
const PANEL_GAP = 9;

/** Something that may stand on a panel; a button has a ground of its own and needs none. */
type Standing = { readonly box: Box; readonly isButton: boolean };

/** Fields behind the type of a stack that stands on the picture; texts that stand near each other share one, and so do buttons near them. */
export function placePanels(
  { items }: PlacedStack,
  { width, height, unit }: TemplateFrame,
  isButton: (item: PlacedItem) => boolean,
): Box[] {
  const standing = items
    .flatMap((item): Standing[] =>
      item.text ? [{ box: uniteRegions([item.box, ...item.text.boxes]) ?? item.box, isButton: isButton(item) }] : [],
    )
    .toSorted((one, other) => one.box.y - other.box.y);
  const groups: Standing[][] = [];
  for (const one of standing) {
    const last = groups.at(-1);
    const end = Math.max(...(last ?? []).map(({ box }) => box.y + box.height));
    if (last && one.box.y - end <= PANEL_GAP * unit) last.push(one);
    else groups.push([one]);
  }
  const pad = PANEL_PAD * unit;
  return groups.flatMap((group) => {
    const area = group.every((one) => one.isButton) ? null : uniteRegions(group.map(({ box }) => box));
    if (!area) return [];
    const [x, y] = [Math.max(0, Math.round(area.x - pad)), Math.max(0, Math.round(area.y - pad))];
    return {
      x,
      y,
      width: Math.min(width, Math.round(area.x + area.width + pad)) - x,
      height: Math.min(height, Math.round(area.y + area.height + pad)) - y,
    };
  });
}
