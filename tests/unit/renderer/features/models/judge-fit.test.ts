import { describe, expect, it } from 'vitest';
import { judgeFit } from '../../../../../renderer/features/models/judge-fit.ts';

const MIB = 1024 * 1024;
const ledger = {
  device: 'cpu',
  totalMiB: 1000,
  freeMiB: 500,
  reservations: [{ holder: 'image:starter-image', kind: 'image' as const, sizeMiB: 90 }],
};
const model = (sizeMiB: number, name = 'big') => ({ name, kind: 'image' as const, sizeBytes: sizeMiB * MIB });

describe('judgeFit', () => {
  it('compares weights and working memory with what is free and what there is', () => {
    expect([
      judgeFit(model(400), [ledger]).kind,
      judgeFit(model(500), [ledger]).kind,
      judgeFit(model(900), [ledger]).kind,
    ]).toEqual(['good', 'tight', 'tooLarge']);
  });
  it('says what a loaded model holds', () => {
    expect(judgeFit(model(400, 'starter-image'), [ledger])).toEqual({ kind: 'held', heldMiB: 90, totalMiB: 1000 });
  });
  it('does not guess before memory is known', () => {
    expect(judgeFit(model(1), [])).toEqual({ kind: 'unknown' });
  });
});
