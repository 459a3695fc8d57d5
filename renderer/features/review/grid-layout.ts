/** Sizes of the grid in CSS pixels. Every tile is a square picture box with a caption line under it. */
export interface GridLayout {
  readonly columns: number;
  readonly tilePx: number;
  readonly rowPx: number;
  readonly rows: number;
}

export const TILE_GAP_PX = 8;
export const CAPTION_PX = 22;
export const MIN_TILE_PX = 96;
export const MAX_TILE_PX = 400;

/** Chromium lays out no more than 33,554,428 px; what pads the grid comes on top. */
const MAX_HEIGHT_PX = 33_000_000;

/**
 * Fits as many tiles of about the wanted size as there is room for and stretches them to fill the width. Two columns at least, and as many more as keep the page under the tallest
 * that Chromium lays out: a million tiles are smaller than wanted.
 */
export function layoutGrid(
  widthPx: number,
  wantedTilePx: number,
  count: number,
  captionPx: number = CAPTION_PX,
): GridLayout {
  const wanted = Math.max(2, Math.floor((widthPx + TILE_GAP_PX) / (wantedTilePx + TILE_GAP_PX)));
  for (let columns = wanted; ; columns += 1) {
    const tilePx = Math.max(1, Math.floor((widthPx - (columns - 1) * TILE_GAP_PX) / columns));
    const rowPx = tilePx + captionPx + TILE_GAP_PX;
    const rows = Math.ceil(count / columns);
    if (rows * rowPx <= MAX_HEIGHT_PX || tilePx === 1) return { columns, tilePx, rowPx, rows };
  }
}

export type GridMove = 'left' | 'right' | 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

/** The index that a move leads to. It never leaves the list: at an edge the cursor stays. */
export function moveInGrid(index: number, move: GridMove, columns: number, count: number, rowsPerPage: number): number {
  if (count === 0) return -1;
  const last = count - 1;
  if (index < 0) return 0;
  const vertical = (rows: number) => {
    const target = index + rows * columns;
    if (target >= 0 && target <= last) return target;
    // Down from the row above a short last row lands on the last asset; at the very edge the cursor stays.
    if (rows > 0) return Math.floor(index / columns) < Math.floor(last / columns) ? last : index;
    return rows < -1 ? index % columns : index;
  };
  switch (move) {
    case 'left':
      return Math.max(0, index - 1);
    case 'right':
      return Math.min(last, index + 1);
    case 'up':
      return vertical(-1);
    case 'down':
      return vertical(1);
    case 'page-up':
      return vertical(-Math.max(2, rowsPerPage));
    case 'page-down':
      return vertical(Math.max(2, rowsPerPage));
    case 'first':
      return 0;
    case 'last':
      return last;
  }
}

/** The range of list positions that a range of rows shows; `end` is one past the last. */
export function rowsToRange(
  firstRow: number,
  lastRow: number,
  columns: number,
  count: number,
): { readonly start: number; readonly end: number } {
  return { start: Math.min(count, Math.max(0, firstRow) * columns), end: Math.min(count, (lastRow + 1) * columns) };
}

export interface RowsInSight {
  /** The first and the last row to draw; none where `last` is before `first`. */
  readonly first: number;
  readonly last: number;
  /** The most rows that are drawn at once; a row is drawn where the one so many before it was. */
  readonly slots: number;
}

/** Rows of equal height in a scroller, in CSS pixels. `paddingPx` stands above the first and below the last one. */
export interface RowMeasures {
  readonly rows: number;
  readonly rowPx: number;
  readonly heightPx: number;
  readonly paddingPx: number;
  /** Rows to draw on each side of those in sight. */
  readonly near: number;
}

/** The most of `near`: slots stay the same when it changes. */
const MOST_NEAR = 2;

/** The rows that a scroller shows whose uppermost is `topRow`, and some more on each side. A list that became shorter shows its end. */
export function findRowsInSight(topRow: number, { rows, rowPx, heightPx, near }: RowMeasures): RowsInSight {
  const seen = Math.ceil(heightPx / rowPx) + 1;
  const top = Math.max(0, Math.min(topRow, rows - seen + 1));
  return {
    first: Math.max(0, top - near),
    last: Math.min(rows, top + seen + near) - 1,
    slots: seen + 2 * MOST_NEAR,
  };
}

/** Where to scroll to, from `topPx`, so that the whole of a row and the padding around it is in sight; no further than needed. */
export function scrollToShow(row: number, topPx: number, { rows, rowPx, heightPx, paddingPx }: RowMeasures): number {
  const furthestPx = Math.max(0, rows * rowPx + 2 * paddingPx - heightPx);
  const rowTopPx = row * rowPx;
  const fromPx = Math.min(topPx, furthestPx);
  if (rowTopPx < fromPx) return rowTopPx;
  return Math.min(furthestPx, Math.max(fromPx, rowTopPx + rowPx + 2 * paddingPx - heightPx));
}

export type ThumbnailSize = 'small' | 'medium' | 'large';

/** The smallest thumbnail (long edge 160, 480, 1280 px) that is at least as sharp as the screen shows it. */
export function chooseThumbnail(edgePx: number, pixelRatio: number): ThumbnailSize {
  const devicePx = edgePx * pixelRatio;
  if (devicePx <= 160) return 'small';
  return devicePx <= 480 ? 'medium' : 'large';
}
