import { utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { Heartbeat } from './heartbeat.ts';
import type { HeartbeatOptions } from './heartbeat.ts';

/** As in the engines' supervisor: three crashes in five minutes, then a person decides. */
const crashLimit = 3;
const crashWindowMs = 5 * 60_000;
const stopGraceMs = 5000;
const previewTimeoutMs = 2000;

export interface StudioProcessOptions {
  readonly entryFile: string;
  readonly libraryFolder: string;
  /** The plain Node that the engines run on. */
  readonly nodeFile: string;
  /** Folder of the packaged app's extra resources; null where everything lies in the project. */
  readonly resourcesFolder: string | null;
  readonly onRestarted: () => void;
  /** The process ended too often. `reason` is one sentence for the user. */
  readonly onGivenUp: (reason: string) => void;
  /** The library cannot be opened, however often one tries. `reason` says why and what helps. */
  readonly onRefused: (reason: string) => void;
  readonly nowMs?: () => number;
  /** Ends a process at once. Default: SIGKILL. */
  readonly kill?: (pid: number) => void;
  /** How signs of life are looked for. Default: the clock. */
  readonly setTimer?: HeartbeatOptions['setTimer'];
}

/** The studio core in an Electron utility process: started, restarted after a crash, stopped in order. It hands ports over and relays no payload. */
export class StudioProcess {
  readonly #options: StudioProcessOptions;
  readonly #crashesMs: number[] = [];
  readonly #previews = new Map<number, (bytes: Uint8Array | null) => void>();
  #child: UtilityProcess | null = null;
  #heartbeat: Heartbeat | null = null;
  /** Why the process that runs now had to be started; null for the first one. */
  #after: 'ended' | 'frozen' | null = null;
  #stopping = false;
  #previewRequests = 0;
  #refusal: string | null = null;

  constructor(options: StudioProcessOptions) {
    this.#options = options;
  }

  start(): void {
    const { entryFile, libraryFolder, nodeFile, resourcesFolder } = this.#options;
    const env = resourcesFolder === null ? process.env : { ...process.env, HOUSESTYLE_RESOURCES: resourcesFolder };
    const after = this.#after === null ? [] : ['--after', this.#after];
    const child = utilityProcess.fork(entryFile, ['--library', libraryFolder, '--node', nodeFile, ...after], {
      serviceName: 'Housestyle studio',
      stdio: 'inherit',
      env,
    });
    child.on('message', (message: unknown) => this.#receive(message));
    child.once('exit', (code) => this.#ended(code));
    this.#child = child;
    const { setTimer } = this.#options;
    this.#heartbeat = new Heartbeat({ onFrozen: () => this.#killFrozen(child), ...(setTimer && { setTimer }) });
  }

  /** Gives a page's port to the studio, which serves the router on it. */
  connect(port: MessagePortMain): void {
    this.#child?.postMessage({ type: 'connect' }, [port]);
  }

  /** Asks the studio for a preview of a forming picture. Answers null when it does not come in time. */
  preview(name: string): Promise<Uint8Array | null> {
    const child = this.#child;
    if (!child) return Promise.resolve(null);
    this.#previewRequests += 1;
    const requestId = this.#previewRequests;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answerPreview(requestId, null), previewTimeoutMs);
      this.#previews.set(requestId, (bytes) => {
        clearTimeout(timer);
        resolve(bytes);
      });
      child.postMessage({ type: 'preview', requestId, name });
    });
  }

  /** Ends the studio in order; kills it when it does not end by itself within five seconds. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#heartbeat?.stop();
    this.#stopping = true;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        resolve();
      }, stopGraceMs);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.postMessage({ type: 'stop' });
    });
  }

  #receive(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('type' in message)) return;
    if (message.type === 'alive') this.#heartbeat?.beat('isOpen' in message && message.isOpen === true);
    if (message.type === 'refused' && 'message' in message)
      this.#refusal = [message.message, 'remedy' in message ? message.remedy : ''].filter(Boolean).join(' ');
    if (message.type !== 'preview') return;
    if (!('requestId' in message) || typeof message.requestId !== 'number') return;
    const bytes = 'bytes' in message && message.bytes instanceof Uint8Array ? message.bytes : null;
    this.#answerPreview(message.requestId, bytes);
  }

  #answerPreview(requestId: number, bytes: Uint8Array | null): void {
    this.#previews.get(requestId)?.(bytes);
    this.#previews.delete(requestId);
  }

  /** A studio that answers nothing any more: only its end brings it back. Its rows say where everything stood. */
  #killFrozen(child: UtilityProcess): void {
    this.#after = 'frozen';
    const kill = this.#options.kill ?? ((pid: number) => process.kill(pid, 'SIGKILL'));
    if (child.pid !== undefined) kill(child.pid);
  }

  #ended(code: number): void {
    this.#child = null;
    this.#heartbeat?.stop();
    for (const requestId of this.#previews.keys()) this.#answerPreview(requestId, null);
    if (this.#stopping) return;
    if (this.#refusal !== null) {
      this.#options.onRefused(this.#refusal);
      return;
    }
    const nowMs = this.#options.nowMs?.() ?? Date.now();
    this.#crashesMs.push(nowMs);
    const recent = this.#crashesMs.filter((crashMs) => nowMs - crashMs < crashWindowMs);
    if (recent.length >= crashLimit) {
      this.#options.onGivenUp(
        `The studio process ended ${recent.length} times within five minutes (last exit code ${code}). Nothing that was saved is lost.`,
      );
      return;
    }
    this.#after ??= 'ended';
    this.start();
    this.#after = null;
    this.#options.onRestarted();
  }
}
