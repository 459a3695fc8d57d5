import type { ErrorData, StudioError } from '../../contract/errors.ts';

/** Tries that end without a dead engine (a bad answer, a defect) before a job counts as failed. */
const MAX_TRIES = 3;
/** Tries that may end with memory running out. */
const MAX_MEMORY_TRIES = 2;
/**
 * Earlier tries that ended with a dead engine or a lost lease, over all starts of the studio: the next crash is the last. The engine sets a
 * job aside earlier, after two crashes, but forgets them when a person restarts it.
 */
const MAX_CRASHES = 2;

/**
 * What becomes of a job whose try failed. `wait`: nothing is wrong with the job; all jobs of its resource wait, and it goes back in
 * line without a counted try.
 */
export type FailureDecision =
  | { readonly kind: 'again'; readonly crashed: boolean }
  | { readonly kind: 'giveUp'; readonly crashed: boolean }
  | { readonly kind: 'wait'; readonly sentence: string; readonly retryAtMs: number | null };

export type Tries = { readonly attempt: number; readonly crashes: number };

/** Sorts failures into those of the job, those of its luck, and those of the machine. */
export function decideAfterFailure(error: StudioError, { attempt, crashes }: Tries): FailureDecision {
  switch (error.code) {
    case 'engine.crashed':
    case 'engine.hung':
      if (Reflect.get(error.data, 'begun') === false)
        return {
          kind: 'wait',
          sentence: `${error.message.replace(/\.$/, '')} before it had begun anything; it is started again by itself`,
          retryAtMs: null,
        };
      return crashes >= MAX_CRASHES ? { kind: 'giveUp', crashed: true } : { kind: 'again', crashed: true };
    case 'engine.outOfMemory':
      if (Reflect.get(error.data, 'begun') === false)
        return {
          kind: 'wait',
          sentence: `${error.message.replace(/\.$/, '')}; close other programs or choose a smaller model, it goes on by itself`,
          retryAtMs: null,
        };
      return attempt >= MAX_MEMORY_TRIES ? { kind: 'giveUp', crashed: true } : { kind: 'again', crashed: true };
    case 'engine.unavailable': {
      const { kind, reason, retryAtMs } = error.data as ErrorData<'engine.unavailable'>;
      return {
        kind: 'wait',
        sentence: `The ${kind} engine is down (${reason.replace(/\.$/, '')}); restart it or wait until it tries again`,
        retryAtMs,
      };
    }
    case 'model.notInstalled':
    case 'model.fileMissing':
    case 'model.damaged':
    case 'model.wrongKind':
    case 'model.unsupportedSetting':
      return { kind: 'wait', sentence: error.message, retryAtMs: null };
    case 'library.diskFull':
      return { kind: 'wait', sentence: 'The disk is full; free some space and it goes on by itself', retryAtMs: null };
    case 'library.readOnly':
    case 'library.damaged':
      return { kind: 'wait', sentence: error.message, retryAtMs: null };
    case 'engine.badReply':
    case 'engine.failed':
    case 'internal.unexpected':
      return attempt >= MAX_TRIES ? { kind: 'giveUp', crashed: false } : { kind: 'again', crashed: false };
    default:
      // A poison job, a missing font, a concept that is gone: another try would end the same.
      return { kind: 'giveUp', crashed: false };
  }
}
