/** The studio says that it lives once a second. */
const lookMs = 1000;
/** Looks without a sign of life before it counts as frozen. While it opens a library it may be busy with a copy of the database for long. */
const silentLooks = 10;
const openingLooks = 300;

export interface HeartbeatOptions {
  /** It has not answered for so long. Called once. */
  readonly onFrozen: () => void;
  readonly setTimer?: (look: () => void, everyMs: number) => () => void;
  readonly nowMs?: () => number;
}

/**
 * Watches the signs of life of another process. Time in which this process itself did not run (the machine slept) counts against nobody: looks are counted, and a
 * late one begins the count anew.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #stopTimer: () => void;
  #silent = 0;
  #isOpen = false;
  #lastLookMs: number;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#lastLookMs = this.#now();
    this.#stopTimer = (options.setTimer ?? startTimer)(() => this.#look(), lookMs);
  }

  /** A sign of life. `isOpen` says that the library is open. */
  beat(isOpen: boolean): void {
    this.#silent = 0;
    this.#isOpen = isOpen;
  }

  stop(): void {
    this.#stopTimer();
  }

  #look(): void {
    const nowMs = this.#now();
    const isLate = nowMs - this.#lastLookMs > 3 * lookMs;
    this.#lastLookMs = nowMs;
    this.#silent = isLate ? 0 : this.#silent + 1;
    if (this.#silent < (this.#isOpen ? silentLooks : openingLooks)) return;
    this.stop();
    this.#options.onFrozen();
  }

  #now(): number {
    return this.#options.nowMs?.() ?? performance.now();
  }
}

function startTimer(look: () => void, everyMs: number): () => void {
  const timer = setInterval(look, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
