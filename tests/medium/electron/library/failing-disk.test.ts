import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { acknowledgementSchema } from '../../../../scripts/bench/powercut/acknowledgement.ts';
import { checkImage } from '../../../../scripts/bench/powercut/check-image.ts';
import { createTestFolder } from '../../../support/library-fixtures.ts';
import { describeWithStrace } from '../../../support/needs.ts';

const workload = join(import.meta.dirname, '../../../../scripts/bench/powercut/workload.ts');

/** Runs real work in which one system call fails, and returns what it acknowledged before it ended. */
function runWithFailure(folder: string, call: string, error: string, when: number) {
  const child = spawnSync(
    'strace',
    [
      '-f',
      '-qq',
      '-e',
      `trace=${call}`,
      '-e',
      `inject=${call}:error=${error}:when=${when}`,
      '-o',
      '/dev/null',
      process.execPath,
      workload,
      folder,
      'batch',
      'sound',
      '8',
    ],
    { env: { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1' }, encoding: 'utf8' },
  );
  const acknowledged = child.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => acknowledgementSchema.parse(JSON.parse(line)));
  return { status: child.status, stderr: child.stderr, acknowledged };
}

describeWithStrace('a disk that fails once', () => {
  it.each([
    ['fsync', 'EIO', 3],
    ['fsync', 'EIO', 10],
    ['fsync', 'EIO', 14],
    ['fsync', 'EIO', 21],
    ['fsync', 'ENOSPC', 17],
    ['pwrite64', 'ENOSPC', 60],
    ['pwrite64', 'EIO', 150],
    ['rename', 'EACCES', 3],
    ['rename', 'EIO', 4],
  ])('keeps what was acknowledged when %s fails with %s at call %i', async (call, error, when) => {
    using folder = createTestFolder();
    const path = join(folder.path, 'library');
    const { status, stderr, acknowledged } = runWithFailure(path, call, error, when);
    expect(status, stderr).toBe(1);
    expect(stderr).toMatch(/library\.(damaged|diskFull|readOnly)|EIO|EACCES/);
    expect(await checkImage(path, acknowledged)).toEqual([]);
  });
});
