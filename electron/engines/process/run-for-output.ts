import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { makeChildEnvironment } from './child-environment.ts';

const run = promisify(execFile);
const BYTES_LIMIT = 1024 * 1024;

/** What a short-lived process prints. It sees as much of the environment as an engine does. Rejects when it fails or takes too long. */
export async function runForOutput(file: string, args: readonly string[], limitMs: number): Promise<string> {
  const { stdout } = await run(file, [...args], {
    timeout: limitMs,
    killSignal: 'SIGKILL',
    maxBuffer: BYTES_LIMIT,
    env: makeChildEnvironment(),
    windowsHide: true,
  });
  return stdout;
}
