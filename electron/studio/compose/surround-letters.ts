import type { TextBlock } from '../../domain/compliance/layout.ts';
import { marginOf } from '../../domain/compliance/text-pixels.ts';
import type { Box } from './draw-shapes.ts';

/** The box around each letter in which the contrast check looks for its ground. */
export function surroundLetters({ boxes, letters }: Pick<TextBlock, 'boxes' | 'letters'>): (readonly Box[])[] {
  return letters.flatMap((line, at) => {
    const margin = marginOf(boxes[at]?.height ?? 0);
    return line.map(({ box: { x, y, width, height } }) => [
      { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin },
    ]);
  });
}
