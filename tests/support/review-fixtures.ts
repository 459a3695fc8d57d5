import { assetSummarySchema } from '../../electron/contract/asset.ts';
import type { AssetSummary } from '../../electron/contract/asset.ts';
import { assetIdSchema } from '../../electron/contract/identifiers.ts';
import type { AssetId } from '../../electron/contract/identifiers.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A valid id with a number in its last digits, so that ids of ascending numbers sort ascending. */
export function numberedId(number: number): string {
  let digits = '';
  for (let rest = number; rest > 0 || digits === ''; rest = Math.floor(rest / 32))
    digits = (alphabet[rest % 32] ?? '0') + digits;
  return digits.padStart(26, '0');
}

export function assetId(number: number): AssetId {
  return assetIdSchema.parse(numberedId(number));
}

export function assetIds(...numbers: number[]): AssetId[] {
  return numbers.map(assetId);
}

/** An unreviewed square picture without thumbnails; `changes` replace fields. */
export function assetSummary(number: number, changes: Partial<AssetSummary> = {}): AssetSummary {
  return assetSummarySchema.parse({
    medium: 'picture',
    origin: 'made',
    durationMs: null,
    pages: null,
    id: assetId(number),
    hash: number.toString(16).padStart(64, '0'),
    width: 1080,
    height: 1080,
    thumbnails: null,
    formatId: 'square-post',
    locale: 'en',
    headline: `Headline ${number}`,
    flag: 'none',
    stars: 0,
    status: 'unreviewed',
    compliant: true,
    failedChecks: [],
    judgedBy: { brandVersionId: numberedId(1), number: 1 },
    wasRemade: false,
    remake: null,
    createdAtMs: 1_700_000_000_000 + number,
    ...changes,
  });
}
