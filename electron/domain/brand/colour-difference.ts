import type { Lab } from './colour-space.ts';

const DEGREE = Math.PI / 180;
const POWER_25_7 = 25 ** 7;

/** Hue angle in degrees, 0 to 360; 0 for a colour without hue. */
function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const angle = Math.atan2(b, a) / DEGREE;
  return angle < 0 ? angle + 360 : angle;
}

function meanHue(one: number, other: number, chromaProduct: number): number {
  if (chromaProduct === 0) return one + other;
  if (Math.abs(one - other) <= 180) return (one + other) / 2;
  return one + other < 360 ? (one + other + 360) / 2 : (one + other - 360) / 2;
}

function hueStep(one: number, other: number, chromaProduct: number): number {
  if (chromaProduct === 0) return 0;
  const step = other - one;
  if (step > 180) return step - 360;
  return step < -180 ? step + 360 : step;
}

/**
 * CIEDE2000 colour difference with all weights 1; about 1 is just noticeable.
 * Equations 2 to 22 of Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", Color Research and Application 30 (2005).
 */
export function measureColourDifference([lightness1, a1, b1]: Lab, [lightness2, a2, b2]: Lab): number {
  const meanChroma7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(meanChroma7 / (meanChroma7 + POWER_25_7));
  const chroma1 = Math.hypot(a1 * stretch, b1);
  const chroma2 = Math.hypot(a2 * stretch, b2);
  const hue1 = hueOf(a1 * stretch, b1);
  const hue2 = hueOf(a2 * stretch, b2);
  const product = chroma1 * chroma2;
  const hueTerm = 2 * Math.sqrt(product) * Math.sin((hueStep(hue1, hue2, product) / 2) * DEGREE);

  const hue = meanHue(hue1, hue2, product);
  const lightness = (lightness1 + lightness2) / 2;
  const chroma = (chroma1 + chroma2) / 2;
  const weight =
    1 -
    0.17 * Math.cos((hue - 30) * DEGREE) +
    0.24 * Math.cos(2 * hue * DEGREE) +
    0.32 * Math.cos((3 * hue + 6) * DEGREE) -
    0.2 * Math.cos((4 * hue - 63) * DEGREE);
  const chroma7 = chroma ** 7;
  const turn =
    -2 * Math.sqrt(chroma7 / (chroma7 + POWER_25_7)) * Math.sin(60 * Math.exp(-(((hue - 275) / 25) ** 2)) * DEGREE);
  const fromMiddle = (lightness - 50) ** 2;

  const lightnessPart = (lightness2 - lightness1) / (1 + (0.015 * fromMiddle) / Math.sqrt(20 + fromMiddle));
  const chromaPart = (chroma2 - chroma1) / (1 + 0.045 * chroma);
  const huePart = hueTerm / (1 + 0.015 * chroma * weight);
  return Math.sqrt(lightnessPart ** 2 + chromaPart ** 2 + huePart ** 2 + turn * chromaPart * huePart);
}
