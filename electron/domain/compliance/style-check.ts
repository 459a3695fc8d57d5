import { USUAL_STYLE_DISTANCE } from '../../contract/brand.ts';
import type { ComplianceCheck } from '../../contract/compliance.ts';

/** Vectors of unit length of the parts of one picture, as the vision engine sees them. */
export type StyleParts = readonly Float32Array[];

/** One style reference: its parts as they are, and those of all its views, turned and mirrored. */
export type StyleReference = { readonly parts: StyleParts; readonly views: StyleParts };

/** What the pictures of a brand are held against. `reach` is null where there are too few references to know it. */
export type StyleMeasure = { readonly references: readonly StyleReference[]; readonly reach: number | null };

/** From so many references on it is known how far pictures of the brand lie from each other. */
export const LEAST_REFERENCES = 4;
/** A part is like the brand when it is like two of its references; one alone may be near by chance. */
const NEAREST_REFERENCES = 2;
/** As many parts of a picture have to be like the brand: the others may hold what no reference shows. */
const NEAREST_PARTS = 2;
/** Standard deviations above the mean of the references' own distances that still are the brand's. */
const REACH_DEVIATIONS = 1.5;
/** Below this distance every encoder sees the same picture; keeps references that are copies of each other from failing everything. */
const LEAST_REACH = 0.02;

function measureCosine(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function averageLowest(values: readonly number[], count: number): number {
  const lowest = values.toSorted((one, other) => one - other).slice(0, count);
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}

/**
 * Cosine distance, 0 to 2, of the two parts of a picture that are most like the brand, each to the nearest views of the two references nearest to it; null without
 * references or parts. A brand's references differ from each other on purpose: what stands in one part of a picture is looked for anywhere in any of them.
 */
export function measureStyleDistance(parts: StyleParts, references: readonly StyleReference[]): number | null {
  if (references.length === 0 || parts.length === 0) return null;
  const distances = parts.map((part) =>
    averageLowest(
      references.map(({ views }) => 1 - Math.max(...views.map((view) => measureCosine(part, view)))),
      NEAREST_REFERENCES,
    ),
  );
  return averageLowest(distances, NEAREST_PARTS);
}

/**
 * Holds every reference against the others, as a picture is held against all of them. How far they lie apart is how far a picture may lie from them in the eyes of the same
 * encoder, so that no encoder needs limits of its own.
 */
export function measureStyle(references: readonly StyleReference[]): StyleMeasure {
  if (references.length < LEAST_REFERENCES) return { references, reach: null };
  const own = references.map(
    (reference) =>
      measureStyleDistance(
        reference.parts,
        references.filter((other) => other !== reference),
      ) ?? 0,
  );
  const mean = own.reduce((sum, distance) => sum + distance, 0) / own.length;
  const spread = Math.sqrt(own.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / own.length);
  return { references, reach: Math.max(LEAST_REACH, mean + REACH_DEVIATIONS * spread) };
}

/**
 * How far a picture is from the brand's style references in the eyes of the vision encoder. The score is scaled so that a kit's usual limit is the reach of the references,
 * whatever the encoder. With too few references nothing is judged, and the check passes and says so.
 */
export function checkStyle(parts: StyleParts, { references, reach }: StyleMeasure, threshold: number): ComplianceCheck {
  const distance = measureStyleDistance(parts, references);
  const judged = distance !== null && reach !== null;
  const score = judged ? Math.round((distance / reach) * USUAL_STYLE_DISTANCE * 1000) / 1000 : 0;
  const passed = score <= threshold;
  return {
    name: 'style',
    score,
    threshold,
    unit: 'distance',
    better: 'lower',
    passed,
    reason: describeStyle(references.length, judged ? distance / reach : null, passed),
    region: null,
  };
}

function describeStyle(references: number, share: number | null, passed: boolean): string {
  if (references === 0) return 'The brand has no style references to compare with.';
  if (share === null)
    return `Not judged: the brand has ${references} style reference${references === 1 ? '' : 's'}. From ${LEAST_REFERENCES} on it shows how far its pictures may differ.`;
  const far = `The picture lies ${share.toFixed(2)} times as far from the style references as these may lie from each other`;
  return passed ? `${far}.` : `${far}: it looks unlike the brand.`;
}
