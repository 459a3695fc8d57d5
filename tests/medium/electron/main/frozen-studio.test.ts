import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StudioProcess } from '../../../../electron/main/studio-process.ts';
import { fake, FakeUtilityProcess } from '../../../support/fake-electron.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'forked-desktop.ts');

/** A utility process that is really there. */
class RealProcess extends FakeUtilityProcess {
  readonly child: ChildProcess;
  isOpen = false;
  override readonly pid: number;
  constructor(entryFile: string, args: readonly string[]) {
    super(entryFile, args);
    this.child = fork(script, [...args], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: 'ignore' });
    this.pid = this.child.pid ?? 0;
    this.child.on('message', (message: { isOpen?: boolean }) => {
      this.isOpen = message.isOpen === true;
      this.emit('message', message);
    });
    this.child.on('exit', (code, signal) => this.emit('exit', code ?? signal));
  }
  override postMessage(message: object): void {
    this.child.send(message);
  }
}

let folder: string;
const started: RealProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-frozen-'));
  fake.fork = (entryFile, args) => {
    const child = new RealProcess(entryFile, args);
    started.push(child);
    return child;
  };
});
afterEach(() => {
  fake.fork = null;
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it(
  'a studio whose loop stands still is killed, and another one opens the same library',
  { timeout: 90_000 },
  async () => {
    const onRestarted = vi.fn();
    const studio = new StudioProcess({
      entryFile: script,
      libraryFolder: join(folder, 'library'),
      nodeFile: process.execPath,
      resourcesFolder: null,
      onRestarted,
      onGivenUp: (reason) => expect.unreachable(reason),
      onRefused: (reason) => expect.unreachable(reason),
      // Looks three times as often: the ten silent ones take three seconds.
      setTimer: (look) => {
        const timer = setInterval(look, 300);
        return () => clearInterval(timer);
      },
    });
    studio.start();
    const open = { timeout: 40_000, interval: 50 };
    await vi.waitFor(() => expect(started[0]?.isOpen).toBe(true), open);
    started[0]?.postMessage({ type: 'freeze' });
    await vi.waitFor(() => expect(onRestarted).toHaveBeenCalledTimes(1), open);
    expect(started[0]?.child.signalCode).toBe('SIGKILL');
    expect(started[1]?.args.slice(-2)).toEqual(['--after', 'frozen']);
    await vi.waitFor(() => expect(started[1]?.isOpen).toBe(true), open);
    await studio.stop();
    expect(started[1]?.child.exitCode).toBe(0);
    expect(started).toHaveLength(2);
  },
);
