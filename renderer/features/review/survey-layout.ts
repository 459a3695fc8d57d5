/** Largest number of pictures that a survey shows at once; more would be smaller than the grid's. */
export const MAX_SURVEY = 16;

/**
 * Rows and columns that show a number of pictures of one aspect ratio (width / height) as large as the frame allows, and the size of
 * each picture in pixels.
 */
export function layoutSurvey(
  count: number,
  frameWidthPx: number,
  frameHeightPx: number,
  aspect: number,
  gapPx: number,
): { readonly columns: number; readonly rows: number; readonly widthPx: number; readonly heightPx: number } {
  let best = { columns: 1, rows: Math.max(1, count), widthPx: 0, heightPx: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(count / columns);
    const boxWidth = (frameWidthPx - (columns - 1) * gapPx) / columns;
    const boxHeight = (frameHeightPx - (rows - 1) * gapPx) / rows;
    const widthPx = Math.max(0, Math.min(boxWidth, boxHeight * aspect));
    if (widthPx > best.widthPx) best = { columns, rows, widthPx, heightPx: widthPx / aspect };
  }
  return best;
}
