import type { CheckName } from '../../../electron/contract/compliance.ts';

/** One asset for one check: what was measured, and whether it has to fail. */
export type LabelledScore = {
  readonly half: 'tune' | 'report';
  readonly violated: boolean;
  readonly score: number;
  readonly failed: boolean;
};

export type CheckFigures = {
  readonly recall: number | null;
  readonly falseAlarms: number | null;
  readonly violated: number;
  readonly clean: number;
  /** The threshold that the other half chose; null where kit, format or file give it. */
  readonly threshold: number | null;
};

/** A score fails beyond the threshold, on the side that is not better. */
const fails = (score: number, threshold: number, better: 'lower' | 'higher') =>
  better === 'lower' ? score > threshold : score < threshold;

/** The threshold in the middle of the widest gap between good and bad scores that makes the fewest mistakes; only ever given the half that is not reported. */
export function tuneThreshold(scores: readonly LabelledScore[], better: 'lower' | 'higher'): number {
  const sorted = [...new Set(scores.map(({ score }) => score))].toSorted((one, other) => one - other);
  let best = { mistakes: Number.POSITIVE_INFINITY, gap: 0, threshold: 0 };
  for (const [index, score] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined) break;
    const threshold = (score + next) / 2;
    const mistakes = scores.filter((one) => fails(one.score, threshold, better) !== one.violated).length;
    const gap = next - score;
    if (mistakes < best.mistakes || (mistakes === best.mistakes && gap > best.gap)) best = { mistakes, gap, threshold };
  }
  return best.threshold;
}

/** Recall and false alarms on the reported half. Without `better` the verdict is the check's own. */
export function scoreCheck(scores: readonly LabelledScore[], better: 'lower' | 'higher' | null): CheckFigures {
  const reported = scores.filter(({ half }) => half === 'report');
  const threshold =
    better === null
      ? null
      : tuneThreshold(
          scores.filter(({ half }) => half === 'tune'),
          better,
        );
  const failed = (one: LabelledScore) =>
    threshold === null || better === null ? one.failed : fails(one.score, threshold, better);
  const violated = reported.filter((one) => one.violated);
  const clean = reported.filter((one) => !one.violated);
  const share = (list: readonly LabelledScore[]) =>
    list.length === 0 ? null : list.filter(failed).length / list.length;
  return {
    recall: share(violated),
    falseAlarms: share(clean),
    violated: violated.length,
    clean: clean.length,
    threshold: threshold === null ? null : Math.round(threshold * 10_000) / 10_000,
  };
}

export type SetFigures = Readonly<Partial<Record<CheckName, CheckFigures>>>;

/** The worst check decides. */
export function worstOf(figures: SetFigures): { readonly recall: number | null; readonly falseAlarms: number | null } {
  const all = Object.values(figures);
  const recalls = all.flatMap(({ recall }) => (recall === null ? [] : [recall]));
  const alarms = all.flatMap(({ falseAlarms }) => (falseAlarms === null ? [] : [falseAlarms]));
  return {
    recall: recalls.length === 0 ? null : Math.min(...recalls),
    falseAlarms: alarms.length === 0 ? null : Math.max(...alarms),
  };
}
