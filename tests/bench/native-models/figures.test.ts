import { describe, expect, it } from 'vitest';
import { run as runImage } from '../../../scripts/bench/image.ts';
import { run as runPalette } from '../../../scripts/bench/palette.ts';
import { run as runText } from '../../../scripts/bench/text.ts';

const SMALL = { json: true, small: true, progress: () => {} };

/** Shapes and what cannot be otherwise; speed belongs to a quiet machine. */
describe('benches of the models', () => {
  it('image: the pipeline costs no less than its networks, and draws what the reference draws where there is one', async () => {
    const figures = await runImage(SMALL);
    expect(figures['overBare']).toBeGreaterThanOrEqual(1);
    if (figures['overReference'] === null) expect(figures['why']).toEqual(expect.any(String));
    else expect(figures['ssimMin']).toBeGreaterThanOrEqual(0.999);
  });

  it('palette: guidance brings pictures nearer and leaves their shapes', async () => {
    const figures = await runPalette(SMALL);
    expect(figures['deltaEReduction']).toBeGreaterThan(0.2);
    expect(figures['structureSsim']).toBeGreaterThan(0.6);
  });

  it('text: tokens come through the protocol', async () => {
    const figures = await runText(SMALL);
    expect(figures['tokensPerSecond']).toBeGreaterThan(0);
    expect(figures['throughContract']).toBeGreaterThan(0);
    expect(figures['firstTokenMs']).toBeGreaterThan(0);
  });
});
