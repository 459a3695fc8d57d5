import { StudioError } from '../../contract/errors.ts';
import type { Person } from '../../contract/people.ts';
import type { Library } from '../../library/library.ts';
import type { Connection } from './caller.ts';

/** Makes the guest a person. @throws invite.notOpen, person.nameTaken, and access.denied for who is one already */
export function acceptInvitation(
  { invites }: Pick<Library, 'invites'>,
  name: string | null,
  { guest, role }: Connection,
): Person {
  if (guest === undefined)
    throw new StudioError('access.denied', 'This browser has joined already.', { procedure: 'people.accept', role });
  return invites.accept({ ...guest, name });
}
