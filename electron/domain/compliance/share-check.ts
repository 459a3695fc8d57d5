import type { PaletteColour } from '../../contract/brand.ts';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import { nameColour } from '../brand/colour-names.ts';
import type { PaletteFigures } from './palette-check.ts';

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

/** How far a share lies outside of what is allowed, as a share of the picture; negative inside. */
function measureExcess({ share: { min, max } }: PaletteColour, share: number): number {
  return Math.max(min - share, share - max);
}

const isLimited = ({ share: { min, max } }: PaletteColour) => min > 0 || max < 1;

/**
 * Holds the part of the picture that each brand colour fills against the share that the kit allows it. The score is what the worst colour has too much or lacks, as a share of
 * the picture; 0 when every colour keeps to its share.
 */
export function checkPaletteShare(
  { shares, locate }: Pick<PaletteFigures, 'shares' | 'locate'>,
  palette: readonly PaletteColour[],
): ComplianceCheck {
  const base = { name: 'palette-share', threshold: 0, unit: 'share', better: 'lower' } as const;
  const limited = palette
    .map((colour, index) => ({ colour, index, share: shares[index] ?? 0 }))
    .filter(({ colour }) => isLimited(colour))
    .toSorted((one, other) => measureExcess(other.colour, other.share) - measureExcess(one.colour, one.share));
  const [worst] = limited;
  if (!worst)
    return { ...base, score: 0, passed: true, reason: 'No colour of the brand has a share to keep to.', region: null };
  const { colour, index, share } = worst;
  const { min, max } = colour.share;
  const score = Math.max(0, Math.round(measureExcess(colour, share) * 10_000) / 10_000);
  if (score === 0)
    return {
      ...base,
      score,
      passed: true,
      reason: `Every colour keeps to its share; nearest to its limit is ${colour.name} with ${percent(share)} of the picture.`,
      region: null,
    };
  const isTooMuch = share > max;
  return {
    ...base,
    score,
    passed: false,
    reason: isTooMuch
      ? `${colour.name} fills ${percent(share)} of the picture; the brand allows at most ${percent(max)}. The marked area holds most of it.`
      : `${colour.name} fills ${percent(share)} of the picture; the brand asks for at least ${percent(min)}.`,
    region: isTooMuch ? locate(index) : null,
    ...(isTooMuch ? { culprit: nameColour(colour.hex) } : {}),
  };
}
