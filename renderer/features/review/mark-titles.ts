import type { Flag, ReviewStatus } from '../../../electron/contract/asset.ts';

export const statusTitles = { unreviewed: 'review.unreviewed', approved: 'review.approved', rejected: 'review.rejected', redo: 'review.redo' } as const satisfies Record<ReviewStatus, string>;
export const flagTitles = { pick: 'review.flagPick', reject: 'review.flagReject', none: 'review.flagNone' } as const satisfies Record<Flag, string>;
