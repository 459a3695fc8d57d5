import type { Brief } from '../../contract/brief.ts';
import type { FormatId } from '../../contract/format.ts';
import type { BriefId } from '../../contract/identifiers.ts';
import { parseBrief } from '../../domain/brief/parse-brief.ts';
import type { StudioContext } from '../system/studio-context.ts';

/** Name that errors give to a text that came from no file. */
const UNNAMED_FILE = 'brief.md';

/** @throws brief.invalid with line and field */
export function createBrief({ library }: StudioContext, text: string | Uint8Array, file = UNNAMED_FILE): Brief {
  return library.briefs.create(parseBrief(text, file, formatIdsOf(library)));
}

/** @throws brief.invalid, brief.notFound */
export function updateBrief({ library }: StudioContext, briefId: BriefId, text: string): Brief {
  return library.briefs.update(briefId, parseBrief(text, UNNAMED_FILE, formatIdsOf(library)));
}

/** Like `createBrief`, but a brief with the very same text is used again. */
export function createBriefOnce(context: StudioContext, text: string | Uint8Array, file = UNNAMED_FILE): Brief {
  const parsed = parseBrief(text, file, formatIdsOf(context.library));
  for (const { id } of context.library.briefs.list()) {
    const existing = context.library.briefs.get(id);
    if (existing.text === parsed.text) return existing;
  }
  return createBrief(context, text, file);
}

function formatIdsOf({ formats }: StudioContext['library']): FormatId[] {
  return formats.list().map(({ id }) => id);
}
