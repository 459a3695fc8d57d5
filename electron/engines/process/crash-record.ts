export type CrashLimits = {
  /** So many crashes within the window, with no finished run between them, stop the engine. */
  readonly breakerCrashes: number;
  readonly breakerWindowMs: number;
  /** So many crashes during one job set it aside. */
  readonly poisonCrashes: number;
  /** Waiting time before the n-th restart in a row; the last entry holds for all later ones. */
  readonly backOffMs: readonly number[];
};

export const DEFAULT_CRASH_LIMITS: CrashLimits = {
  breakerCrashes: 3,
  breakerWindowMs: 5 * 60_000,
  poisonCrashes: 2,
  backOffMs: [0, 250, 1000, 4000],
};

/** Jobs remembered at most, so that a year of uptime stays small. */
const MAX_REMEMBERED_JOBS = 10_000;

/**
 * Remembers the crashes of one engine kind and decides when to try again. A finished run forgives what came before: an engine that
 * makes progress is worth restarting, however often it falls.
 */
export class CrashRecord {
  readonly #limits: CrashLimits;
  readonly #now: () => number;
  #crashTimesMs: number[] = [];
  #openUntilMs: number | null = null;
  readonly #crashesByJob = new Map<string, number>();
  #total = 0;

  constructor(limits: CrashLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** All crashes since the start of the studio. */
  get total(): number {
    return this.#total;
  }

  /** Counts a crash; returns how often this job has now taken its engine down. */
  addCrash(jobKey: string | null): number {
    const nowMs = this.#now();
    this.#total += 1;
    this.#crashTimesMs = [
      ...this.#crashTimesMs.filter((timeMs) => nowMs - timeMs < this.#limits.breakerWindowMs),
      nowMs,
    ];
    const oldestMs = this.#crashTimesMs[0] ?? nowMs;
    // Half open: the one attempt allowed after the window failed again.
    const reopened = this.#openUntilMs !== null && nowMs >= this.#openUntilMs;
    if (this.#crashTimesMs.length >= this.#limits.breakerCrashes || reopened) {
      this.#openUntilMs = Math.max(oldestMs + this.#limits.breakerWindowMs, nowMs + 1000);
    }
    if (jobKey === null) return 0;
    const crashes = (this.#crashesByJob.get(jobKey) ?? 0) + 1;
    this.#crashesByJob.delete(jobKey);
    this.#crashesByJob.set(jobKey, crashes);
    const eldest = this.#crashesByJob.keys().next();
    if (this.#crashesByJob.size > MAX_REMEMBERED_JOBS && !eldest.done) this.#crashesByJob.delete(eldest.value);
    return crashes;
  }

  addSuccess(): void {
    this.#crashTimesMs = [];
    this.#openUntilMs = null;
  }

  /** When the engine may be tried again, or null if it may now. */
  get retryAtMs(): number | null {
    return this.#openUntilMs !== null && this.#now() < this.#openUntilMs ? this.#openUntilMs : null;
  }

  /** Milliseconds to wait before the next start. */
  get backOffMs(): number {
    const inARow = this.#crashTimesMs.length;
    if (inARow === 0) return 0;
    return this.#limits.backOffMs[Math.min(inARow, this.#limits.backOffMs.length) - 1] ?? 0;
  }

  isPoison(jobKey: string): boolean {
    return (this.#crashesByJob.get(jobKey) ?? 0) >= this.#limits.poisonCrashes;
  }

  crashesOf(jobKey: string): number {
    return this.#crashesByJob.get(jobKey) ?? 0;
  }

  /** A person asked for a fresh start. The total stays. */
  forget(): void {
    this.addSuccess();
    this.#crashesByJob.clear();
  }
}
