import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestFolder, makeBriefText, openTestLibrary } from '../../../../support/library-fixtures.ts';
import { canMount } from '../../../../support/needs.ts';

const script = join(import.meta.dirname, '../../../../support/read-protected.ts');

/** Opens the library in a process to which its folder is mounted without the right to write; temporary files lie in `scratch`. */
function openProtected(folder: string, scratch: string) {
  const command = `mount --bind '${folder}' '${folder}' && mount -o remount,ro,bind '${folder}' && exec '${process.execPath}' --disable-warning=ExperimentalWarning '${script}' '${folder}'`;
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', command], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: scratch },
  });
  return { result: stdout.trim() === '' ? null : JSON.parse(stdout), stderr };
}

describe.skipIf(!canMount)('a library on a medium that cannot be written', () => {
  it.each([['closed'], ['left by a kill, with work in its journal']])('opens for reading when it was %s', (how) => {
    using folder = createTestFolder();
    const scratch = mkdtempSync(join(tmpdir(), 'housestyle-scratch-'));
    try {
      const library = openTestLibrary(folder.path);
      const brief = library.briefs.create(makeBriefText());
      // A copy of an open library is what a kill leaves.
      const path = join(folder.path, '..', `${how === 'closed' ? 'c' : 'k'}-${process.pid}-protected`);
      if (how === 'closed') library.close();
      try {
        spawnSync('cp', ['-a', folder.path, path]);
        const { result, stderr } = openProtected(path, scratch);
        expect(stderr).toBe('');
        expect(result).toEqual({
          briefs: [brief.id],
          readOnly: { reason: 'the folder or its volume is write-protected', tooNew: null },
          refused: 'library.readOnly',
          ok: true,
        });
        expect(readdirSync(scratch)).toEqual([]);
      } finally {
        rmSync(path, { recursive: true, force: true });
        library.close();
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});
