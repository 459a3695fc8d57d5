import { expect, it } from 'vitest';
import { run } from '../../scripts/bench/powercut.ts';
import { describeWithStrace } from '../support/needs.ts';

describeWithStrace('powercut', () => {
  it('keeps every promise and notices every broken variant', async () => {
    const figures = await run({ json: true, small: true, progress: () => {} });
    expect(figures).toMatchObject({ cuts: 90, violations: 0, firstViolation: null, mutants: 4, mutantsCaught: 4 });
  });
});
