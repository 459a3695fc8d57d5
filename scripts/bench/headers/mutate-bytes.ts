/** A small generator with a seed (mulberry32), so that a failing file can be made again. */
export function createDice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** Numbers at which readers go wrong. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff];

/**
 * One to eight changes within the first `headBytes`: bytes and bits flipped, numbers set to their edges, pieces cut out, doubled or moved,
 * the end cut off.
 */
export function mutateBytes(sound: Buffer, headBytes: number, roll: (sides: number) => number): Buffer {
  let bytes = Buffer.from(sound);
  for (let change = roll(8); change >= 0; change -= 1) {
    const at = roll(Math.max(1, Math.min(headBytes, bytes.length)));
    const length = 1 + roll(64);
    const kind = roll(8);
    if (kind <= 1) bytes[at] = roll(256);
    else if (kind === 2) bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
    else if (kind === 3) bytes.fill(EDGES[roll(EDGES.length)] ?? 0, at, Math.min(bytes.length, at + (1 << roll(4))));
    else if (kind === 4) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (kind === 5)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
    else if (kind === 6) bytes.copy(bytes, at, roll(bytes.length), roll(bytes.length));
    else bytes = bytes.subarray(0, roll(bytes.length + 1));
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}
