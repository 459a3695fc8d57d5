import { createWorkRate } from './work-rate.ts';
import type { WorkRate } from './work-rate.ts';

export type RunRates = {
  /** A job ended that took so long. */
  add(jobKind: string, seconds: number): void;
  /** How fast the jobs of a kind of run end, or null before anything is known. */
  of(runKind: string): WorkRate | null;
};

/** Pictures overlap in the lanes and are timed by the engine's results; the jobs of other runs come one after the other. */
export function createRunRates(pictures: WorkRate): RunRates {
  const runKindOf: Readonly<Record<string, string>> = {
    'picture.rescore': 'rescore',
    'deliverable.write': 'ideation',
  };
  const rates = new Map<string, WorkRate>([['batch', pictures]]);
  return {
    add(jobKind, seconds) {
      const runKind = runKindOf[jobKind];
      if (runKind === undefined) return;
      const rate = rates.get(runKind) ?? createWorkRate();
      rates.set(runKind, rate);
      rate.add(seconds);
    },
    of: (runKind) => rates.get(runKind) ?? null,
  };
}
