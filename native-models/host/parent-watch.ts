import { Worker } from 'node:worker_threads';

const CHECK_MS = 500;

/**
 * The worker's script, plain JavaScript so that it starts in a few milliseconds. On Linux and macOS an orphan gets a new parent; on
 * Windows the old id stays but no longer names a process.
 */
const WATCH_SCRIPT = `
const parentId = process.ppid;
const isGone = () => {
  if (process.ppid !== parentId) return true;
  try {
    process.kill(parentId, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
};
setInterval(() => {
  if (isGone()) process.kill(process.pid, 'SIGKILL');
}, ${CHECK_MS});
`;

/** Ends this process when its parent is gone, even while a native call blocks the main thread, where the closed pipe goes unnoticed. */
export function watchParent(): void {
  const worker = new Worker(WATCH_SCRIPT, { eval: true });
  worker.unref();
  // Without a watch the closed pipe still ends the process, only later.
  worker.on('error', (error) => console.error('parent watch:', error.message));
}
