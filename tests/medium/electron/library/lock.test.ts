import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestFolder, makeBriefText, openTestLibrary } from '../../../support/library-fixtures.ts';
import { claimPicture } from '../../../../scripts/proof/picture-jobs.ts';

const owner = join(import.meta.dirname, '../../../support/hold-library.ts');

/** Another process that opens the library, says so and waits. */
async function startOwner(folder: string) {
  const child = spawn(process.execPath, [owner, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  return { child, said: String(said).trim() };
}

async function kill(child: ReturnType<typeof spawn>): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('two processes and one library', () => {
  it('lets one write and tells the other who does', async () => {
    using folder = createTestFolder();
    const { child, said } = await startOwner(folder.path);
    try {
      expect(said).toMatch(/^opened/);
      const startedMs = performance.now();
      expect(() => openTestLibrary(folder.path)).toThrow(
        expect.objectContaining({
          code: 'library.locked',
          data: { owner: expect.stringContaining(`process ${child.pid} on `) },
        }),
      );
      expect(performance.now() - startedMs).toBeLessThan(5000);
      const second = await startOwner(folder.path);
      expect(second.said).toBe('library.locked');
      await kill(second.child);
    } finally {
      await kill(child);
    }
  });

  it('opens at once after the owner was killed, with everything that was acknowledged and nothing in hand', async () => {
    using folder = createTestFolder();
    const { child, said } = await startOwner(folder.path);
    const [, briefId, jobId] = said.split(' ');
    await kill(child);
    using library = openTestLibrary(folder.path, { idStart: 1_000_000 });
    expect(library.briefs.list().map(({ id }) => id)).toContain(briefId);
    const [batch] = library.batches.listOpen();
    expect(batch).toMatchObject({ state: 'running', total: 8, waiting: 8, running: 0 });
    const again = claimPicture(library, { worker: 'next', leaseMs: 1000 });
    expect(again).toMatchObject({ jobId, token: 2, attempt: 2, crashes: 1 });
    expect((await library.fsck({ read: 'all' })).findings).toEqual([]);
  });

  it('does not take the library from an owner that was stopped', async () => {
    using folder = createTestFolder();
    const { child } = await startOwner(folder.path);
    try {
      child.kill('SIGSTOP');
      expect(() => openTestLibrary(folder.path)).toThrow(expect.objectContaining({ code: 'library.locked' }));
    } finally {
      await kill(child);
    }
    using library = openTestLibrary(folder.path, { idStart: 1_000_000 });
    expect(library.briefs.create(makeBriefText()).fields.product).toBe('Oat milk');
  });

  it('does not let a second one in when somebody deletes the lock file under the first', async () => {
    using folder = createTestFolder();
    const { child } = await startOwner(folder.path);
    try {
      rmSync(join(folder.path, 'library.lock'));
      expect(() => openTestLibrary(folder.path)).toThrow(
        expect.objectContaining({
          code: 'library.locked',
          message: expect.stringContaining('library.lock was deleted'),
          data: { owner: expect.stringContaining(`process ${child.pid} on `) },
        }),
      );
    } finally {
      await kill(child);
    }
    // What a killed owner leaves behind keeps nobody out.
    using library = openTestLibrary(folder.path, { idStart: 1_000_000 });
    expect(library.briefs.create(makeBriefText()).fields.product).toBe('Oat milk');
  });

  it('takes a deleted lock anew before the next write, and stops writing where another one has taken it', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    const lock = join(folder.path, 'library.lock');
    rmSync(lock);
    library.settings.set('mine', 'still');
    expect((await startOwner(folder.path)).said).toBe('library.locked');

    // Another machine on a shared folder sees neither our process nor our lock.
    rmSync(lock);
    rmSync(join(folder.path, 'owner.json'));
    const { child, said } = await startOwner(folder.path);
    try {
      expect(said).toMatch(/^opened/);
      expect(() => library.settings.set('mine', 'lost')).toThrow(expect.objectContaining({ code: 'library.locked' }));
      expect(library.settings.get('mine')).toBe('still');
    } finally {
      await kill(child);
    }
  });

  it.skipIf(process.platform === 'win32')('makes folders that nobody else on the machine can read', () => {
    using folder = createTestFolder();
    const path = join(folder.path, 'new');
    openTestLibrary(path).close();
    const modes = ['', 'objects', 'objects/00', 'backups', 'bin', 'incoming'].map(
      (name) => statSync(join(path, name)).mode & 0o777,
    );
    expect(modes).toEqual(modes.map(() => 0o700));
  });
});
