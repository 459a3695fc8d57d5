import type { Flag, ReviewStatus, Verdict } from '../../../electron/contract/asset.ts';
import { message } from '../../lib/messages/message.ts';

export const statusTitles = {
  unreviewed: 'review.unreviewed',
  approved: 'review.approved',
  rejected: 'review.rejected',
  redo: 'review.redo',
} as const satisfies Record<ReviewStatus, string>;
export const flagTitles = {
  pick: 'review.flagPick',
  reject: 'review.flagReject',
  none: 'review.flagNone',
} as const satisfies Record<Flag, string>;

function isIn<Name extends string>(titles: Readonly<Record<Name, unknown>>, value: string): value is Name {
  return Object.hasOwn(titles, value);
}

/** The value of a verdict in words. Verdicts keep values as text. */
export function verdictValue(axis: Verdict['axis'], value: string): string {
  if (axis === 'status' && isIn(statusTitles, value)) return message(statusTitles[value]);
  if (axis === 'flag' && isIn(flagTitles, value)) return message(flagTitles[value]);
  return value;
}
