import type { PersonId } from '../../contract/identifiers.ts';
import type { Invitation } from '../../contract/people.ts';
import type { Role } from '../../contract/role.ts';
import type { Library } from '../../library/library.ts';
import { hashSecret, makeSecret } from './secret.ts';

export type InviteOptions = {
  readonly role: Role;
  readonly personId: PersonId | null;
  readonly days: number;
  readonly invitedBy: string;
};

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a code that works once. Only its SHA-256 is kept; the code is in the answer and nowhere else. `addresses` are those of the studio's doors
 * ("https://192.168.1.5:4870"). @throws person.notFound
 */
export function invitePerson(
  { library }: { readonly library: Pick<Library, 'invites'> },
  { role, personId, days, invitedBy }: InviteOptions,
  addresses: readonly string[],
): Invitation {
  const code = makeSecret();
  const invite = library.invites.add({ hash: hashSecret(code), role, personId, invitedBy, lastsMs: days * DAY_MS });
  return { invite, code, links: addresses.map((address) => `${address}/?invite=${code}`) };
}
