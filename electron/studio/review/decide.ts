import type { z } from 'zod';
import type { reviewContract } from '../../contract/review.ts';
import type { Decided, NewDecision } from '../../library/repositories/verdict-repository.ts';
import type { StudioContext } from '../system/studio-context.ts';

export type DecideInput = Omit<NewDecision, 'reviewer'>;
export type DecideOutput = z.infer<NonNullable<(typeof reviewContract)['decide']['~orpc']['outputSchema']>>;

/** Writes verdicts in the name of whoever is connected. */
export function decide(context: StudioContext, input: DecideInput, reviewer: string): DecideOutput {
  return settle(context, context.library.verdicts.decide({ ...input, reviewer }));
}

/** Takes back the reviewer's own newest decision: what others decided stays. @throws review.nothingToUndo */
export function undoDecision(context: StudioContext, reviewer: string): DecideOutput {
  return settle(context, context.library.verdicts.undo(reviewer));
}

/** @throws review.nothingToUndo */
export function redoDecision(context: StudioContext, reviewer: string): DecideOutput {
  return settle(context, context.library.verdicts.redo(reviewer));
}

/** What a decision did to the queue is done by the lanes too. */
function settle({ runner }: StudioContext, { group, assets, isWritten, retakes }: Decided): DecideOutput {
  if (retakes.jobIds.length > 0) {
    runner.drop(retakes.jobIds);
    runner.wake();
  }
  return { group, assets, isWritten };
}
