import { StudioError } from '../../contract/errors.ts';
import type { PersonId } from '../../contract/identifiers.ts';
import type { Person } from '../../contract/people.ts';
import type { Library } from '../../library/library.ts';
import type { Connection } from './caller.ts';

/** Everybody may change their own name, an admin everybody's. @throws access.denied, person.notFound, person.nameTaken */
export function renamePerson(
  { people }: Pick<Library, 'people'>,
  { personId, name }: { readonly personId: PersonId; readonly name: string },
  { reviewer, role }: Connection,
): Person {
  if (personId !== reviewer && role !== 'admin')
    throw new StudioError('access.denied', 'Only an admin changes the names of others.', {
      procedure: 'people.rename',
      role,
    });
  return people.rename(personId, name);
}
