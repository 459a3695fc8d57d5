import { describe, expect, it } from 'vitest';
import { runInTiles, type Planes } from '../../../../native-models/image/pipeline/tiles.ts';

function ramp(height: number, width: number): Planes {
  const data = Float32Array.from({ length: 2 * height * width }, (_, place) => place % 97);
  return { data, channels: 2, height, width };
}

/** Each cell becomes a square of `scale` x `scale`. */
function enlarge({ data, channels, height, width }: Planes, scale: number): Planes {
  const larger = new Float32Array(data.length * scale * scale);
  for (let place = 0; place < larger.length; place += 1) {
    const x = Math.floor((place % (width * scale)) / scale);
    const row = Math.floor(place / (width * scale));
    const channel = Math.floor(row / (height * scale));
    const y = Math.floor((row % (height * scale)) / scale);
    larger[place] = data[(channel * height + y) * width + x] ?? 0;
  }
  return { data: larger, channels, height: height * scale, width: width * scale };
}

describe('runInTiles', () => {
  for (const [height, width] of [
    [8, 8],
    [20, 9],
    [13, 31],
  ] as const) {
    it(`puts ${height} x ${width} together as one run would, where tiles agree`, async () => {
      const input = ramp(height, width);
      const output = await runInTiles(input, { inputEdge: 8, outputEdge: 16 }, async (tile) => enlarge(tile, 2));
      expect([output.height, output.width]).toEqual([height * 2, width * 2]);
      expect([...output.data]).toEqual([...enlarge(input, 2).data]);
    });
  }

  it('fades from one tile to the next where they do not', async () => {
    let tiles = 0;
    const flat = async (tile: Planes) => ({ ...tile, data: tile.data.map(() => tiles), channels: 2 });
    const output = await runInTiles(ramp(8, 14), { inputEdge: 8, outputEdge: 8 }, async (tile) => {
      const result = await flat(tile);
      tiles += 1;
      return result;
    });
    const row = [...output.data.subarray(0, 14)];
    expect(row.slice(0, 10)).toEqual([0, 0, 0, 0, 0, 0, 0, 0.5, 1, 1]);
    expect(output.data.every((value) => value >= 0 && value <= tiles)).toBe(true);
  });
});
