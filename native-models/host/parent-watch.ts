import { isMainThread, Worker } from 'node:worker_threads';

const CHECK_MS = 500;

/**
 * Ends this process when its parent is gone, even while a native call blocks the main thread, where the closed pipe goes unnoticed.
 * This file is both the starter and the worker's script.
 */
export function watchParent(): void {
  const worker = new Worker(new URL(import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 8 } });
  worker.unref();
  // Without a watch the closed pipe still ends the process, only later.
  worker.on('error', (error) => console.error('parent watch:', error.message));
}

if (!isMainThread) {
  const parentId = process.ppid;
  setInterval(() => {
    // On Linux and macOS an orphan gets a new parent; on Windows the old id stays but no longer names a process.
    if (process.ppid !== parentId || !isAlive(parentId)) process.kill(process.pid, 'SIGKILL');
  }, CHECK_MS);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
