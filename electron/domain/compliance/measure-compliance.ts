import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceCheck, ComplianceReport } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import type { BrandVersionId } from '../../contract/identifiers.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import { checkBusyGround } from './busy-ground-check.ts';
import { checkContrast } from './contrast-check.ts';
import { checkRequiredTerms, checkTerms, checkVoice } from './copy-checks.ts';
import { checkFormat } from './format-check.ts';
import type { FileFacts } from './format-check.ts';
import type { ComposedPixels } from './layout.ts';
import { checkLogo } from './logo-check.ts';
import { checkLogoContrast } from './logo-contrast-check.ts';
import { checkLogoGround, checkLogoVariant } from './logo-ground-checks.ts';
import { checkLogoSize, checkLogoSpace } from './logo-placement-checks.ts';
import { checkOffPalette, checkPalette, measurePalette } from './palette-check.ts';
import { checkSafeArea, checkTextFit } from './placement-checks.ts';
import { checkPaletteShare } from './share-check.ts';

export type ComplianceInput = {
  readonly pixels: ComposedPixels;
  /** Pixels of the file as it is, where it may be another than was composed. */
  readonly delivered?: Raster;
  readonly kit: BrandKit;
  readonly format: ChannelFormat;
  readonly brandVersionId: BrandVersionId;
  /** Terms ruled out besides the brand's own, such as those of the brief. */
  readonly forbiddenTerms?: readonly string[];
  /** Lines that have to stand in the picture. */
  readonly requiredTerms?: readonly string[];
  readonly file?: Pick<FileFacts, 'bytes' | 'madeAt'>;
  readonly measuredAtMs: number;
};

/** Holds a composed picture against its brand. A file of another size than was composed is only held against what needs no places. */
export function measureCompliance(input: ComplianceInput): ComplianceReport {
  const { pixels, kit, format, brandVersionId, forbiddenTerms = [], requiredTerms = [], measuredAtMs } = input;
  const delivered = input.delivered ?? pixels.finished;
  const { width, height } = delivered;
  const isSameSize = width === pixels.finished.width && height === pixels.finished.height;
  const judged = { ...pixels, delivered: isSameSize ? delivered : pixels.finished };
  const { thresholds } = kit;
  const palette = measurePalette(delivered, kit.palette);
  return buildReport(brandVersionId, measuredAtMs, [
    checkPalette(palette, thresholds.paletteDistance),
    checkOffPalette(palette, thresholds.offPalette),
    checkPaletteShare(palette, kit.palette),
    checkContrast(judged, thresholds.contrast),
    checkBusyGround(judged),
    checkSafeArea(judged, format, thresholds.safeArea),
    checkTextFit(judged),
    checkLogo(judged),
    checkLogoContrast(judged, kit),
    checkLogoSpace(judged),
    checkLogoSize(judged),
    checkLogoVariant(judged, kit.logos),
    checkLogoGround(judged, kit.logos),
    checkTerms(pixels.layout, [...kit.voice.neverSay, ...forbiddenTerms]),
    checkRequiredTerms(pixels.layout, requiredTerms),
    checkVoice(pixels.layout, kit.voice, thresholds.readingLevel),
    checkFormat({ bytes: null, madeAt: null, ...input.file, width, height }, format, thresholds.enlargement),
  ]);
}

const MAX_REASON_CHARACTERS = 400;

/** A report that passes when all its checks do. */
function buildReport(
  brandVersionId: BrandVersionId,
  measuredAtMs: number,
  checks: readonly ComplianceCheck[],
): ComplianceReport {
  return {
    brandVersionId,
    passed: checks.every(({ passed }) => passed),
    checks: checks.map((check) => ({ ...check, reason: check.reason.slice(0, MAX_REASON_CHARACTERS) })),
    measuredAtMs,
  };
}

/** The report with checks that need more than the picture: its neighbours, or the vision engine. */
export function addChecks(report: ComplianceReport, checks: readonly ComplianceCheck[]): ComplianceReport {
  return buildReport(report.brandVersionId, report.measuredAtMs, [...report.checks, ...checks]);
}
