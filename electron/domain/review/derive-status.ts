import type { ReviewStatus } from '../../contract/asset.ts';
import type { VerdictRule } from '../../contract/review.ts';
import { isAllowed } from '../../contract/role.ts';
import type { Role } from '../../contract/role.ts';

/** What one person says of an asset and has not taken back. */
export type StandingStatus = {
  readonly value: ReviewStatus;
  /** The role that the person has now. */
  readonly role: Role;
  /** Grows with every decision: the larger one was said later. */
  readonly place: number;
};

/** The status that filters go by, from what each person says. "unreviewed" where nobody says anything, or where the rule finds no answer yet. */
export function deriveStatus(rule: VerdictRule, standing: readonly StandingStatus[]): ReviewStatus {
  switch (rule.kind) {
    case 'newest':
      return newestOf(standing);
    case 'role':
      return newestOf(standing.filter(({ role }) => isAllowed(role, rule.role)));
    case 'unanimous': {
      const values = new Set(decided(standing));
      return values.size === 1 ? ([...values][0] ?? 'unreviewed') : 'unreviewed';
    }
    case 'quorum':
      return findQuorum(decided(standing), rule.count);
  }
}

function newestOf(standing: readonly StandingStatus[]): ReviewStatus {
  return (
    standing.reduce<StandingStatus | null>(
      (newest, next) => (newest === null || next.place > newest.place ? next : newest),
      null,
    )?.value ?? 'unreviewed'
  );
}

/** Who put an asset back to unreviewed says nothing about it. */
function decided(standing: readonly StandingStatus[]): ReviewStatus[] {
  return standing.map(({ value }) => value).filter((value) => value !== 'unreviewed');
}

/** The value that enough people agree on; where several have enough, the one with the most, and none where two have as many. */
function findQuorum(values: readonly ReviewStatus[], count: number): ReviewStatus {
  const [first, second] = [...Map.groupBy(values, (value) => value)]
    .map(([value, own]) => ({ value, people: own.length }))
    .toSorted((left, right) => right.people - left.people);
  if (first === undefined || first.people < count || first.people === second?.people) return 'unreviewed';
  return first.value;
}
