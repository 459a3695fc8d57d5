const EXACT_BITS = 53;
const FLOAT_BITS = 32;

/**
 * Sorts positions by margin, then by position. Margin and position are packed into one exact integer, because sorting plain numbers is many times faster
 * than sorting with a comparison; where both need more than 53 bits, the margin loses its lowest ones.
 */
export function orderByMargin(positions: Int32Array, margins: Float32Array): Int32Array {
  const bits = new Uint32Array(margins.buffer, margins.byteOffset, margins.length);
  const highest = positions.reduce((most, position) => Math.max(most, position), 0);
  const positionBits = Math.max(1, 32 - Math.clz32(highest));
  const positionRange = 2 ** positionBits;
  const coarseness = 2 ** Math.max(0, FLOAT_BITS + positionBits - EXACT_BITS);
  const keys = new Float64Array(positions.length);
  for (const [at, position] of positions.entries()) {
    keys[at] = Math.floor(orderedBits(bits[position] ?? 0) / coarseness) * positionRange + position;
  }
  keys.sort();
  return Int32Array.from(keys, (key) => key - Math.floor(key / positionRange) * positionRange);
}

/** Turns a float's bits into an unsigned integer that sorts as the float does: negative ones are turned round, positive ones moved above them. */
function orderedBits(bits: number): number {
  return bits >= 0x8000_0000 ? 0xffff_ffff - bits : bits + 0x8000_0000;
}
