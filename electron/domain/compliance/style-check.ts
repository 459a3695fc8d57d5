import type { ComplianceCheck } from '../../contract/compliance.ts';

/** Cosine of two unit vectors. */
function cosine(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/**
 * Cosine distance to the nearest reference, 0 to 2; null without references. Vectors have unit length, as the vision engine gives them. A brand's
 * references differ from each other on purpose; the mean over them sets pictures of the brand hardly apart from others.
 */
export function measureStyleDistance(picture: Float32Array, references: readonly Float32Array[]): number | null {
  if (references.length === 0) return null;
  return Math.min(...references.map((reference) => 1 - cosine(picture, reference)));
}

/** How far the picture is from the brand's style references in the eyes of the vision encoder. */
export function checkStyle(
  picture: Float32Array,
  references: readonly Float32Array[],
  threshold: number,
): ComplianceCheck {
  const distance = measureStyleDistance(picture, references);
  const score = Math.round((distance ?? 0) * 1000) / 1000;
  const passed = score <= threshold;
  return {
    name: 'style',
    score,
    threshold,
    unit: 'distance',
    better: 'lower',
    passed,
    reason:
      distance === null
        ? 'The brand has no style references to compare with.'
        : `The distance to the nearest style reference is ${score.toFixed(2)}${passed ? '' : `, more than ${threshold}: the picture looks unlike the brand`}.`,
    region: null,
  };
}
