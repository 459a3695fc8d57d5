import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { inviteIdSchema, personIdSchema, timestampMsSchema } from '../../contract/identifiers.ts';
import type { InviteId, PersonId } from '../../contract/identifiers.ts';
import type { Invite, Person } from '../../contract/people.ts';
import { roleSchema } from '../../contract/role.ts';
import type { Role } from '../../contract/role.ts';
import { assertFreeName } from './person-repository.ts';
import type { PersonRepository } from './person-repository.ts';
import { notFound } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

export type NewInvite = {
  /** SHA-256 of the code. */
  readonly hash: Uint8Array;
  readonly role: Role;
  /** Lets this person in again instead of making a new one. */
  readonly personId: PersonId | null;
  readonly invitedBy: string;
  /** How long it stands open, in milliseconds. */
  readonly lastsMs: number;
};

export type Acceptance = {
  /** SHA-256 of the code. */
  readonly code: Uint8Array;
  /** SHA-256 of the secret by which the person comes in from now on. */
  readonly token: Uint8Array;
  /** Null where the invitation is for somebody who has a name. */
  readonly name: string | null;
};

/** Codes that work once. */
export type InviteRepository = {
  /** Those that are open, newest first. */
  list(): Invite[];
  /** @throws person.notFound for somebody who is unknown or may not come in any more */
  add(invite: NewInvite): Invite;
  /** The open invitation of a code. @throws invite.notOpen saying why it is none */
  open(hash: Uint8Array): Invite;
  /** Uses the code up, and with it makes a person, or a token for the one whom it names; all or nothing. @throws invite.notOpen, person.nameTaken */
  accept(acceptance: Acceptance): Person;
  /** False when it was not open any more. @throws invite.notFound */
  takeBack(id: InviteId): boolean;
};

const inviteRow = z.object({
  id: inviteIdSchema,
  role: roleSchema,
  personId: personIdSchema.nullable(),
  invitedBy: z.string(),
  createdAtMs: timestampMsSchema,
  expiresAtMs: timestampMsSchema,
});
const stateRow = inviteRow.extend({
  usedAtMs: timestampMsSchema.nullable(),
  takenBackAtMs: timestampMsSchema.nullable(),
  personTakenBackAtMs: timestampMsSchema.nullable(),
});
const inviteColumns = `invites.id, invites.role, persons.id AS personId, invited_by AS invitedBy, invites.created_at_ms AS createdAtMs, expires_at_ms AS expiresAtMs`;
const fromInvites = 'FROM invites LEFT JOIN persons ON persons.sequence = person_sequence';
const selectOpen = `
SELECT ${inviteColumns} ${fromInvites}
WHERE used_at_ms IS NULL AND invites.taken_back_at_ms IS NULL AND persons.taken_back_at_ms IS NULL AND expires_at_ms > ? ORDER BY invites.sequence DESC`;
const selectByHash = `
SELECT ${inviteColumns}, used_at_ms AS usedAtMs, invites.taken_back_at_ms AS takenBackAtMs, persons.taken_back_at_ms AS personTakenBackAtMs
${fromInvites} WHERE hash = ?`;

export function createInviteRepository(
  { database, clock, newId }: RepositoryContext,
  people: Pick<PersonRepository, 'get'>,
): InviteRepository {
  function addPerson(name: string, role: Role): Person {
    assertFreeName({ database }, name, null);
    const id = personIdSchema.parse(newId());
    database.run(
      'INSERT INTO persons (id, name, role, created_at_ms) VALUES (?, ?, ?, ?)',
      id,
      name,
      role,
      clock.nowMs(),
    );
    return people.get(id);
  }

  function open(hash: Uint8Array): Invite {
    const found = database.find(stateRow, selectByHash, hash);
    if (found === null) throw notOpen('unknown');
    const { usedAtMs, takenBackAtMs, personTakenBackAtMs, ...invite } = found;
    if (takenBackAtMs !== null || personTakenBackAtMs !== null) throw notOpen('takenBack');
    if (usedAtMs !== null) throw notOpen('used');
    if (invite.expiresAtMs <= clock.nowMs()) throw notOpen('expired');
    return invite;
  }

  return {
    list: () => database.all(inviteRow, selectOpen, clock.nowMs()),
    open,
    add: ({ hash, role, personId, invitedBy, lastsMs }) =>
      database.write(() => {
        const person = personId === null ? null : people.get(personId);
        if (person?.takenBackAtMs != null) throw notFound('person.notFound', person.id);
        const nowMs = clock.nowMs();
        const invite: Invite = {
          id: inviteIdSchema.parse(newId()),
          role: person?.role ?? role,
          personId,
          invitedBy,
          createdAtMs: nowMs,
          expiresAtMs: nowMs + lastsMs,
        };
        database.run(
          `INSERT INTO invites (id, hash, role, person_sequence, invited_by, created_at_ms, expires_at_ms)
           VALUES (?, ?, ?, (SELECT sequence FROM persons WHERE id = ?), ?, ?, ?)`,
          invite.id,
          hash,
          invite.role,
          personId,
          invitedBy,
          invite.createdAtMs,
          invite.expiresAtMs,
        );
        database.note('person.invited', [invite.id], {
          detail: { role: invite.role, ...(personId === null ? {} : { person: personId }) },
        });
        return invite;
      }),
    accept: ({ code, token, name }) =>
      database.write(() => {
        const invite = open(code);
        database.run('UPDATE invites SET used_at_ms = ? WHERE id = ?', clock.nowMs(), invite.id);
        const person =
          invite.personId === null ? addPerson(requireName(name), invite.role) : people.get(invite.personId);
        database.run(
          'INSERT INTO tokens (hash, person_sequence, created_at_ms) SELECT ?, sequence, ? FROM persons WHERE id = ?',
          token,
          clock.nowMs(),
          person.id,
        );
        database.note('person.joined', [person.id], {
          by: person.id,
          cause: invite.id,
          detail: { name: person.name, role: person.role },
        });
        return person;
      }),
    takeBack: (id) =>
      database.write(() => {
        const state = database.value('SELECT 1 FROM invites WHERE id = ?', id);
        if (state === undefined) throw notFound('invite.notFound', id);
        const takenBack =
          database.run(
            'UPDATE invites SET taken_back_at_ms = ? WHERE id = ? AND used_at_ms IS NULL AND taken_back_at_ms IS NULL',
            clock.nowMs(),
            id,
          ) === 1;
        if (takenBack) database.note('invite.takenBack', [id]);
        return takenBack;
      }),
  };
}

const reasons = {
  unknown: 'This invitation is not known here.',
  used: 'This invitation was used already.',
  expired: 'This invitation has run out.',
  takenBack: 'This invitation was taken back.',
} as const;

function notOpen(why: keyof typeof reasons): StudioError {
  return new StudioError('invite.notOpen', `${reasons[why]} Ask for a new one.`, { why });
}

function requireName(name: string | null): string {
  if (name !== null) return name;
  const message = 'say who you are';
  throw new StudioError('input.invalid', 'A new person needs a name.', { issues: [{ path: 'name', message }] });
}
