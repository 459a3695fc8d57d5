/** Numbers from -1 to 1 of the linear congruential generator that the scheduler cases were made with. */
export function drawLcg(seed: number, count: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  });
}
