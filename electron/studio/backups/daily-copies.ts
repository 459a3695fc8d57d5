import type { Copy } from '../../library/folder/backups.ts';
import { listCopies } from '../../library/folder/backups.ts';
import type { Clock } from '../../library/database/clock.ts';
import { libraryPaths } from '../../library/folder/library-folder.ts';
import { createWorkerThread, findWorkerScript } from '../threads/worker-thread.ts';
import type { CopyQuestion } from './copy-worker.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
/** What opens a library only to look is gone by then. */
const FIRST_LOOK_MS = 20_000;

export type DailyCopies = {
  /** Copies the library unless there is a copy that is younger than a day. @returns the copy, or null when none was due */
  copyWhenDue(): Promise<Copy | null>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Keeps a copy of the database of each day, made and read through in a thread of its own. A failure is told, and tried again an hour later. */
export function keepDailyCopies({
  folder,
  clock,
  onFailure,
}: {
  readonly folder: string;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}): DailyCopies {
  const thread = createWorkerThread<CopyQuestion, Copy>({
    script: findWorkerScript(import.meta.url, 'copy-worker'),
    name: 'copy',
  });
  let closed = false;
  let inHand: Promise<Copy | null> | null = null;

  async function copyNow(): Promise<Copy | null> {
    const [newest] = listCopies(libraryPaths(folder));
    const nowMs = clock.nowMs();
    // A copy from the future is the work of a wrong clock and counts for nothing.
    if (newest !== undefined && newest.copiedAtMs <= nowMs && nowMs - newest.copiedAtMs < DAY_MS) return null;
    return await thread.ask({ folder, nowMs });
  }
  function copyWhenDue(): Promise<Copy | null> {
    inHand ??= copyNow().finally(() => (inHand = null));
    return inHand;
  }
  function look(): void {
    copyWhenDue().catch((error: unknown) => {
      if (!closed) onFailure(error);
    });
  }
  const first = setTimeout(look, FIRST_LOOK_MS).unref();
  const hourly = setInterval(look, HOUR_MS).unref();
  return {
    copyWhenDue,
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(first);
      clearInterval(hourly);
      await thread[Symbol.asyncDispose]();
    },
  };
}
