import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { run } from '../../scripts/bench/powercut.ts';

const hasStrace = spawnSync('strace', ['--version']).status === 0;

describe('powercut', () => {
  it.skipIf(!hasStrace)(
    `keeps every promise and notices every broken variant${hasStrace ? '' : ' (skipped: strace is not installed)'}`,
    async () => {
      const figures = await run({ json: true, small: true, progress: () => {} });
      expect(figures).toMatchObject({ cuts: 60, violations: 0, firstViolation: null, mutants: 4, mutantsCaught: 4 });
    },
  );
});
