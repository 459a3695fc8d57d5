import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../electron/library/database/clock.ts';
import { completeJobs, openTestLibrary, preparePlan } from '../../../support/library-fixtures.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');
const slow = { timeout: 60_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-bin-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '5', ...args, '--library', folder, '--json'],
    { encoding: 'utf8' },
  );
  return { status, result: stdout.trim() === '' ? null : JSON.parse(stdout), stderr };
}

describe('housestyle bin', () => {
  it('lists, puts back one thing and all, and deletes for good', slow, async () => {
    const library = openTestLibrary(folder, { clock: systemClock });
    const plan = await preparePlan(library);
    library.batches.start(plan.planId, null, 'owner');
    const made = await completeJobs(library);
    library.assets.bin(made.slice(0, 4));
    library.close();

    expect(run('bin').result).toMatchObject({ assets: 4, deliverables: 0, bytes: 12_000 });
    expect(run('bin', 'restore', String(made[0])).result).toEqual({ restored: 1 });
    const listed = run('bin', 'list').result.items.map((item: { id: string }) => item.id);
    expect(new Set(listed)).toEqual(new Set(made.slice(1, 4)));

    const wrong = run('bin', 'restore', String(made[1]), String(made[0]));
    expect(wrong.status).not.toBe(0);
    expect(wrong.stderr + JSON.stringify(wrong.result)).toContain(`Nothing with the id ${made[0]} lies in the bin`);
    expect(run('bin').result.assets).toBe(3);
    expect(run('bin', 'restore').status).not.toBe(0);

    expect(run('bin', 'empty', '--older-than', '1').result).toMatchObject({ assets: 0, left: { assets: 3 } });
    expect(run('bin', 'empty').result).toMatchObject({ assets: 3, objects: 3, left: { assets: 0 } });
    expect(run('bin', 'restore', '--all').result).toEqual({ restored: 0 });
    expect(run('fsck').result).toMatchObject({ ok: true });
  });
});
