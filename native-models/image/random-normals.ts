/**
 * Normal numbers by Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011) and the
 * Box-Muller transform. Counter-based, so number i of stream s for a seed is the same whatever else is drawn: picture k of a batch
 * does not depend on its neighbours, and a step does not depend on how many steps came before.
 *
 * Key: (seed, 0x486f7573). Counter: (block, stream, 0, 0). Each block gives four 32-bit words and with them four numbers: words 0
 * and 1 make two, words 2 and 3 make two. The arithmetic is in 64-bit floats, rounded to 32 bits at the end.
 */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;
const SECOND_KEY = 0x486f7573;

/** `count` standard normal numbers. Streams of one seed are independent of each other. */
export function drawNormals(seed: number, stream: number, count: number): Float32Array {
  const normals = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let first = 0; first < count; first += 4) {
    computeBlock(words, first / 4, stream, seed, SECOND_KEY);
    for (let pair = 0; pair < 2; pair += 1) {
      // Halves of a step keep the argument of the logarithm off zero.
      const radius = Math.sqrt(-2 * Math.log(((words[pair * 2] ?? 0) + 0.5) / 2 ** 32));
      const angle = (2 * Math.PI * ((words[pair * 2 + 1] ?? 0) + 0.5)) / 2 ** 32;
      const at = first + pair * 2;
      if (at < count) normals[at] = radius * Math.cos(angle);
      if (at + 1 < count) normals[at + 1] = radius * Math.sin(angle);
    }
  }
  return normals;
}

/** Ten rounds over the counter (block, stream, 0, 0), into `words`. */
export function computeBlock(
  words: Uint32Array,
  block: number,
  stream: number,
  key0: number,
  key1: number,
  counter2 = 0,
  counter3 = 0,
): void {
  let [c0, c1, c2, c3] = [block >>> 0, stream >>> 0, counter2 >>> 0, counter3 >>> 0];
  let [k0, k1] = [key0 >>> 0, key1 >>> 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 65_536);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65_536) + Math.floor(other / 65_536)) >>> 0;
}
