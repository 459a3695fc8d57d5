import type { SchedulerRun } from './scheduler.ts';

/** The first call of the network when only a share of the steps runs: the share is rounded down to whole steps. */
export function findStartIndex({ steps, strength = 1 }: SchedulerRun, callsPerStep = 1): number {
  const kept = Math.min(Math.floor(steps * strength), steps);
  return Math.max(steps - kept, 0) * callsPerStep;
}
