import { setImmediate } from 'node:timers/promises';

/** A linear classifier on frozen vectors: what a probe can read is what the vectors say plainly. */
export type Probe = { readonly classes: readonly string[]; readonly weights: Float64Array; readonly width: number };

const ROUNDS = 400;
const RATE = 1.5;
const MOMENTUM = 0.9;
const DECAY = 1e-4;
/** Unit vectors have small entries; this brings the logits into reach of few rounds. */
const SCALE = 8;

/** Softmax regression by gradient descent over all vectors at once; the same input gives the same probe. */
export async function fitProbe(vectors: readonly Float32Array[], labels: readonly string[]): Promise<Probe> {
  const classes = [...new Set(labels)].toSorted();
  const width = (vectors[0]?.length ?? 0) + 1;
  const targets = labels.map((label) => classes.indexOf(label));
  const weights = new Float64Array(classes.length * width);
  const speed = new Float64Array(weights.length);
  const gradient = new Float64Array(weights.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    // Engines are taken for dead when nobody listens to them for some seconds.
    await setImmediate();
    gradient.fill(0);
    for (const [row, vector] of vectors.entries()) {
      const shares = softmax(score({ classes, weights, width }, vector));
      for (const [index, part] of shares.entries())
        addRow(gradient, index * width, vector, (part - (index === targets[row] ? 1 : 0)) / vectors.length);
    }
    for (let at = 0; at < weights.length; at += 1) {
      speed[at] = MOMENTUM * (speed[at] ?? 0) - RATE * ((gradient[at] ?? 0) + DECAY * (weights[at] ?? 0));
      weights[at] = (weights[at] ?? 0) + (speed[at] ?? 0);
    }
  }
  return { classes, weights, width };
}

export function classify(probe: Probe, vector: Float32Array): string {
  const scores = score(probe, vector);
  return probe.classes[scores.indexOf(Math.max(...scores))] ?? '';
}

function score({ classes, weights, width }: Probe, vector: Float32Array): number[] {
  return classes.map((_, index) => {
    let sum = weights[index * width + width - 1] ?? 0;
    for (let at = 0; at < vector.length; at += 1) sum += SCALE * (vector[at] ?? 0) * (weights[index * width + at] ?? 0);
    return sum;
  });
}

function addRow(gradient: Float64Array, start: number, vector: Float32Array, factor: number): void {
  for (let at = 0; at < vector.length; at += 1)
    gradient[start + at] = (gradient[start + at] ?? 0) + SCALE * factor * (vector[at] ?? 0);
  const bias = start + vector.length;
  gradient[bias] = (gradient[bias] ?? 0) + factor;
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((value) => Math.exp(value - top));
  const sum = powers.reduce((all, value) => all + value, 0);
  return powers.map((value) => value / sum);
}
