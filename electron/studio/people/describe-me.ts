import { personIdSchema } from '../../contract/identifiers.ts';
import type { Me } from '../../contract/people.ts';
import type { Library } from '../../library/library.ts';
import type { Connection } from './caller.ts';

/** Who the studio takes a connection for. @throws invite.notOpen for a guest whose invitation is none any more */
export function describeMe(
  { people, invites, name: libraryName }: Pick<Library, 'people' | 'invites' | 'name'>,
  { guest, reviewer }: Connection,
): Me {
  if (guest === undefined) return { kind: 'person', person: people.get(personIdSchema.parse(reviewer)) };
  const { role, personId, invitedBy } = invites.open(guest.code);
  return {
    kind: 'guest',
    role,
    libraryName,
    invitedBy: people.find(invitedBy)?.name ?? invitedBy,
    name: personId === null ? null : people.get(personId).name,
  };
}
