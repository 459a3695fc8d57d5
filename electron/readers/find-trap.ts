/** A reader that read so many files is replaced: memory of WebAssembly grows and never shrinks. */
export const MOST_TASKS = 200;

/**
 * Whether a failure, or one that caused it, may have left a parser's memory in any state: a trap in WebAssembly, an overflow of the stack inside of it, or
 * something thrown that is no error at all. A refusal that names its reason has left nothing behind.
 */
export function findTrap(error: unknown): boolean {
  for (let cause: unknown = error; cause !== undefined && cause !== null;) {
    if (!(cause instanceof Error)) return true;
    if (cause.name === 'RuntimeError' || /call stack|aborted\(/i.test(cause.message)) return true;
    ({ cause } = cause);
  }
  return false;
}
