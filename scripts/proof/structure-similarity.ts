const WINDOW = 8;
const STRIDE = 4;
/** (0.01 * 255)^2 and (0.03 * 255)^2: keep flat areas from dividing by nothing. */
const MEAN_FLOOR = 6.5025;
const SPREAD_FLOOR = 58.5225;

/** Mean structural similarity (Wang et al. 2004) of two planes of 0..255, over windows of 8 x 8: 1 is the same, 0 unrelated. */
export function compareStructure(first: Float32Array, second: Float32Array, width: number): number {
  const height = first.length / width;
  let [sum, windows] = [0, 0];
  for (let top = 0; top + WINDOW <= height; top += STRIDE) {
    for (let left = 0; left + WINDOW <= width; left += STRIDE) {
      sum += compareWindow(first, second, width, top, left);
      windows += 1;
    }
  }
  return sum / windows;
}

function compareWindow(first: Float32Array, second: Float32Array, width: number, top: number, left: number): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + WINDOW; y += 1) {
    for (let x = left; x < left + WINDOW; x += 1) {
      const [a, b] = [first[y * width + x] ?? 0, second[y * width + x] ?? 0];
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
  }
  const count = WINDOW * WINDOW;
  const [meanA, meanB] = [sumA / count, sumB / count];
  const [spreadA, spreadB] = [squaresA / count - meanA ** 2, squaresB / count - meanB ** 2];
  const shared = products / count - meanA * meanB;
  const likeness = (2 * meanA * meanB + MEAN_FLOOR) * (2 * shared + SPREAD_FLOOR);
  return likeness / ((meanA ** 2 + meanB ** 2 + MEAN_FLOOR) * (spreadA + spreadB + SPREAD_FLOOR));
}

/** Rec. 709 luma of interleaved RGB bytes. */
export function toLuminances(rgb: Uint8Array): Float32Array {
  return Float32Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(pixel * 3, pixel * 3 + 3);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
}
