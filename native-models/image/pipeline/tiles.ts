/** Channels of numbers, row by row, one channel after the other. */
export type Planes = {
  readonly data: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
};

export type TileSizes = {
  /** Edges of a tile before and after the network, in the cells of either side. Multiples of 4. */
  readonly inputEdge: number;
  readonly outputEdge: number;
};

/** Part of a tile that it shares with the next one. */
const OVERLAP = 0.25;

/**
 * Runs a network over overlapping tiles and blends each with the ones above and left of it, linearly over the overlap, as the tiled
 * autoencoders of diffusers do.
 */
export async function runInTiles(
  input: Planes,
  { inputEdge, outputEdge }: TileSizes,
  run: (tile: Planes) => Promise<Planes>,
): Promise<Planes> {
  const stride = Math.floor(inputEdge * (1 - OVERLAP));
  const blend = Math.floor(outputEdge * OVERLAP);
  const limit = outputEdge - blend;
  const scale = outputEdge / inputEdge;
  const [height, width] = [Math.round(input.height * scale), Math.round(input.width * scale)];
  let output: Planes | null = null;
  let above: Planes[] = [];
  for (let top = 0, row = 0; top < input.height; top += stride, row += 1) {
    const tiles: Planes[] = [];
    for (let left = 0, column = 0; left < input.width; left += stride, column += 1) {
      const tile = await run(cutTile(input, top, left, inputEdge));
      const [upper, before] = [above[column], tiles.at(-1)];
      if (upper !== undefined) blendBelow(upper, tile, blend);
      if (before !== undefined) blendRight(before, tile, blend);
      tiles.push(tile);
      output ??= { data: new Float32Array(tile.channels * height * width), channels: tile.channels, height, width };
      place(tile, output, row * limit, column * limit, limit);
    }
    above = tiles;
  }
  if (output === null) throw new Error('nothing to run in tiles');
  return output;
}

function cutTile(source: Planes, top: number, left: number, edge: number): Planes {
  const [height, width] = [Math.min(edge, source.height - top), Math.min(edge, source.width - left)];
  const data = new Float32Array(source.channels * height * width);
  for (let channel = 0; channel < source.channels; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      const start = (channel * source.height + top + y) * source.width + left;
      data.set(source.data.subarray(start, start + width), (channel * height + y) * width);
    }
  }
  return { data, channels: source.channels, height, width };
}

/** Fades the lower edge of one tile into the upper edge of the next, in place. */
function blendBelow(upper: Planes, lower: Planes, wanted: number): void {
  const extent = Math.min(upper.height, lower.height, wanted);
  for (let channel = 0; channel < lower.channels; channel += 1) {
    for (let y = 0; y < extent; y += 1) {
      const from = (channel * upper.height + upper.height - extent + y) * upper.width;
      const to = (channel * lower.height + y) * lower.width;
      const share = y / extent;
      for (let x = 0; x < lower.width; x += 1)
        lower.data[to + x] = (upper.data[from + x] ?? 0) * (1 - share) + (lower.data[to + x] ?? 0) * share;
    }
  }
}

/** Fades the right edge of one tile into the left edge of the next, in place. */
function blendRight(left: Planes, right: Planes, wanted: number): void {
  const extent = Math.min(left.width, right.width, wanted);
  for (let row = 0; row < right.channels * right.height; row += 1) {
    for (let x = 0; x < extent; x += 1) {
      const to = row * right.width + x;
      const from = row * left.width + left.width - extent + x;
      const share = x / extent;
      right.data[to] = (left.data[from] ?? 0) * (1 - share) + (right.data[to] ?? 0) * share;
    }
  }
}

function place(tile: Planes, output: Planes, top: number, left: number, limit: number): void {
  const height = Math.min(tile.height, limit, output.height - top);
  const width = Math.min(tile.width, limit, output.width - left);
  for (let channel = 0; channel < tile.channels; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      const from = (channel * tile.height + y) * tile.width;
      output.data.set(
        tile.data.subarray(from, from + width),
        (channel * output.height + top + y) * output.width + left,
      );
    }
  }
}
