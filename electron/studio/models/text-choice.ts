import { z } from 'zod';
import type { BriefId } from '../../contract/identifiers.ts';
import type { TextChoice } from '../../contract/model.ts';
import type { Library } from '../../library/library.ts';
import type { StudioContext } from '../system/studio-context.ts';

const SETTING = 'textModel';
const nameOf = (briefId: BriefId | null) => (briefId === null ? SETTING : `${SETTING}:${briefId}`);

type Reads = Pick<Library, 'settings'>;

/** The text models that a person chose: for everything, and for one campaign. @throws brief.notFound */
export function readTextChoice(library: Pick<Library, 'settings' | 'briefs'>, briefId: BriefId | null): TextChoice {
  if (briefId !== null) library.briefs.get(briefId);
  return { usual: readName(library, null), campaign: briefId === null ? null : readName(library, briefId) };
}

/** The model to write with: the run's own, else the campaign's, else the usual one. Null where nobody chose: the starter's. */
export function resolveTextModel(library: Reads, briefId: BriefId, ofRun: string | null): string | null {
  return ofRun ?? readName(library, briefId) ?? readName(library, null);
}

export type ChosenText = { readonly briefId: BriefId | null; readonly name: string | null };

/** Null takes the choice back. @throws brief.notFound, model.* for one that is not installed or cannot be used */
export async function chooseTextModel(
  { library, engines }: StudioContext,
  { briefId, name }: ChosenText,
): Promise<TextChoice> {
  if (briefId !== null) library.briefs.get(briefId);
  if (name !== null) await engines.findModel('text', name);
  library.settings.set(nameOf(briefId), name);
  library.events.record('model.chosen', [name ?? 'none']);
  return readTextChoice(library, briefId);
}

function readName({ settings }: Reads, briefId: BriefId | null): string | null {
  return z
    .string()
    .nullable()
    .catch(null)
    .parse(settings.get(nameOf(briefId)));
}
