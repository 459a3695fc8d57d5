import type { ComplianceCheck } from '../../contract/compliance.ts';

/** Cosine of two unit vectors. */
function cosine(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/**
 * Mean cosine distance to the references, 0 to 2; null without references. Vectors have unit length, as the vision engine gives them. The mean tells styles apart better than
 * the nearest reference, which one chance likeness decides.
 */
export function measureStyleDistance(picture: Float32Array, references: readonly Float32Array[]): number | null {
  if (references.length === 0) return null;
  return references.reduce((sum, reference) => sum + 1 - cosine(picture, reference), 0) / references.length;
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
        : `The mean distance to the style references is ${score.toFixed(2)}${passed ? '' : `, more than ${threshold}: the picture looks unlike the brand`}.`,
    region: null,
  };
}
