import { describe, expect, it } from 'vitest';
import { searchHitSchema } from '../../../../../electron/contract/system.ts';
import { destinationOfHit } from '../../../../../renderer/app/frame/destination-of-hit.ts';

const id = '0'.repeat(25) + '7';
const brief = '0'.repeat(25) + '1';
const hit = (kind: string, more: object) =>
  searchHitSchema.parse({ kind, id, briefId: null, assetId: null, title: 't', excerpt: '', ...more });

describe('destinationOfHit', () => {
  it('leads to the screen where each kind can be seen', () => {
    expect(destinationOfHit(hit('brief', { briefId: brief }))).toEqual({ screen: 'ideate', parts: [brief] });
    expect(destinationOfHit(hit('concept', { briefId: brief }))).toEqual({
      screen: 'ideate',
      parts: [brief],
      parameters: { card: id },
    });
    expect(destinationOfHit(hit('asset', { assetId: id }))).toEqual({ screen: 'review', parameters: { asset: id } });
    expect(destinationOfHit(hit('brand', {}))).toEqual({ screen: 'brand', parts: [id] });
  });
});
