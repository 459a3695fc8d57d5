import { StudioError } from '../../contract/errors.ts';
import type { PersonId } from '../../contract/identifiers.ts';
import type { Right } from '../../contract/role.ts';
import type { Library } from '../../library/library.ts';

/** Holds an open invitation. Both are SHA-256: of the code, and of the secret in the browser's cookie, which becomes a token when they accept. */
export type GuestPass = { readonly code: Uint8Array; readonly token: Uint8Array };

/** Who is at the other end of a connection. The door found it out by a token; what they may do stands in their row. */
export type Caller = {
  /** Null for a guest. */
  readonly personId: PersonId | null;
  readonly guest?: GuestPass;
  /** Sits at the machine that the studio runs on. Only then may a path be named: nobody else has business with its files. */
  readonly sharesMachine?: boolean;
};

/** A caller while one call lasts. */
export type Connection = {
  readonly role: Right;
  /** Id of the person: what verdicts, runs and events are signed with. Empty for a guest. */
  readonly reviewer: string;
  readonly guest?: GuestPass;
  readonly sharesMachine?: boolean;
};

/** Looks the person up at every call, so that a change of role holds at once. @throws access.denied for who may not come in any more */
export function identifyCaller(
  { people }: Pick<Library, 'people'>,
  { personId, guest, sharesMachine = false }: Caller,
  procedure: string,
): Connection {
  if (guest !== undefined) return { role: 'guest', reviewer: '', guest, sharesMachine };
  const person = personId === null ? null : people.find(personId);
  if (person === null || person.takenBackAtMs !== null)
    throw new StudioError('access.denied', 'This person may not come in any more.', { procedure, role: 'nobody' });
  return { role: person.role, reviewer: person.id, sharesMachine };
}
