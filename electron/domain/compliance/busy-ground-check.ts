import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { nameText } from './contrast-check.ts';
import type { JudgedPixels, PictureLayout } from './layout.ts';
import { surroundBox } from './text-pixels.ts';
import type { PixelBox } from './text-pixels.ts';

/** Type up to this share of the picture's shorter edge is small: its letters are no larger than the shapes that may lie under them. */
const SMALL_TYPE = 0.05;
/** Unrest, 0 (even) to 1 (a strong edge everywhere), that may lie under small type. */
const MOST_UNREST = 0.095;
/** Under a logo: one straight edge across it stays below this however strong it is, two that are seen do not. */
const MOST_LOGO_UNREST = 0.057;
/** Ground is looked at in cells of this share of the type's size, so that grain evens out and shapes do not; for a logo, of its height. */
const CELL_SHARE = 1 / 4;
const LOGO_CELL_SHARE = 1 / 8;
const LEAST_CELL_PX = 2;
const LARGE_CELL_PX = 6;
/** The room around a line or a logo that is looked at too, in cells. */
const ROOM_CELLS = 1;
/** The worst stretch of a line counts; it is this many cells long. */
const STRETCH_CELLS = 18;
/** A step of a channel between neighbouring cells up to which there is no edge, and from which it is as strong as edges get. */
const FAINT_STEP = 26;
const STRONG_STEP = 100;

/** Something small that stands on the picture. `most` is the unrest that it bears; with `counts` a faint edge weighs nearly as much as a strong one. */
type SmallThing = {
  readonly name: string;
  readonly box: Region;
  readonly cellPx: number;
  readonly most: number;
  readonly counts: boolean;
};

function listSmallThings({ texts, logo }: PictureLayout, shortEdge: number): SmallThing[] {
  const type = texts
    .filter(({ sizePx }) => sizePx <= shortEdge * SMALL_TYPE)
    .flatMap(({ role, boxes, sizePx }) =>
      boxes.map((box) => ({
        name: nameText(role),
        box,
        cellPx: Math.max(LEAST_CELL_PX, Math.round(sizePx * CELL_SHARE)),
        most: MOST_UNREST,
        counts: false,
      })),
    );
  if (!logo) return type;
  const cellPx = Math.max(LEAST_CELL_PX, Math.round(logo.box.height * LOGO_CELL_SHARE));
  return [...type, { name: 'logo', box: logo.box, cellPx, most: MOST_LOGO_UNREST, counts: true }];
}

/** Mean colours of square cells over a part of a picture. */
type Cells = { readonly columns: number; readonly rows: number; readonly means: Float32Array };

function averageCells({ width, rgb }: Raster, area: PixelBox, cellPx: number): Cells {
  const columns = Math.max(0, Math.floor((area.right - area.left) / cellPx));
  const rows = Math.max(0, Math.floor((area.bottom - area.top) / cellPx));
  const means = new Float32Array(columns * rows * 3);
  // Large cells are averaged over every second pixel of both directions.
  const stride = cellPx >= LARGE_CELL_PX ? 2 : 1;
  const share = 1 / Math.ceil(cellPx / stride) ** 2;
  for (let y = 0; y < rows * cellPx; y++) {
    if ((y % cellPx) % stride !== 0) continue;
    const row = Math.floor(y / cellPx) * columns * 3;
    for (let column = 0; column < columns; column++) {
      let at = ((area.top + y) * width + area.left + column * cellPx) * 3;
      let [red, green, blue] = [0, 0, 0];
      for (let x = 0; x < cellPx; x += stride, at += stride * 3) {
        red += rgb[at] ?? 0;
        green += rgb[at + 1] ?? 0;
        blue += rgb[at + 2] ?? 0;
      }
      const cell = row + column * 3;
      means[cell] = (means[cell] ?? 0) + red * share;
      means[cell + 1] = (means[cell + 1] ?? 0) + green * share;
      means[cell + 2] = (means[cell + 2] ?? 0) + blue * share;
    }
  }
  return { columns, rows, means };
}

/** How strong the edge between two cells is, 0 to 1. */
function weighEdge(means: Float32Array, one: number, other: number): number {
  let step = 0;
  for (let channel = 0; channel < 3; channel++)
    step = Math.max(step, Math.abs((means[one + channel] ?? 0) - (means[other + channel] ?? 0)));
  return Math.max(0, Math.min(1, (step - FAINT_STEP) / (STRONG_STEP - FAINT_STEP)));
}

