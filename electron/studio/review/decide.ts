import type { z } from 'zod';
import type { reviewContract } from '../../contract/review.ts';
import type { Decided, NewDecision } from '../../library/repositories/verdict-repository.ts';
import type { StudioContext } from '../studio-context.ts';

export type DecideInput = Omit<NewDecision, 'reviewer'>;
export type DecideOutput = z.infer<NonNullable<(typeof reviewContract)['decide']['~orpc']['outputSchema']>>;

/** Writes verdicts in the name of whoever is connected. */
export function decide(context: StudioContext, input: DecideInput, reviewer: string): DecideOutput {
  return announce(context, context.library.verdicts.decide({ ...input, reviewer }));
}

/** Takes back the reviewer's own newest decision: what others decided stays. @throws review.nothingToUndo */
export function undoDecision(context: StudioContext, reviewer: string): DecideOutput {
  return announce(context, context.library.verdicts.undo(reviewer));
}

/** @throws review.nothingToUndo */
export function redoDecision(context: StudioContext, reviewer: string): DecideOutput {
  return announce(context, context.library.verdicts.redo(reviewer));
}

function announce(context: StudioContext, { group, assets, retakes }: Decided): DecideOutput {
  const { feed, runner } = context;
  feed.publish('verdict', 'added', [group]);
  feed.publish(
    'asset',
    'changed',
    assets.map(({ id }) => id),
  );
  if (retakes.jobIds.length > 0) {
    feed.publish('run', 'changed', retakes.batchIds);
    feed.publish('cell', 'changed', retakes.cellIds);
    feed.publish('plan', 'changed', retakes.planIds);
    runner.drop(retakes.jobIds);
    runner.wake();
    context.changed();
  }
  return { group, assets };
}
