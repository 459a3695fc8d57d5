import type { ErrorData } from '../../../electron/contract/errors.ts';
import type { FormatId } from '../../../electron/contract/format.ts';
import { isStudioError } from '../../../electron/contract/errors.ts';
import { parseBrief } from '../../../electron/domain/brief/parse-brief.ts';

export type BriefProblem = ErrorData<'brief.invalid'>;

/** What is wrong with the text of a brief, by the studio's own rules; null when nothing is. `formatIds` as for `parseBrief`. */
export function findBriefProblem(text: string, formatIds: readonly FormatId[] | null): BriefProblem | null {
  try {
    parseBrief(text, 'brief.md', formatIds);
    return null;
  } catch (error) {
    if (isStudioError(error) && error.code === 'brief.invalid') return error.data as BriefProblem;
    throw error;
  }
}
