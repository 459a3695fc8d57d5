interface Line {
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with everything that is asked for; what waits under an older number has nothing to say any more. */
  revision: number;
  tail: Promise<unknown>;
}

/**
 * Calls that change a brand's draft go out one after the other. A save that waits is dropped by whatever is asked for after it; one that is on its way is waited for, so that a discard
 * is the last that the studio hears.
 */
export class DraftKeeper {
  readonly #pauseMs: number;
  readonly #lines = new Map<string, Line>();

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs;
  }

  /** Saves when nothing was asked for during the pause. `save` reports its own failure. */
  keepSoon(brandId: string, save: () => Promise<unknown>): void {
    const line = this.#next(brandId);
    const { revision } = line;
    line.timer = setTimeout(() => {
      this.#queue(line, () => (line.revision === revision ? save() : Promise.resolve())).catch(() => undefined);
    }, this.#pauseMs);
  }

  /** Drops what waits. */
  drop(brandId: string): void {
    this.#next(brandId);
  }

  /** Drops what waits, and calls once what is on its way has ended. */
  async call<Result>(brandId: string, work: () => Promise<Result>): Promise<Result> {
    return this.#queue(this.#next(brandId), work);
  }

  #next(brandId: string): Line {
    const line = this.#lines.get(brandId) ?? { timer: undefined, revision: 0, tail: Promise.resolve() };
    this.#lines.set(brandId, line);
    clearTimeout(line.timer);
    line.revision += 1;
    return line;
  }

  async #queue<Result>(line: Line, work: () => Promise<Result>): Promise<Result> {
    const turn = line.tail.then(work);
    line.tail = turn.catch(() => undefined);
    return turn;
  }
}
