const EXACT_BITS = 53;
const FLOAT_BITS = 32;

/**
 * Sorts positions by margin, then by position. Margin and position are packed into one exact integer, because sorting plain numbers is many times faster
 * than sorting with a comparison; where both need more than 53 bits, the margin loses its lowest ones.
 */
export function orderByMargin(positions: Int32Array, margins: Float32Array): Int32Array {
  const bits = new Uint32Array(margins.buffer, margins.byteOffset, margins.length);
  const positionBits = Math.max(1, 32 - Math.clz32(margins.length));
  const positionRange = 2 ** positionBits;
  const coarseness = 2 ** Math.max(0, FLOAT_BITS + positionBits - EXACT_BITS);
  const keys = new Float64Array(positions.length);
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] ?? 0;
    keys[at] = Math.floor(orderedBits(bits[position] ?? 0) / coarseness) * positionRange + position;
  }
  keys.sort();
  const ordered = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? 0;
    ordered[at] = key - Math.floor(key / positionRange) * positionRange;
  }
  return ordered;
}

/** Turns a float's bits into an unsigned integer that sorts as the float does: negative ones are turned round, positive ones moved above them. */
function orderedBits(bits: number): number {
  return bits >= 0x8000_0000 ? 0xffff_ffff - bits : bits + 0x8000_0000;
}
