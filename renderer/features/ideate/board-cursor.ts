export interface Box {
  id: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The card above or below, as the eye finds it: the nearest one in that direction, and of equals the one closest sideways. Null at the edge. */
export function findVertical(boxes: readonly Box[], fromId: string, direction: 'up' | 'down'): string | null {
  const from = boxes.find((box) => box.id === fromId);
  if (!from) return boxes[0]?.id ?? null;
  const middle = from.left + from.width / 2;
  const candidates = boxes
    .filter((box) => (direction === 'down' ? box.top >= from.top + from.height : box.top + box.height <= from.top))
    .map((box) => ({
      id: box.id,
      gap: direction === 'down' ? box.top - (from.top + from.height) : from.top - (box.top + box.height),
      aside: Math.max(0, Math.abs(box.left + box.width / 2 - middle) - box.width / 2),
    }))
    .toSorted((a, b) => a.gap + a.aside - (b.gap + b.aside));
  return candidates[0]?.id ?? null;
}

/** The card before or after in reading order; the first when none is selected, null at the edge. */
export function findSequential(ids: readonly string[], fromId: string | null, step: 1 | -1): string | null {
  const index = fromId === null ? -1 : ids.indexOf(fromId);
  if (index === -1) return ids[0] ?? null;
  return ids[index + step] ?? null;
}
