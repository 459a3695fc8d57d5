import type { ComplianceCheck } from '../../contract/compliance.ts';
import type { ChannelFormat } from '../../contract/format.ts';

const MIB = 1024 * 1024;
/** What is known of a file besides its pixels; null where it is not known. */
export type FileFacts = {
  readonly width: number;
  readonly height: number;
  readonly bytes: number | null;
  /** Size in pixels at which the model made the picture. */
  readonly madeAt: { readonly width: number; readonly height: number } | null;
};

/** How many times as large as it was made a picture is shown when it fills a format. */
export function measureEnlargement(
  format: Pick<ChannelFormat, 'width' | 'height'>,
  madeAt: { readonly width: number; readonly height: number },
): number {
  return Math.max(format.width / madeAt.width, format.height / madeAt.height);
}

/** Counts the limits of the channel format that a file breaks: its size in pixels, its size in bytes, and how far the picture was enlarged. */
export function checkFormat(file: FileFacts, format: ChannelFormat, maxEnlargement: number): ComplianceCheck {
  const enlargement = file.madeAt === null ? null : measureEnlargement(format, file.madeAt);
  const limit = format.maxBytes;
  const problems = [
    file.width === format.width && file.height === format.height
      ? null
      : `it is ${file.width} x ${file.height} px and has to be ${format.width} x ${format.height} px`,
    file.bytes !== null && file.bytes > limit
      ? `it takes ${(file.bytes / MIB).toFixed(1)} MiB and may take ${(limit / MIB).toFixed(0)} MiB`
      : null,
    enlargement !== null && enlargement > maxEnlargement
      ? `the picture is enlarged ${enlargement.toFixed(1)} times and may be ${maxEnlargement} times`
      : null,
  ].filter((problem) => problem !== null);
  const made = enlargement === null ? '' : `, enlarged ${enlargement.toFixed(1)} times`;
  return {
    name: 'format',
    score: problems.length,
    threshold: 0,
    unit: 'limits broken',
    better: 'lower',
    passed: problems.length === 0,
    reason:
      problems.length === 0
        ? `The file keeps to ${format.name.toLowerCase()}: ${file.width} x ${file.height} px${made}.`
        : `For ${format.name.toLowerCase()}: ${problems.join('; ')}.`,
    region: null,
  };
}