/** Mean strength of the edges to the right and under each cell, column by column. */
function weighColumns({ columns, rows, means }: Cells): Float32Array {
  const weights = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const at = (row * columns + column) * 3;
      const right = column + 1 < columns ? weighEdge(means, at, at + 3) : 0;
      const under = row + 1 < rows ? weighEdge(means, at, at + columns * 3) : 0;
      sum += Math.max(right, under);
    }
    weights[column] = sum / rows;
  }
  return weights;
}

/**
 * The same, so that edges are counted: a faint one weighs nearly as much as a strong one, one that falls into the middle of a cell is one and not two, and one that
 * lies along a stretch weighs as much as one that crosses it.
 */
function countColumns({ columns, rows, means }: Cells): Float32Array {
  const weights = new Float32Array(columns);
  const lying = Math.min(1, rows / Math.min(STRETCH_CELLS, columns));
  for (let row = 0; row < rows; row++) {
    let before = 0;
    for (let column = 0; column < columns; column++) {
      const at = (row * columns + column) * 3;
      const right = column + 1 < columns ? Math.sqrt(weighEdge(means, at, at + 3)) : 0;
      const under = row + 1 < rows ? Math.sqrt(weighEdge(means, at, at + columns * 3)) * lying : 0;
      const crossing = Math.max(0, right - before);
      // The second half of an edge is spent with the first; what follows is another one.
      before = before === 0 ? right : 0;
      weights[column] = (weights[column] ?? 0) + Math.max(crossing, under) / rows;
    }
  }
  return weights;
}

type Unrest = { readonly unrest: number; readonly region: Region };

/** The most restless stretch under something small. */
function findUnrest(backdrop: Raster, { box, cellPx, counts }: SmallThing): Unrest | null {
  const area = surroundBox(box, ROOM_CELLS * cellPx, {
    left: 0,
    top: 0,
    right: backdrop.width,
    bottom: backdrop.height,
  });
  const cells = averageCells(backdrop, area, cellPx);
  if (cells.columns === 0 || cells.rows === 0) return null;
  const weights = counts ? countColumns(cells) : weighColumns(cells);
  const length = Math.min(STRETCH_CELLS, cells.columns);
  let sum = weights.subarray(0, length).reduce((total, weight) => total + weight, 0);
  let best = { sum, from: 0 };
  for (let from = 1; from + length <= cells.columns; from++) {
    sum += (weights[from + length - 1] ?? 0) - (weights[from - 1] ?? 0);
    if (sum > best.sum + 1e-6) best = { sum, from };
  }
  return {
    unrest: best.sum / length,
    region: {
      x: area.left + best.from * cellPx,
      y: area.top,
      width: length * cellPx,
      height: area.bottom - area.top,
    },
  };
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

/** Small type and the logo stand on calm ground: no edges of shapes run under them, whatever their contrast. The backdrop is what is judged; ink is no unrest. */
export function checkBusyGround({ backdrop, layout }: JudgedPixels): ComplianceCheck {
  const base = { name: 'busy-ground', unit: 'share', better: 'lower' } as const;
  let worst: (Unrest & Pick<SmallThing, 'name' | 'most'>) | null = null;
  for (const thing of listSmallThings(layout, Math.min(backdrop.width, backdrop.height))) {
    const found = findUnrest(backdrop, thing);
    if (found && (worst === null || found.unrest / thing.most > worst.unrest / worst.most))
      worst = { ...found, name: thing.name, most: thing.most };
  }
  if (worst === null)
    return {
      ...base,
      threshold: MOST_UNREST,
      score: 0,
      passed: true,
      reason: 'There is no small type and no logo.',
      region: null,
    };
  const score = Math.round(worst.unrest * 1000) / 1000;
  const passed = score <= worst.most;
  return {
    ...base,
    threshold: worst.most,
    score,
    passed,
    reason: passed
      ? `Small type and logo stand on calm ground; the ${worst.name} has most edges under it, ${percent(score)}.`
      : `Edges of shapes run under the ${worst.name}: ${percent(score)} of the ground there, where ${percent(worst.most)} is the most.`,
    region: passed ? null : worst.region,
    ...(passed ? {} : { part: worst.name === 'logo' ? ('logo' as const) : ('text' as const) }),
  };
}
