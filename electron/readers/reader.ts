import { Worker } from 'node:worker_threads';
import { Socket } from 'node:net';
import { isStudioError, StudioError } from '../contract/errors.ts';
import { doTask } from './do-task.ts';
import { findTrap, MOST_TASKS } from './find-trap.ts';
import { encodeFrame, FrameDecoder } from './frame-stream.ts';
import type { ReaderAnswer, ReaderQuestion } from './reader-task.ts';

/*
 * Process entry of a reader: `node reader.ts <MiB>`. Descriptor 3 is the studio. It does one task after the other and is ended by whoever started it; a thread of
 * its own ends it when it holds more than it may or the studio is gone, also while a parser is in a loop.
 */
const limitMiB = Number(process.argv[2] ?? 512);
watch(limitMiB);

const pipe = new Socket({ fd: 3 });
const decoder = new FrameDecoder();
let turn: Promise<void> = Promise.resolve();

function send(answer: ReaderAnswer): void {
  pipe.write(encodeFrame(answer));
}

let tasks = 0;
let hasTrapped = false;
const noteFailure = (error: unknown) => void (hasTrapped ||= findTrap(error));

async function answer({ id, task }: ReaderQuestion): Promise<void> {
  tasks += 1;
  const isSpent = () => hasTrapped || tasks >= MOST_TASKS;
  try {
    const output = await doTask(task, (file) => send({ kind: 'doing', id, file }), noteFailure);
    send({ kind: 'done', id, output, isSpent: isSpent() });
  } catch (error) {
    noteFailure(error);
    send({ kind: 'failed', id, error: toRecord(error), isSpent: isSpent() || !isStudioError(error) });
  }
}

function toRecord(error: unknown) {
  if (isStudioError(error)) return error.toRecord();
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new StudioError('internal.unexpected', reason, { logId: 'reader' }).toRecord();
}

// A parser may leave promises behind that fail after its file was answered: that must not end the reader at the next one, which is another's.
process.on('unhandledRejection', () => void (hasTrapped = true));
pipe.on('data', (chunk: Buffer) => {
  for (const question of decoder.push(chunk) as ReaderQuestion[]) turn = turn.then(() => answer(question));
});
// The studio is gone.
pipe.on('close', () => process.exit(0));
pipe.on('error', () => process.exit(0));
send({ kind: 'ready' });

/**
 * A parser in a loop gives no timer and no closed pipe of its own thread a turn, so another thread looks. On Linux and macOS an orphan gets a new parent; on Windows
 * the old id stays but no longer names a process.
 */
function watch(mostMiB: number): void {
  const script = `
    const { writeSync } = require('node:fs');
    const parent = process.ppid;
    const isGone = () => {
      if (process.ppid !== parent) return true;
      try {
        process.kill(parent, 0);
        return false;
      } catch (error) {
        return error.code === 'ESRCH';
      }
    };
    const end = () => process.kill(process.pid, 'SIGKILL');
    setInterval(() => {
      if (process.memoryUsage.rss() < ${mostMiB} * 1048576) return;
      writeSync(2, 'over memory');
      end();
    }, 20);
    setInterval(() => {
      if (isGone()) end();
    }, 500);`;
  new Worker(script, { eval: true, name: 'watch' }).unref();
}
