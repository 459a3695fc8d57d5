import { call, isProcedure } from '@orpc/server';
import type { AnyProcedure, AnyRouter } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorisation } from '../../../../electron/contract/authorisation.ts';
import { personIdSchema } from '../../../../electron/contract/identifiers.ts';
import { isAllowed, roles } from '../../../../electron/contract/role.ts';
import type { Right } from '../../../../electron/contract/role.ts';
import type { Caller } from '../../../../electron/studio/people/caller.ts';
import { openSocket } from '../../../support/studio/connect-client.ts';
import { addPerson, openTestServer } from '../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../support/studio/open-test-studio.ts';

/** What each procedure may do to the library decides its role. Written by hand, so that the contract's own table is not its own judge. */
const readers = [
  'asset.summaries',
  'asset.get',
  'asset.takes',
  'asset.counts',
  'assetList.open',
  'assetList.names',
  'assetList.locate',
  'assetList.follow',
  'bin.content',
  'bin.list',
  'batch.list',
  'batch.get',
  'batch.failures',
  'batch.staleWords',
  'batch.watch',
  'brand.draft',
  'brand.list',
  'brand.versions',
  'brief.list',
  'brief.get',
  'copy.table',
  'copy.exportFile',
  'delivery.list',
  'delivery.locate',
  'format.list',
  'ideation.board',
  'model.textChoice',
  'people.list',
  'people.rename',
  'review.rule',
  'plan.formats',
  'plan.list',
  'plan.get',
  'plan.cells',
  'plan.headlines',
  'plan.forecast',
  'run.ends',
  'run.get',
  'run.list',
  'run.troubles',
  'run.watch',
  'scoring.list',
  'scoring.overview',
  'scoring.reports',
  'scoring.versions',
  'scoring.watch',
  'system.about',
  'system.status',
  'event.follow',
  'system.models',
  'system.search',
  'system.runningBatch',
];
const guests = ['people.me', 'people.accept'];
const admins = [
  'review.setRule',
  'people.invites',
  'people.invite',
  'people.setRole',
  'people.takeBack',
  'people.takeBackInvite',
];
const reviewers = ['review.decide', 'review.undo', 'review.redo'];

function listProcedures(router: AnyRouter, path: readonly string[] = []): { name: string; procedure: AnyProcedure }[] {
  if (isProcedure(router)) return [{ name: path.join('.'), procedure: router }];
  return Object.entries(router).flatMap(([key, part]) => listProcedures(part as AnyRouter, [...path, key]));
}

let server: TestServer;
let procedures: { name: string; procedure: AnyProcedure }[];

beforeAll(async () => {
  server = await openTestServer();
  procedures = listProcedures(server.studio.router);
  for (const role of roles) callers[role] = { personId: addPerson(server.studio, role, role).personId };
});
afterAll(() => server[Symbol.asyncDispose]());

const table = Object.entries(authorisation).flatMap(([topic, verbs]) =>
  Object.entries(verbs).map(([verb, role]) => ({ name: `${topic}.${verb}`, role })),
);

function expectedRight(name: string): Right {
  if (guests.includes(name)) return 'guest';
  if (readers.includes(name)) return 'viewer';
  if (reviewers.includes(name)) return 'reviewer';
  return admins.includes(name) ? 'admin' : 'producer';
}

const nobody = personIdSchema.parse('7zzzzzzzzzzzzzzzzzzzzzzzzz');
const guest = { code: new Uint8Array(32), token: new Uint8Array(32) };
const callers: Record<string, Caller> = { guest: { personId: null, guest }, nobody: { personId: nobody } };
const held: readonly string[] = ['guest', ...roles, 'nobody'];

it('has a row for every procedure of the router and no other', () => {
  expect(table.map(({ name }) => name).sort()).toEqual(procedures.map(({ name }) => name).sort());
});

it('lets guests join, readers read, reviewers decide, producers change the work and only admins people', () => {
  for (const { name, role } of table)
    expect({ name, role }).toEqual({
      name,
      role: expectedRight(name),
    });
});

describe.each(table)('$name', ({ name, role: needed }) => {
  it.each(held)('answers a %s as its row says, before it looks at the input', async (role) => {
    const found = procedures.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`no procedure ${name}`);
    // This input fits nothing: whoever may call gets `input.invalid`, everybody else never comes so far.
    const error: unknown = await call(
      found.procedure,
      { nothing: 'fits' },
      { context: callers[role] ?? { personId: nobody }, path: name.split('.') },
    ).then(
      () => null,
      (reason: unknown) => reason,
    );
    const mayCall = role !== 'nobody' && isAllowed(role as Right, needed);
    expect(error).toMatchObject(
      mayCall ? { code: 'input.invalid' } : { code: 'access.denied', data: { procedure: name, role } },
    );
  });
});

it('holds on a real connection', async () => {
  const viewers = await openTestServer();
  const { token } = addPerson(viewers.studio, 'Vi', 'viewer');
  const { origin, host } = new URL(viewers.host.url);
  const connected = await openSocket({ origin, host, cookie: `housestyle-${viewers.host.port}=${token}` });
  try {
    expect((await connected.client.system.about({})).role).toBe('viewer');
    await expect(connected.client.brief.create({ text: 'x' })).rejects.toMatchObject({
      code: 'access.denied',
      defined: true,
      data: { procedure: 'brief.create', role: 'viewer' },
    });
    expect(await connected.client.brief.list({})).toEqual([]);
  } finally {
    await connected.close();
    await viewers[Symbol.asyncDispose]();
  }
});
