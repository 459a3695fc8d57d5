import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerId } from '../../../../electron/contract/identifiers.ts';
import type { Role } from '../../../../electron/contract/role.ts';
import { connectClient, openSocket } from '../../../support/studio/connect-client.ts';
import type { ConnectedClient } from '../../../support/studio/connect-client.ts';
import { joinStudio } from '../../../support/studio/join-studio.ts';
import { openTestServer } from '../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../support/studio/open-test-studio.ts';

let server: TestServer;
let owner: ConnectedClient;
beforeEach(async () => {
  server = await openTestServer({ ownerName: 'Mira' });
  owner = await server.connect();
});
afterEach(async () => {
  await owner.close();
  await server[Symbol.asyncDispose]();
});

async function invite(role: Role): Promise<string> {
  const { code } = await owner.client.people.invite({ role });
  return `http://127.0.0.1:${server.host.port}/?invite=${code}`;
}
const lookAt = (link: string, headers: Record<string, string> = {}) => fetch(link, { redirect: 'manual', headers });

describe('joining', () => {
  it('the owner is the first admin and takes the name that the host gives, once', async () => {
    expect(await owner.client.people.me({})).toMatchObject({
      kind: 'person',
      person: { id: ownerId, name: 'Mira', role: 'admin', takenBackAtMs: null, lastSeenMs: expect.any(Number) },
    });
    server.studio.context.library.people.nameOwner('Somebody');
    expect((await owner.client.people.list({})).map(({ name }) => name)).toEqual(['Mira']);
    expect(await owner.client.people.rename({ personId: ownerId, name: 'Mira Lund' })).toMatchObject({
      name: 'Mira Lund',
    });
  });

  it('an invitation makes one person, and what it opened before that shows nothing of the library', async () => {
    const link = await invite('reviewer');
    const guest = await connectClient(link);
    expect(await guest.client.people.me({})).toEqual({
      kind: 'guest',
      role: 'reviewer',
      libraryName: expect.any(String),
      invitedBy: 'Mira',
      name: null,
    });
    await expect(guest.client.brief.list({})).rejects.toMatchObject({ code: 'access.denied', data: { role: 'guest' } });
    for (const path of ['/assets/00', '/previews/x.webp', '/deliveries/x.zip'])
      expect((await lookAt(guest.origin + path, { cookie: guest.cookie })).status).toBe(403);
    await expect(guest.client.people.accept({ name: 'mira' })).rejects.toMatchObject({ code: 'person.nameTaken' });
    await expect(guest.client.people.accept({ name: null })).rejects.toMatchObject({ code: 'input.invalid' });
    const ada = await guest.client.people.accept({ name: 'Ada' });
    expect(ada).toMatchObject({ name: 'Ada', role: 'reviewer' });
    await guest.close();
    const again = await joinedWith(guest);
    expect(await again.client.people.me({})).toEqual({
      kind: 'person',
      person: { ...ada, lastSeenMs: expect.any(Number) },
    });
    await expect(again.client.people.accept({ name: 'Eve' })).rejects.toMatchObject({ code: 'access.denied' });
    await again.close();
  });

  it('works once, also for two who opened it before', async () => {
    const link = await invite('viewer');
    const [first, second] = [await connectClient(link), await connectClient(link)];
    await first.client.people.accept({ name: 'Ada' });
    await expect(second.client.people.accept({ name: 'Bo' })).rejects.toMatchObject({
      code: 'invite.notOpen',
      data: { why: 'used' },
    });
    const late = await lookAt(link);
    expect([late.status, await late.text()]).toEqual([401, expect.stringContaining('used already')]);
    expect((await lookAt(`${second.origin}/`, { cookie: second.cookie })).status).toBe(401);
    expect((await owner.client.people.list({})).map(({ name }) => name)).toEqual(['Mira', 'Ada']);
    await Promise.all([first.close(), second.close()]);
  });

  it('ends where the invitation was taken back or has run out, and says so', async () => {
    const taken = await owner.client.people.invite({ role: 'viewer' });
    expect(await owner.client.people.invites({})).toEqual([taken.invite]);
    const { invite: short } = await owner.client.people.invite({ role: 'viewer', days: 1 });
    expect(short.expiresAtMs - short.createdAtMs).toBe(86_400_000);
    expect(await owner.client.people.takeBackInvite({ inviteId: taken.invite.id })).toEqual({ takenBack: true });
    expect(await owner.client.people.takeBackInvite({ inviteId: taken.invite.id })).toEqual({ takenBack: false });
    const answer = await lookAt(`http://127.0.0.1:${server.host.port}/?invite=${taken.code}`);
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('taken back')]);
    await expect(owner.client.people.invite({ role: 'viewer', days: 31 })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  it('wrong codes shut an address out for a minute', async () => {
    const link = await invite('viewer');
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess += 1)
      statuses.push((await lookAt(`http://127.0.0.1:${server.host.port}/?invite=guess${guess}`)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    expect((await lookAt(link)).status).toBe(429);
  });

  it('lets somebody in again who has lost their browser, under the name and role that they have', async () => {
    const ada = await joinStudio(await invite('reviewer'), 'Ada');
    const { person } = (await ada.client.people.me({})) as { person: { id: typeof ownerId } };
    const { code } = await owner.client.people.invite({ role: 'viewer', personId: person.id });
    const link = `http://127.0.0.1:${server.host.port}/?invite=${code}`;
    const laptop = await joinStudio(link, null);
    expect(await laptop.client.people.me({})).toMatchObject({
      person: { id: person.id, name: 'Ada', role: 'reviewer' },
    });
    expect(await owner.client.people.list({})).toHaveLength(2);
    await Promise.all([ada.close(), laptop.close()]);
  });
});

/** A person's browser that comes back. */
function joinedWith({ cookie, origin }: ConnectedClient): Promise<ConnectedClient> {
  return openSocket({ origin, host: new URL(origin).host, cookie });
}

describe('rights', () => {
  it('end at once when they are taken back: what is open is cut, nothing comes in again, and the name stays', async () => {
    const ada = await joinStudio(await invite('producer'), 'Ada');
    const events = await ada.client.event.follow({ since: null });
    await events.next();
    const waiting = events.next().then(
      ({ done }) => (done === true ? 'ended' : 'event'),
      () => 'cut',
    );
    const { person } = (await ada.client.people.me({})) as { person: { id: typeof ownerId } };
    await owner.client.people.takeBack({ personId: person.id });
    await ada.closed;
    expect(await waiting).not.toBe('event');
    await expect(joinedWith(ada)).rejects.toThrow('401');
    expect((await lookAt(`${ada.origin}/`, { cookie: ada.cookie })).status).toBe(401);
    expect(await owner.client.people.list({})).toMatchObject([
      { id: ownerId },
      { name: 'Ada', takenBackAtMs: expect.any(Number) },
    ]);
    await expect(owner.client.people.invite({ role: 'viewer', personId: person.id })).rejects.toMatchObject({
      code: 'person.notFound',
    });
  });

  it('follow the role: a viewer may not decide, a producer may not invite, and a lower role holds at once', async () => {
    const vi = await joinStudio(await invite('viewer'), 'Vi');
    await expect(vi.client.review.undo({})).rejects.toMatchObject({ code: 'access.denied', data: { role: 'viewer' } });
    const { person } = (await vi.client.people.me({})) as { person: { id: typeof ownerId } };
    await owner.client.people.setRole({ personId: person.id, role: 'producer' });
    await expect(vi.client.review.undo({}), 'a higher role needs no new connection').rejects.toMatchObject({
      code: 'review.nothingToUndo',
    });
    await expect(vi.client.people.invite({ role: 'viewer' })).rejects.toMatchObject({
      code: 'access.denied',
      data: { procedure: 'people.invite', role: 'producer' },
    });
    await expect(vi.client.people.rename({ personId: ownerId, name: 'X' })).rejects.toMatchObject({
      code: 'access.denied',
    });
    expect(await vi.client.people.rename({ personId: person.id, name: 'Vivian' })).toMatchObject({ name: 'Vivian' });
    await owner.client.people.setRole({ personId: person.id, role: 'viewer' });
    await vi.closed;
    const back = await joinedWith(vi);
    await expect(back.client.review.undo({})).rejects.toMatchObject({ code: 'access.denied' });
    await back.close();
  });

  it('of the owner cannot be lost', async () => {
    for (const call of [
      owner.client.people.takeBack({ personId: ownerId }),
      owner.client.people.setRole({ personId: ownerId, role: 'viewer' }),
    ])
      await expect(call).rejects.toMatchObject({ code: 'person.isOwner', defined: true });
  });
});

it('keeps hashes and no secret in the library, and tells who joined and what became of them', async () => {
  const { code } = await owner.client.people.invite({ role: 'reviewer' });
  const ada = await joinStudio(`http://127.0.0.1:${server.host.port}/?invite=${code}`, 'Ada');
  const secret = ada.cookie.split('=')[1] ?? '';
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  const { person } = (await ada.client.people.me({})) as { person: { id: typeof ownerId } };
  await owner.client.people.setRole({ personId: person.id, role: 'producer' });
  await owner.client.people.takeBack({ personId: person.id });
  const { library } = server.studio.context;
  const told = library.events.list({ after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 100 });
  expect(told.map(({ name, by, detail }) => ({ name, by, detail }))).toEqual([
    { name: 'person.joined', by: ownerId, detail: { name: 'Mira', role: 'admin' } },
    { name: 'person.invited', by: ownerId, detail: { role: 'reviewer' } },
    { name: 'person.joined', by: person.id, detail: { name: 'Ada', role: 'reviewer' } },
    { name: 'person.changed', by: ownerId, detail: { name: 'Ada', role: 'producer' } },
    { name: 'person.takenBack', by: ownerId, detail: { name: 'Ada', role: 'producer' } },
  ]);
  library.backUp(join(server.folder, 'copy.db'));
  const bytes = ['library.db', 'library.db-wal', 'copy.db'].map((name) => readFileSync(join(server.folder, name)));
  for (const text of [secret, code, server.host.token]) {
    expect(bytes.some((content) => content.includes(text))).toBe(false);
    expect(bytes.some((content) => content.includes(Buffer.from(text, 'base64url')))).toBe(false);
  }
});
