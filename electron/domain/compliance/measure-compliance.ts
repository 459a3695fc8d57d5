import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceReport } from '../../contract/compliance.ts';
import type { BrandVersionId } from '../../contract/identifiers.ts';
import type { ChannelFormat } from '../../contract/plan.ts';
import { checkContrast } from './contrast-check.ts';
import type { ComposedPixels } from './layout.ts';
import { checkLogo } from './logo-check.ts';
import { checkPalette } from './palette-check.ts';
import { checkSafeArea, checkTerms, checkTextFit } from './placement-checks.ts';

export type ComplianceInput = {
  readonly pixels: ComposedPixels;
  readonly kit: BrandKit;
  readonly format: ChannelFormat;
  readonly brandVersionId: BrandVersionId;
  /** Terms ruled out besides the brand's own, such as those of the brief. */
  readonly forbiddenTerms?: readonly string[];
  readonly measuredAtMs: number;
};

/** Holds a composed picture against its brand: six checks, each with number, threshold and reason. */
export function measureCompliance({
  pixels,
  kit,
  format,
  brandVersionId,
  forbiddenTerms = [],
  measuredAtMs,
}: ComplianceInput): ComplianceReport {
  const checks = [
    checkPalette(pixels.finished, kit.palette, kit.thresholds.paletteDistance),
    checkContrast(pixels.backdrop, pixels.layout, kit.thresholds.contrast),
    checkSafeArea(pixels.layout, format, kit.thresholds.safeArea),
    checkTextFit(pixels.layout),
    checkLogo(pixels),
    checkTerms(pixels.layout, [...kit.voice.neverSay, ...forbiddenTerms]),
  ].map((check) => ({ ...check, reason: check.reason.slice(0, 400) }));
  return { brandVersionId, passed: checks.every(({ passed }) => passed), checks, measuredAtMs };
}
