export type Waker = {
  /** Resolves with the next call of `wake`; one that came before counts, so that no change is slept through. */
  readonly wait: () => Promise<void>;
  readonly wake: () => void;
};

/** Lets one loop sleep until something happens. */
export function createWaker(): Waker {
  let isDue = false;
  let resume: (() => void) | null = null;
  return {
    wait() {
      return new Promise((resolve) => {
        if (isDue) {
          isDue = false;
          resolve();
        } else {
          resume = resolve;
        }
      });
    },
    wake() {
      if (resume) resume();
      else isDue = true;
      resume = null;
    },
  };
}
