import type { ComplianceCheck } from '../../contract/compliance.ts';
import { channelStep } from './layout.ts';
import type { JudgedPixels, LogoPlacement } from './layout.ts';

/** A pixel that differs this much from what is behind type and logo holds something that was put there. */
const INTRUDING_STEP = 48;
/** Fewer intruding pixels than this are dirt of an encoder. */
const LEAST_INTRUDERS = 6;
/** When more of the surroundings than this differ, the whole picture was recoloured, which is no intrusion. */
const RECOLOURED_SHARE = 0.6;

/** Distance in pixels from the logo's box to the nearest thing that stands in its clear space, as the delivered pixels show it; null when nothing does. */
export function measureIntrusion(
  { delivered, backdrop }: JudgedPixels,
  { box, clearSpacePx }: LogoPlacement,
): number | null {
  const reach = Math.floor(clearSpacePx);
  const left = Math.max(0, box.x - reach);
  const right = Math.min(delivered.width, box.x + box.width + reach);
  const bottom = Math.min(delivered.height, box.y + box.height + reach);
  const byDistance = new Uint32Array(reach + 1);
  let seen = 0;
  let intruders = 0;
  for (let y = Math.max(0, box.y - reach); y < bottom; y++) {
    const down = Math.max(0, box.y - y, y - (box.y + box.height - 1));
    for (let x = left; x < right; x++) {
      const distance = Math.max(down, box.x - x, x - (box.x + box.width - 1));
      if (distance <= 0) continue;
      seen++;
      if (channelStep(delivered.rgb, backdrop.rgb, (y * delivered.width + x) * 3) <= INTRUDING_STEP) continue;
      intruders++;
      byDistance[distance] = (byDistance[distance] ?? 0) + 1;
    }
  }
  if (intruders < LEAST_INTRUDERS || intruders > seen * RECOLOURED_SHARE) return null;
  let near = 0;
  for (let distance = 0; distance <= reach; distance++) {
    near += byDistance[distance] ?? 0;
    if (near >= LEAST_INTRUDERS) return distance - 1;
  }
  return null;
}

export function checkLogoSpace(pixels: JudgedPixels): ComplianceCheck {
  const { logo } = pixels.layout;
  const base = { name: 'logo-space', unit: 'px', better: 'higher' } as const;
  if (!logo)
    return { ...base, score: 0, threshold: 0, passed: true, reason: 'There is no logo to keep clear.', region: null };
  const intrusion = measureIntrusion(pixels, logo);
  const threshold = Math.floor(logo.clearSpacePx);
  const score = Math.floor(Math.min(logo.freeSpacePx, intrusion ?? logo.freeSpacePx));
  const passed = score >= threshold;
  return {
    ...base,
    score,
    threshold,
    passed,
    reason: passed
      ? `The logo has ${score} px of clear space; the brand asks for ${threshold} px.`
      : `Something stands ${Math.max(0, score)} px from the logo; the brand asks for ${threshold} px of clear space.`,
    region: passed
      ? null
      : {
          x: logo.box.x - threshold,
          y: logo.box.y - threshold,
          width: logo.box.width + 2 * threshold,
          height: logo.box.height + 2 * threshold,
        },
  };
}

export function checkLogoSize({ layout: { logo } }: JudgedPixels): ComplianceCheck {
  const base = { name: 'logo-size', unit: 'px', better: 'higher' } as const;
  if (!logo)
    return { ...base, score: 0, threshold: 0, passed: true, reason: 'There is no logo to measure.', region: null };
  const threshold = Math.floor(logo.minWidthPx);
  const passed = logo.box.width >= threshold;
  return {
    ...base,
    score: logo.box.width,
    threshold,
    passed,
    reason: `The logo is ${logo.box.width} px wide; the brand asks for ${threshold} px and more in this format.`,
    region: passed ? null : { ...logo.box },
  };
}
