import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { reviveError, StudioError } from '../../contract/errors.ts';
import { weightLineSchema, type WeightAnswer, type WeightTask } from '../../contract/weight-task.ts';
import { makeChildEnvironment } from '../process/child-environment.ts';
import type { EngineEntry } from '../engine-client.ts';

export type WeightTaskOptions = {
  /** The plain Node that engines run under. */
  readonly nodePath: string;
  /** The image engine's script; it does such tasks too. */
  readonly entry: EngineEntry;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** A process that says nothing for so long is ended. Default: 10 minutes. */
  readonly silenceMs?: number;
};

const SILENCE_MS = 600_000;

/** Runs one task on model files in a process of its own. Rejects with what is wrong with the files, or `engine.failed` when the process died. */
export async function runWeightTask(task: WeightTask, options: WeightTaskOptions): Promise<WeightAnswer> {
  const { nodePath, entry, signal, onProgress, silenceMs = SILENCE_MS } = options;
  signal?.throwIfAborted();
  const child = spawn(nodePath, [entry.script, 'weights', JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: makeChildEnvironment(),
    windowsHide: true,
  });
  const kill = () => void child.kill('SIGKILL');
  let silence = setTimeout(kill, silenceMs);
  signal?.addEventListener('abort', kill, { once: true });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) =>
      resolve(by === null ? `its process ended with code ${code ?? 0}` : `its process was ended by ${by}`),
    );
  });
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      clearTimeout(silence);
      silence = setTimeout(kill, silenceMs);
      const line = weightLineSchema.parse(JSON.parse(text));
      if (line.type === 'done') return line.answer;
      if (line.type === 'failed') throw reviveError(line.error);
      onProgress?.(line.done, line.total);
    }
    const reason = await ended;
    signal?.throwIfAborted();
    throw new StudioError('engine.failed', `The files could not be read: ${reason}.`, { kind: 'image', reason });
  } finally {
    clearTimeout(silence);
    signal?.removeEventListener('abort', kill);
    kill();
  }
}
