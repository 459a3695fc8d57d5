import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { ownerId, personIdSchema, timestampMsSchema } from '../../contract/identifiers.ts';
import type { PersonId } from '../../contract/identifiers.ts';
import type { Person } from '../../contract/people.ts';
import { roles, roleSchema } from '../../contract/role.ts';
import type { Role } from '../../contract/role.ts';
import { notFound } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** Called when a person may no longer do what they could: their open connections are to end. */
export type CutListener = (personId: PersonId) => void;

/** Who may come in and as what. Nobody is deleted, so that names stay beside verdicts. */
export type PersonRepository = {
  /** Everybody who ever joined, the owner first. */
  list(): Person[];
  /** Null for who is not known. Also those who may not come in any more. */
  find(id: string): Person | null;
  /** @throws person.notFound */
  get(id: PersonId): Person;
  /** Gives the owner a name where there is none yet. */
  nameOwner(name: string): void;
  /** @throws person.notFound, person.nameTaken */
  rename(id: PersonId, name: string): Person;
  /** @throws person.notFound, person.isOwner */
  setRole(id: PersonId, role: Role): Person;
  /** Ends every token too. @throws person.notFound, person.isOwner */
  takeBack(id: PersonId): Person;
  /** Whose token it is; null for one that is unknown or was taken back. */
  ofToken(hash: Uint8Array): PersonId | null;
  /** Notes that a person came in, by a token where it was one; at most once a minute. */
  noteVisit(id: PersonId, hash: Uint8Array | null): void;
  /** Returns the way out. */
  onCut(listener: CutListener): () => void;
};

/** A row is not written more often for somebody who comes in again and again. */
const SEEN_PAUSE_MS = 60_000;

const personRow = z.object({
  id: personIdSchema,
  // The owner of a library that no host has opened for writing yet.
  name: z.string().transform((name) => name || ownerId),
  role: roleSchema,
  createdAtMs: timestampMsSchema,
  lastSeenMs: timestampMsSchema.nullable(),
  takenBackAtMs: timestampMsSchema.nullable(),
});
const personColumns =
  'id, name, role, created_at_ms AS createdAtMs, last_seen_ms AS lastSeenMs, taken_back_at_ms AS takenBackAtMs';
const selectPersons = `SELECT ${personColumns} FROM persons ORDER BY sequence`;
const selectPerson = `SELECT ${personColumns} FROM persons WHERE id = ?`;
const selectNames = 'SELECT id, name FROM persons WHERE taken_back_at_ms IS NULL';
const selectTokenOwner = `
SELECT persons.id FROM tokens JOIN persons ON persons.sequence = person_sequence
WHERE hash = ? AND tokens.taken_back_at_ms IS NULL AND persons.taken_back_at_ms IS NULL`;

/** `applyRoles` runs inside the `write` that changes a role: what people decided may count for more or less. */
export function createPersonRepository(
  { database, clock }: RepositoryContext,
  applyRoles: () => void,
): PersonRepository {
  const listeners = new Set<CutListener>();
  const find = (id: string) => database.find(personRow, selectPerson, id);
  const cut = (id: PersonId) => {
    for (const listener of listeners) listener(id);
  };

  function get(id: PersonId): Person {
    const found = find(id);
    if (found === null) throw notFound('person.notFound', id);
    return found;
  }

  /** Writes the change and tells of it as the person is then. */
  function change(id: PersonId, event: 'person.changed' | 'person.takenBack', work: () => void): Person {
    return database.write(() => {
      work();
      const person = get(id);
      database.note(event, [id], { detail: { name: person.name, role: person.role } });
      return person;
    });
  }

  return {
    list: () => database.all(personRow, selectPersons),
    find,
    get,
    nameOwner: (name) => {
      if (database.value("SELECT 1 FROM persons WHERE id = ? AND name = ''", ownerId) === undefined) return;
      database.write(() => {
        database.run('UPDATE persons SET name = ?, created_at_ms = ? WHERE id = ?', name, clock.nowMs(), ownerId);
        database.note('person.joined', [ownerId], { by: ownerId, detail: { name, role: get(ownerId).role } });
      });
    },
    rename: (id, name) => {
      if (get(id).name === name) return get(id);
      return change(id, 'person.changed', () => {
        assertFreeName({ database }, name, id);
        database.run('UPDATE persons SET name = ? WHERE id = ?', name, id);
      });
    },
    setRole: (id, role) => {
      const before = get(id);
      assertNotOwner(id);
      if (before.role === role) return before;
      const after = change(id, 'person.changed', () => {
        database.run('UPDATE persons SET role = ? WHERE id = ?', role, id);
        applyRoles();
      });
      // What streams under the higher role ends; the page comes back with the lower one.
      if (roles.indexOf(role) < roles.indexOf(before.role)) cut(id);
      return after;
    },
    takeBack: (id) => {
      const before = get(id);
      assertNotOwner(id);
      if (before.takenBackAtMs !== null) return before;
      const after = change(id, 'person.takenBack', () => {
        const nowMs = clock.nowMs();
        database.run('UPDATE persons SET taken_back_at_ms = ? WHERE id = ?', nowMs, id);
        database.run(
          `UPDATE tokens SET taken_back_at_ms = ? WHERE taken_back_at_ms IS NULL AND person_sequence = (SELECT sequence FROM persons WHERE id = ?)`,
          nowMs,
          id,
        );
      });
      cut(id);
      return after;
    },
    ofToken: (hash) => {
      const id = database.value(selectTokenOwner, hash);
      return typeof id === 'string' ? personIdSchema.parse(id) : null;
    },
    noteVisit: (id, hash) => {
      const nowMs = clock.nowMs();
      if (nowMs - (find(id)?.lastSeenMs ?? 0) < SEEN_PAUSE_MS) return;
      database.write(() => {
        database.run('UPDATE persons SET last_seen_ms = ? WHERE id = ?', nowMs, id);
        if (hash !== null) database.run('UPDATE tokens SET last_used_ms = ? WHERE hash = ?', nowMs, hash);
      });
    },
    onCut: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function assertNotOwner(id: PersonId): void {
  if (id === ownerId) throw new StudioError('person.isOwner', 'The owner of this machine stays an admin.', { id });
}

/** Two people with one name could not be told apart beside a verdict. @throws person.nameTaken */
export function assertFreeName(
  { database }: Pick<RepositoryContext, 'database'>,
  name: string,
  except: string | null,
): void {
  const wanted = name.toLocaleLowerCase();
  const taken = database
    .all(z.object({ id: z.string(), name: z.string() }), selectNames)
    .some((other) => other.id !== except && other.name.toLocaleLowerCase() === wanted);
  if (taken) throw new StudioError('person.nameTaken', `There is a ${name} in this library already.`, { name });
}
