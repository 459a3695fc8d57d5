import type { AssetFilter } from '../../../electron/contract/asset.ts';
import { message } from '../../lib/messages/message.ts';
import { checkTitles } from './check-titles.ts';
import { flagTitles, statusTitles } from './mark-titles.ts';

/** What a filter lets through, in words: "Approved, Pick, 3 stars or more". `judge` is the version whose checks count where it names one. */
export function describeFilter(
  filter: AssetFilter,
  judge?: { readonly name: string; readonly number: number },
): string {
  const parts = [
    ...filter.statuses.map((status) => message(statusTitles[status])),
    ...filter.flags.map((flag) => message(flagTitles[flag])),
    filter.minStars > 0 ? message('review.starsAtLeast', { count: filter.minStars }) : null,
    ...filter.origins.map((origin) => message(`media.${origin}`)),
    ...filter.media.map((medium) => message(`media.${medium}s`)),
    filter.formatIds.length > 0 ? message('review.formatCount', { count: filter.formatIds.length }) : null,
    filter.compliance === 'passed'
      ? message('review.compliantOnly')
      : filter.compliance === 'failed'
        ? message('review.failingOnly')
        : null,
    filter.failedCheck === null
      ? null
      : message('review.failsCheck', { check: message(checkTitles[filter.failedCheck]) }),
    judge === undefined ? null : message('review.judgedBy', judge),
    filter.text === '' ? null : message('review.withText', { text: filter.text }),
  ].filter((part) => part !== null);
  return parts.length === 0 ? message('review.everything') : parts.join(', ');
}
