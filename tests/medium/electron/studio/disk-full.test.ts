import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBatch } from '../../../../electron/studio/plan/control-batch.ts';
import { makePlan } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';

/** A small volume of its own, or why there is none. */
function mountVolume(size: string): { folder: string; unmount(): void } | string {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-volume-'));
  const run =
    process.platform === 'linux' ? spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]) : null;
  if (run?.status !== 0) {
    rmSync(folder, { recursive: true });
    return 'a small volume cannot be mounted here (that needs root on Linux)';
  }
  return {
    folder,
    unmount() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

it('a full disk makes the queue wait with a reason, fails nothing, and space brings it on by itself', async ({
  skip,
}) => {
  const volume = mountVolume('48m');
  if (typeof volume === 'string') return skip(volume);
  try {
    await using opened = await openTestStudio({ libraryFolder: join(volume.folder, 'library'), probeMs: 200 });
    const { context } = opened.studio;
    const { plan } = await makePlan(context, 12, { formatIds: ['square-post'] });
    const ballast = join(volume.folder, 'ballast');
    const { bavail, bsize } = statfsSync(volume.folder);
    writeFileSync(ballast, new Uint8Array(bavail * bsize - 1_500_000));
    const { id } = startBatch(context, plan.id, null, 'owner');
    const view = () => context.viewBatch(context.library.batches.get(id));
    const slow = { timeout: 20_000, interval: 20 };
    await expect.poll(() => view().waitingFor, slow).toContain('disk is full');
    expect(view()).toMatchObject({ state: 'running', failed: 0 });
    expect(view().done).toBeLessThan(12);
    rmSync(ballast);
    await expect.poll(() => view().state, slow).toBe('finished');
    expect(view()).toMatchObject({ done: 12, failed: 0, waitingFor: null });
    // Thumbnails come behind everything else; while one is being written it stands under a temporary name.
    const isSettled = () => context.library.thumbnails.missing(1).length === 0;
    await expect.poll(isSettled, slow).toBe(true);
    const report = await context.library.fsck({ read: 'all' });
    expect({ findings: report.findings, temporary: report.temporaryFiles }).toEqual({ findings: [], temporary: [] });
  } finally {
    volume.unmount();
  }
});
