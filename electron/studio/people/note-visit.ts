import { isStudioError } from '../../contract/errors.ts';
import type { PersonId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';

/** Writes down when a person came in, and by which token. Nobody stays outside because that could not be written. */
export function noteVisit(
  { people, readOnly }: Pick<Library, 'people' | 'readOnly'>,
  personId: PersonId,
  tokenHash: Uint8Array | null,
): void {
  if (readOnly !== null) return;
  try {
    people.noteVisit(personId, tokenHash);
  } catch (error) {
    if (!isStudioError(error) || error.code !== 'library.diskFull') throw error;
  }
}
