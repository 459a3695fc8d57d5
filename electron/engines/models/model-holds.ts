/** Ends a hold. Calling it again does nothing. */
export type Release = () => void;

type Waiting = { readonly key: string; readonly grant: () => void };

/**
 * Who keeps which model in an engine. Holds of the same model share it; one of another model waits until all of them have ended. Whoever comes later waits behind
 * it, also for the model that is loaded, so that nobody starves.
 */
export class ModelHolds {
  #key: string | null = null;
  #count = 0;
  readonly #waiting: Waiting[] = [];

  get isFree(): boolean {
    return this.#count === 0;
  }

  /** Resolves when the model of that key may be used. Rejects with the signal's reason while it waits. */
  async take(key: string, signal?: AbortSignal): Promise<Release> {
    signal?.throwIfAborted();
    if (this.#count === 0 || (this.#key === key && this.#waiting.length === 0)) this.#enter(key);
    else await this.#wait(key, signal);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#count -= 1;
      if (this.#count === 0) this.#grantNext();
    };
  }

  #enter(key: string): void {
    this.#key = key;
    this.#count += 1;
  }

  #wait(key: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        key,
        grant: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = () => {
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
    });
  }

  /** The first that waits, and those right behind it that want the same. */
  #grantNext(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    while (this.#waiting[0]?.key === first.key) {
      const next = this.#waiting.shift();
      this.#enter(first.key);
      next?.grant();
    }
  }
}
