import { implement, ORPCError } from '@orpc/server';
import { inviteIdSchema, ownerId, personIdSchema } from '../../../electron/contract/identifiers.ts';
import type { PersonId } from '../../../electron/contract/identifiers.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import type { Invite, Person } from '../../../electron/contract/people.ts';
import type { Right, Role } from '../../../electron/contract/role.ts';
import type { Tell } from './stub-events.ts';
import type { StubLibrary } from './stub-library.ts';

const DAY_MS = 24 * 3_600_000;
const idOf = (tail: string) => tail.padStart(26, '0');

/** An owner and three who joined; whoever looks is the owner, or the one with the role that the page was opened for. */
export function createPeopleHandlers(library: Pick<StubLibrary, 'nowMs'>, tell: Tell, right: Right) {
  const os = implement(studioContract).people;
  const { nowMs } = library;
  const person = (id: PersonId, name: string, role: Role, days: number, seenMs: number | null): Person => ({
    id,
    name,
    role,
    createdAtMs: nowMs - days * DAY_MS,
    lastSeenMs: seenMs === null ? null : nowMs - seenMs,
    takenBackAtMs: null,
  });
  const people = [
    person(ownerId, 'Mira Lund', 'admin', 120, 0),
    person(personIdSchema.parse(idOf('1')), 'Ada Okafor', 'producer', 40, 22 * 60_000),
    person(personIdSchema.parse(idOf('2')), 'Bo Reyes', 'reviewer', 12, 3 * DAY_MS),
    person(personIdSchema.parse(idOf('3')), 'Chen Wei, brand lead of the northern region', 'viewer', 2, null),
  ];
  const invites: Invite[] = [];
  let me = people.find(({ role }) => role === right);
  const find = (id: PersonId) => {
    const found = people.find((candidate) => candidate.id === id);
    if (!found) throw new ORPCError('person.notFound', { data: { id }, defined: true });
    return found;
  };
  const assertFree = (name: string, id: string) => {
    if (people.some((other) => other.id !== id && other.name === name))
      throw new ORPCError('person.nameTaken', { data: { name }, defined: true });
  };
  return {
    me: os.me.handler(() =>
      me === undefined
        ? {
            kind: 'guest' as const,
            role: 'reviewer' as const,
            libraryName: 'Example library',
            invitedBy: 'Mira Lund',
            name: null,
          }
        : { kind: 'person' as const, person: me },
    ),
    accept: os.accept.handler(({ input }) => {
      const name = input.name ?? '';
      assertFree(name, '');
      const joined = person(personIdSchema.parse(idOf('4')), name, 'reviewer', 0, 0);
      people.push(joined);
      me = joined;
      tell('person.joined', [joined.id]);
      return joined;
    }),
    list: os.list.handler(() => people),
    rename: os.rename.handler(({ input }) => {
      assertFree(input.name, input.personId);
      const found = Object.assign(find(input.personId), { name: input.name });
      tell('person.changed', [found.id]);
      return found;
    }),
    invites: os.invites.handler(() => invites),
    invite: os.invite.handler(({ input }) => {
      const id = inviteIdSchema.parse(idOf(`a${invites.length}`));
      const expiresAtMs = nowMs + input.days * DAY_MS;
      const { role, personId } = input;
      const invite = { id, role, personId, invitedBy: ownerId, createdAtMs: nowMs, expiresAtMs };
      invites.unshift(invite);
      tell('person.invited', [id]);
      const code = 'k3J9q2Xw7'.repeat(5).slice(0, 43);
      return { invite, code, links: [`http://192.168.1.20:4870/?invite=${code}`] };
    }),
    setRole: os.setRole.handler(({ input }) => {
      const found = Object.assign(find(input.personId), { role: input.role });
      tell('person.changed', [found.id]);
      return found;
    }),
    takeBack: os.takeBack.handler(({ input }) => {
      const found = Object.assign(find(input.personId), { takenBackAtMs: nowMs });
      tell('person.takenBack', [found.id]);
      return found;
    }),
    takeBackInvite: os.takeBackInvite.handler(({ input }) => {
      const at = invites.findIndex(({ id }) => id === input.inviteId);
      if (at >= 0) invites.splice(at, 1);
      tell('invite.takenBack', [input.inviteId]);
      return { takenBack: at >= 0 };
    }),
  };
}
