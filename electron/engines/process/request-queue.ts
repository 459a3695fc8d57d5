/** Runs tasks one after the other in the order they came. An aborted task that has not begun never begins. */
export class RequestQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Resolves or rejects as the task does; rejects with the signal's reason as soon as it fires while the task waits. */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const outcome = Promise.withResolvers<T>();
    let begun = false;
    const onAbort = () => {
      if (!begun) outcome.reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#length += 1;
    this.#tail = this.#tail.then(async () => {
      begun = true;
      try {
        signal?.throwIfAborted();
        outcome.resolve(await task());
      } catch (error) {
        outcome.reject(error);
      } finally {
        this.#length -= 1;
        signal?.removeEventListener('abort', onAbort);
      }
    });
    if (signal?.aborted) onAbort();
    return outcome.promise;
  }
}
