import type { ImageJob, Raster } from '../../../electron/contract/engine-protocol.ts';

/** A gradient between two colours that the prompt and the seed choose, with one soft disc. The same job gives the same bytes. */
export function drawFakePicture(job: ImageJob, width: number, height: number): Raster {
  const next = createRandom(hashText(`${job.prompt}|${job.seed}`));
  const [from, to, disc] = pickColours(job, next);
  const angle = next() * 2 * Math.PI;
  const [cx, cy, radius] = [0.3 + next() * 0.4, 0.3 + next() * 0.4, 0.12 + next() * 0.15];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [u, v] = [x / width, y / height];
      const along = Math.min(1, Math.max(0, 0.5 + (u - 0.5) * Math.cos(angle) + (v - 0.5) * Math.sin(angle)));
      const distance = Math.hypot(u - cx, ((v - cy) * height) / width) / radius;
      const inside = Math.min(1, Math.max(0, (1 - distance) * 20));
      for (let channel = 0; channel < 3; channel += 1) {
        const ground = (from[channel] ?? 0) * (1 - along) + (to[channel] ?? 0) * along;
        rgb[(y * width + x) * 3 + channel] = Math.round(ground * (1 - inside) + (disc[channel] ?? 0) * inside);
      }
    }
  }
  return { width, height, rgb };
}

type Colour = readonly [number, number, number];

function pickColours(job: ImageJob, next: () => number): [Colour, Colour, Colour] {
  const palette = job.paletteGuidance?.colours.map((colour) => parseHex(colour.hex)) ?? [];
  const pick = (index: number): Colour =>
    palette[index % Math.max(1, palette.length)] ?? [next() * 255, next() * 255, next() * 255];
  return [pick(0), pick(1), pick(2)];
}

function parseHex(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** FNV-1a, 32 bit. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** mulberry32: numbers in 0..1 from a 32-bit seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
