import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileTask, FileVerdict, HostAnswer, HostMessage } from '../../proof/file-host.ts';
import { root } from '../../project.ts';

/** Far above what any file takes on a busy machine, a reader's own limit included. */
const HANG_MS = 60_000;
const CALL_EVERY_MS = 50;

export type FileStudio = {
  /** Null when it does not answer for a minute. */
  ask(task: Omit<FileTask, 'id'>): Promise<FileVerdict | null>;
  /** How long each call took to be answered, in milliseconds; one was made every 50 ms. */
  readonly callsMs: readonly number[];
  /** Ends of readers that the studio's log holds: what they were at, and how they ended. */
  close(): Promise<{ readonly file: string; readonly how: string }[]>;
};

/** A studio in a process of its own that is asked something every 50 ms while files come in. */
export async function openFileStudio(folder: string): Promise<FileStudio> {
  const child = fork(join(root, 'scripts/proof/file-host.ts'), [folder], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const waiting = new Map<number, (verdict: FileVerdict | null) => void>();
  const calls = new Map<number, number>();
  const callsMs: number[] = [];
  const ready = Promise.withResolvers<void>();
  child.on('message', (answer: HostAnswer) => {
    if ('ready' in answer) ready.resolve();
    else if ('id' in answer) {
      waiting.get(answer.id)?.(answer.verdict);
      waiting.delete(answer.id);
    } else {
      callsMs.push(performance.now() - (calls.get(answer.answered) ?? 0));
      calls.delete(answer.answered);
    }
  });
  child.on('exit', (code) => {
    ready.reject(new Error(`the studio of the bench ended with ${code}`));
    for (const settle of waiting.values()) settle({ kind: 'untyped', text: `the studio ended with ${code}` });
    waiting.clear();
  });
  const send = (message: HostMessage) => child.connected && child.send(message);
  await ready.promise;
  let next = 1;
  const timer = setInterval(() => {
    const call = next++;
    calls.set(call, performance.now());
    send({ call });
  }, CALL_EVERY_MS);
  return {
    callsMs,
    ask: (task) =>
      new Promise((resolve) => {
        const id = next++;
        if (!child.connected) return resolve({ kind: 'untyped', text: 'the studio is gone' });
        const limit = setTimeout(() => {
          waiting.delete(id);
          resolve(null);
        }, HANG_MS);
        waiting.set(id, (verdict) => {
          clearTimeout(limit);
          resolve(verdict);
        });
        send({ ask: { id, ...task } });
      }),
    async close() {
      clearInterval(timer);
      const ended = once(child, 'exit');
      send({ stop: true });
      await ended;
      return readEnds(join(folder, 'library', 'studio.log'));
    },
  };
}

function readEnds(log: string): { readonly file: string; readonly how: string }[] {
  let text: string;
  try {
    text = readFileSync(log, 'utf8');
  } catch {
    return [];
  }
  return [...text.matchAll(/a reader ended \((\w+)\) at ([^"\\]+)"/g)].map(([, how = '', file = '']) => ({
    how,
    file,
  }));
}
