import { readFileSync } from 'node:fs';
import type { BrandKit } from '../../electron/contract/brand.ts';
import type { Raster } from '../../electron/contract/engine-protocol.ts';
import { listKitFiles, parseKit } from '../../electron/domain/brand/parse-kit.ts';

const folder = new URL('../../examples/lumen-oat/', import.meta.url);

/** The example brand as a user has it on disk: the kit, and the bytes of every file that it names. */
export function readExampleBrand(): { kit: BrandKit; files: Map<string, Uint8Array> } {
  const kit = parseKit(new Uint8Array(readFileSync(new URL('brand.json', folder))), 'brand.json');
  return {
    kit,
    files: new Map(listKitFiles(kit).map(({ file }) => [file, new Uint8Array(readFileSync(new URL(file, folder)))])),
  };
}

export type Painter = (x: number, y: number) => readonly [number, number, number];

/** A picture painted by a rule: x and y run from 0 to 1. */
export function paintRaster(width: number, height: number, paint: Painter): Raster {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rgb.set(paint((x + 0.5) / width, (y + 0.5) / height), (y * width + x) * 3);
  return { width, height, rgb };
}

const mix = (from: readonly number[], to: readonly number[], share: number): [number, number, number] =>
  [0, 1, 2].map((channel) =>
    Math.round((from[channel] ?? 0) + ((to[channel] ?? 0) - (from[channel] ?? 0)) * share),
  ) as [number, number, number];
const cream = [246, 240, 223];
const blue = [35, 82, 209];
const night = [20, 33, 63];

/** Grounds that a picture may bring: calm and light, dark, restless, split, and off the palette. */
export const painters: Readonly<Record<'calm' | 'dark' | 'checks' | 'split' | 'green', Painter>> = {
  calm: (x, y) => mix(cream, [189, 178, 236], Math.min(1, Math.hypot(x - 1, y) * 0.8)),
  dark: (x, y) => mix(night, blue, (x + y) / 2),
  checks: (x, y) => ((Math.floor(x * 9) + Math.floor(y * 9)) % 2 === 0 ? [20, 33, 63] : [245, 119, 92]),
  split: (x) => (x < 0.5 ? [246, 240, 223] : [20, 33, 63]),
  green: (x, y) => mix([20, 180, 60], [60, 220, 120], x * y),
};
