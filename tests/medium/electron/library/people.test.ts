import { expect, it } from 'vitest';
import { ownerId } from '../../../../electron/contract/identifiers.ts';
import { hashSecret } from '../../../../electron/studio/people/secret.ts';
import { createTestFolder, openTestLibrary } from '../../../support/library-fixtures.ts';

const notOpen = (why: string) => expect.objectContaining({ code: 'invite.notOpen', data: { why } });

it('an invitation that has run out lets nobody in and is listed no more', () => {
  using folder = createTestFolder();
  using library = openTestLibrary(folder.path);
  const code = hashSecret('code');
  const invite = { hash: code, role: 'viewer', personId: null, invitedBy: ownerId } as const;
  library.invites.add({ ...invite, lastsMs: 0 });
  expect(() => library.invites.open(code)).toThrow(notOpen('expired'));
  expect(() => library.invites.accept({ code, token: hashSecret('token'), name: 'Ada' })).toThrow(notOpen('expired'));
  expect(() => library.invites.open(hashSecret('other'))).toThrow(notOpen('unknown'));
  expect(library.invites.list()).toEqual([]);
  expect(library.people.list().map(({ id }) => id)).toEqual([ownerId]);
  expect(library.people.ofToken(hashSecret('token'))).toBeNull();
});

it('what fails half way leaves the invitation open', () => {
  using folder = createTestFolder();
  using library = openTestLibrary(folder.path);
  const [code, token] = [hashSecret('code'), hashSecret('token')];
  library.people.nameOwner('Mira');
  library.invites.add({ hash: code, role: 'viewer', personId: null, invitedBy: ownerId, lastsMs: 60_000 });
  expect(() => library.invites.accept({ code, token, name: 'MIRA' })).toThrow(
    expect.objectContaining({ code: 'person.nameTaken' }),
  );
  expect(library.invites.accept({ code, token, name: 'Ada' })).toMatchObject({ name: 'Ada', role: 'viewer' });
  expect(library.people.ofToken(token)).toEqual(library.people.list()[1]?.id);
});
