import type { ComplianceCheck } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { toLab } from '../brand/colour-space.ts';

/** A fingerprint holds the mean colour of this many fields on each edge. Finer fields lost cropped copies, coarser ones brought strangers close. */
const FIELDS = 8;
/** CIE lightness runs to 100, the colour axes to about 128 on either side. */
const toByte = (lab: number, axis: number) =>
  Math.max(0, Math.min(255, Math.round(axis === 0 ? lab * 2.55 : lab + 128)));

/** Bytes of a fingerprint: three CIE L*a*b* values for each field, row by row. */
export const FINGERPRINT_BYTES: number = FIELDS * FIELDS * 3;

/** A picture made so small that only what the eye remembers is left: light and colour of a few fields. Grain, sharpness, size and small marks vanish. */
export function fingerprintPicture({ width, height, rgb }: Raster): Uint8Array<ArrayBuffer> {
  const fingerprint = new Uint8Array(FINGERPRINT_BYTES);
  for (let row = 0; row < FIELDS; row++) {
    const top = Math.floor((row * height) / FIELDS);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / FIELDS));
    for (let column = 0; column < FIELDS; column++) {
      const left = Math.floor((column * width) / FIELDS);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / FIELDS));
      let [red, green, blue] = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        for (let x = left, at = (y * width + left) * 3; x < right; x++, at += 3) {
          red += rgb[at] ?? 0;
          green += rgb[at + 1] ?? 0;
          blue += rgb[at + 2] ?? 0;
        }
      }
      const count = (bottom - top) * (right - left);
      const lab = toLab([red / count, green / count, blue / count].map(Math.round) as [number, number, number]);
      for (let axis = 0; axis < 3; axis++)
        fingerprint[(row * FIELDS + column) * 3 + axis] = toByte(lab[axis] ?? 0, axis);
    }
  }
  return fingerprint;
}

/** Root mean square deviation of the fields from the mean of each axis that a picture usually has, and the least that is counted on, in steps of a byte. */
const USUAL_CONTRAST = 24;
const LEAST_CONTRAST = 16;

/** How much the fields of a picture differ among themselves. */
function measureFieldContrast(fingerprint: Uint8Array): number {
  const fields = FINGERPRINT_BYTES / 3;
  let sum = 0;
  for (let axis = 0; axis < 3; axis++) {
    let mean = 0;
    for (let at = axis; at < FINGERPRINT_BYTES; at += 3) mean += (fingerprint[at] ?? 0) / fields;
    for (let at = axis; at < FINGERPRINT_BYTES; at += 3) sum += ((fingerprint[at] ?? 0) - mean) ** 2;
  }
  return Math.sqrt(sum / FINGERPRINT_BYTES);
}

/**
 * Distance of two fingerprints, 0 (the same) to 1: the root mean square, scaled by the contrast of the calmer picture. The fields of two calm pictures are near each other
 * however different they are, and a crop moves the fields of a glaring one far.
 */
export function compareFingerprints(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < FINGERPRINT_BYTES; at++) sum += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2;
  if (sum === 0) return 0;
  const contrast = Math.max(LEAST_CONTRAST, Math.min(measureFieldContrast(one), measureFieldContrast(other)));
  return Math.min(1, ((Math.sqrt(sum / FINGERPRINT_BYTES) / 255) * USUAL_CONTRAST) / contrast);
}

/** Another picture that a new one must not repeat. `name` says in words which it is. */
export type KnownPicture = { readonly name: string; readonly fingerprint: Uint8Array };

/** Holds a picture against the rest of its batch and the approved set. */
export function checkSameness(
  fingerprint: Uint8Array,
  known: readonly KnownPicture[],
  threshold: number,
): ComplianceCheck {
  let nearest: { name: string; distance: number } | null = null;
  for (const { name, fingerprint: other } of known) {
    const distance = compareFingerprints(fingerprint, other);
    if (nearest === null || distance < nearest.distance) nearest = { name, distance };
  }
  const score = nearest === null ? 1 : Math.round(nearest.distance * 10_000) / 10_000;
  const passed = score >= threshold;
  return {
    name: 'sameness',
    score,
    threshold,
    unit: 'distance',
    better: 'higher',
    passed,
    reason:
      nearest === null
        ? 'There is no other picture to compare with yet.'
        : passed
          ? `The most similar picture is ${nearest.name}, and clearly another.`
          : `The picture is nearly the same as ${nearest.name}.`,
    region: null,
  };
}
