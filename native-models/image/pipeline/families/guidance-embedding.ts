/** Sines then cosines of 1000 (guidance - 1), as latent consistency models were taught (Luo et al. 2023, appendix). */
export function embedGuidance(guidance: number, length: number): Float32Array {
  const half = Math.floor(length / 2);
  const embedding = new Float32Array(length);
  for (let index = 0; index < half; index += 1) {
    const angle = (guidance - 1) * 1000 * Math.exp((-Math.log(10_000) * index) / (half - 1));
    embedding[index] = Math.sin(angle);
    embedding[half + index] = Math.cos(angle);
  }
  return embedding;
}
