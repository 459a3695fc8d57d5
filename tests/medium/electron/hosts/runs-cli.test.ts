import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../electron/library/database/clock.ts';
import { claimPicture } from '../../../../scripts/proof/picture-jobs.ts';
import { completeJobs, openTestLibrary, preparePlan } from '../../../support/library-fixtures.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'housestyle-runs-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '5', ...args, '--library', folder],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('housestyle runs', () => {
  it('lists work with what failed and what was healed, and shows why', { timeout: 60_000 }, async () => {
    const library = openTestLibrary(folder, { clock: systemClock });
    const plan = await preparePlan(library);
    const batch = library.batches.start(plan.planId, null, 'Mara');
    const error = { code: 'engine.failed', message: 'The net is torn.', data: { kind: 'image', reason: 'x' } } as const;
    for (const next of ['again', 'giveUp'] as const) {
      const job = claimPicture(library, { worker: 'w', leaseMs: 60_000 }) ?? expect.fail('no job');
      library.jobs.fail(job, { error, next, crashed: false });
      if (next === 'again') {
        const again = claimPicture(library, { worker: 'w', leaseMs: 60_000 }) ?? expect.fail('no job');
        library.jobs.fail(again, { error, next, crashed: false });
      }
    }
    await completeJobs(library);
    library.close();

    const { runs } = JSON.parse(run('runs', '--failed', '--json').stdout);
    expect(runs).toMatchObject([{ id: batch.id, kind: 'batch', failed: 1, askedBy: 'Mara', state: 'finished' }]);
    expect(JSON.parse(run('runs', 'list', '--open', '--json').stdout)).toEqual({ runs: [] });
    const shown = run('runs', 'show', batch.id);
    expect(shown.stdout + shown.stderr).toMatch(
      /failed\s+1 after \d tries at most: The net is torn\. \(engine\.failed\)/,
    );
    const unknown = run('runs', 'show', '0'.repeat(26));
    expect(unknown.status).not.toBe(0);
    expect(unknown.stderr).toContain('There is no run');
    expect(run('runs', 'show', 'x').stderr).toContain('is not the id of a run');
  });
});
