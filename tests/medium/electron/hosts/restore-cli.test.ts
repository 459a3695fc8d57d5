import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyDatabase } from '../../../../electron/library/folder/backups.ts';
import { completeJobs, openTestLibrary, preparePlan } from '../../../support/library-fixtures.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-restore-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '5', 'fsck', ...args, '--library', folder],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

it(
  'says how a damaged library is mended, mends it, and names a damaged picture and its campaign',
  { timeout: 60_000 },
  async () => {
    const library = openTestLibrary(folder);
    const plan = await preparePlan(library);
    library.batches.start(plan.planId, null, 'owner');
    const made = await completeJobs(library);
    const [picture] = library.assets.summaries(made);
    const campaign = library.briefs.get(plan.briefId).fields.name;
    library.close();
    copyDatabase(folder, Date.now());
    expect(run('--restore').stderr).toContain('The database is sound, so nothing is put back.');

    const file = join(folder, 'library.db');
    writeFileSync(file, readFileSync(file).fill(0xff, 0, 200));
    const broken = run();
    expect(broken.status).not.toBe(0);
    expect(broken.stderr).toContain('housestyle fsck --restore');

    const hash = String(picture?.hash);
    writeFileSync(join(folder, 'objects', hash.slice(0, 2), hash.slice(2)), new Uint8Array(3000));
    const mended = run('--restore');
    expect(mended.stdout).toMatch(/put back +library-day-/);
    expect(mended.stderr).toContain(`the picture "${picture?.headline}" (${picture?.id}) of ${campaign}: its file`);
    expect(mended.stderr).toContain('make it again');
  },
);
