import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { demandsAll } from '../../scripts/demands-all.ts';
import { findBrowser } from '../../scripts/find-browser.ts';
import { findCommand } from '../../scripts/system-packages.ts';

/** Skipped on a machine without a browser, where `npm test` could get none either and said why. Where all is demanded, the tests run and fail. */
export const describeWithBrowser: ReturnType<typeof describe.skipIf> = describe.skipIf(
  !demandsAll() && findBrowser().kind === 'absent',
);

/** Likewise for a folder that cannot be written, which only a mount gives to root. */
export const canMount: boolean =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-m', 'sh', '-c', 'mount --bind /tmp /tmp && mount -o remount,ro,bind /tmp']).status === 0;

/** Likewise for strace, which is the system's to give. */
export const describeWithStrace: ReturnType<typeof describe.skipIf> = describe.skipIf(
  !demandsAll() && findCommand('strace') === null,
);
