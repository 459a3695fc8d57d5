import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReviewStatus } from '../../../../electron/contract/asset.ts';
import { ownerId } from '../../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../../electron/contract/identifiers.ts';
import { createRpcServer } from '../../../../electron/hosts/rpc-server.ts';
import { runArguments } from '../../../../electron/hosts/run-program.ts';
import { verifyAudit } from '../../../../electron/studio/events/verify-audit.ts';
import { completeJobs, openTestLibrary, preparePlan } from '../../../support/library-fixtures.ts';
import type { StudioClient } from '../../../support/studio/connect-client.ts';
import { joinStudio } from '../../../support/studio/join-studio.ts';
import { openTestServer } from '../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../support/studio/open-test-studio.ts';

const PICTURES = 200;
let folder: string;
let server: TestServer;
let assetIds: AssetId[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-three-people-'));
  const libraryFolder = join(folder, 'library');
  const library = openTestLibrary(libraryFolder);
  const { planId } = await preparePlan(library, { variations: PICTURES / 4 });
  library.batches.start(planId, null, ownerId);
  assetIds = await completeJobs(library);
  library.close();
  server = await openTestServer({ libraryFolder, ownerName: 'Mira' });
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** The owner's window: a port instead of a socket. */
function openWindow(): { readonly client: StudioClient; readonly close: () => void } {
  const { port1, port2 } = new MessageChannel();
  createRpcServer(server.studio.router).serve(
    {
      send: (data) => port2.postMessage(data),
      onMessage: (listener) => port2.on('message', listener),
      onClose: (listener) => port2.on('close', listener),
    },
    { personId: ownerId, sharesMachine: true },
  );
  const client: StudioClient = createORPCClient(new RPCLink({ port: port1 }));
  port1.start();
  return { client, close: () => port1.close() };
}

/** What the command line prints when the studio that has the library open carries it out. */
async function runCommand(
  ...args: readonly string[]
): Promise<{ readonly exitCode: number; readonly printed: string }> {
  let printed = '';
  const { signal } = new AbortController();
  const note = { write: (text: string) => void (printed += text), isTTY: false, columns: 0 };
  const streams = { stdout: note, stderr: note } as never;
  const exitCode = await runArguments(args, { opened: server, folder, streams, signal, ending: signal });
  return { exitCode, printed };
}

const statuses = async (client: StudioClient) => {
  const { approved, rejected, redo, unreviewed } = await client.asset.counts({ filter: {} });
  return { approved, rejected, redo, unreviewed };
};

const idOf = async (client: StudioClient) => {
  const me = await client.people.me({});
  return me.kind === 'person' ? me.person.id : '';
};
const decide = (client: StudioClient, ids: readonly AssetId[], value: ReviewStatus, reason = '') =>
  client.review.decide({ assetIds: [...ids], decision: { axis: 'status', value }, reason });

it('three people decide on the same 200 pictures by two browsers and a window, each undoes their own, and the audit trail tells it all', async () => {
  const [first, last] = [assetIds[0], assetIds.at(-1)];
  if (assetIds.length !== PICTURES || !first || !last) throw new Error('too few pictures');
  const window = openWindow();
  const joinAs = async (name: string) => {
    const { code } = await window.client.people.invite({ role: 'reviewer' });
    return joinStudio(`http://127.0.0.1:${server.host.port}/?invite=${code}`, name);
  };
  const [ada, bo] = [await joinAs('Ada'), await joinAs('Bo')];
  const [adaId, boId] = [await idOf(ada.client), await idOf(bo.client)];
  const half = PICTURES / 2;

  // All three at once, picture by picture in the first half and in one go in the second.
  await Promise.all([
    (async () => {
      for (const id of assetIds.slice(0, half)) await decide(ada.client, [id], 'approved');
      await decide(ada.client, assetIds.slice(half), 'approved', 'on brand');
    })(),
    (async () => {
      for (const id of assetIds.slice(0, half)) await decide(bo.client, [id], 'rejected');
      await decide(bo.client, assetIds.slice(half), 'approved', 'I agree');
    })(),
    (async () => {
      for (const id of assetIds.slice(0, half)) await decide(window.client, [id], 'approved');
      await decide(window.client, assetIds.slice(half), 'rejected', 'legal');
    })(),
  ]);
  for (const assetId of [first, last]) {
    const { standing } = await ada.client.asset.get({ assetId });
    expect(standing.map(({ reviewer }) => reviewer).toSorted()).toEqual([adaId, boId, ownerId].toSorted());
  }

  // Two of three agree on every picture, whoever came last.
  await window.client.review.setRule({ rule: { kind: 'quorum', count: 2 } });
  expect(await statuses(bo.client)).toEqual({ approved: PICTURES, rejected: 0, redo: 0, unreviewed: 0 });

  // Each undoes their own newest decision, which takes nothing of the others with it.
  await Promise.all([ada.client.review.undo({}), bo.client.review.undo({}), window.client.review.undo({})]);
  expect(await statuses(ada.client)).toEqual({ approved: half, rejected: 0, redo: 0, unreviewed: half });
  const { standing } = await bo.client.asset.get({ assetId: last });
  expect(standing).toEqual([]);
  await ada.client.review.redo({});
  await window.client.review.setRule({ rule: { kind: 'newest' } });
  const { approved, rejected } = await statuses(window.client);
  expect(approved + rejected).toBe(PICTURES);
  expect(await statuses(ada.client)).toEqual(await statuses(bo.client));
  await expect(window.client.review.redo({})).resolves.toMatchObject({ isWritten: true });
  await window.client.review.undo({});

  await window.client.people.takeBack({ personId: boId });
  await bo.closed;

  const file = join(folder, 'audit.jsonl');
  expect(await runCommand('audit', 'export', '--out', file)).toMatchObject({ exitCode: 0 });
  expect(await verifyAudit(file, new AbortController().signal)).toMatchObject({ ok: true });
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { name?: string; by?: string; subject?: string[]; detail?: Record<string, string> },
    );
  const named = new Map(
    lines.filter(({ name }) => name === 'person.joined').map(({ subject, detail }) => [subject?.[0], detail?.['name']]),
  );
  expect(named).toEqual(
    new Map([
      [ownerId, 'Mira'],
      [adaId, 'Ada'],
      [boId, 'Bo'],
    ]),
  );
  const told = (name: string, by: string) => lines.filter((line) => line.name === name && line.by === by);
  for (const by of [adaId, boId, ownerId]) {
    const given = told('verdict.given', by);
    expect(given).toHaveLength(half + 1);
    expect(new Set(given.flatMap(({ subject }) => subject ?? []))).toEqual(new Set(assetIds));
  }
  expect(
    ['verdict.undone', 'verdict.redone'].map((name) => [adaId, boId, ownerId].map((by) => told(name, by).length)),
  ).toEqual([
    [1, 1, 2],
    [1, 0, 1],
  ]);
  expect(told('review.ruleChanged', ownerId).map(({ detail }) => detail?.['kind'])).toEqual(['quorum', 'newest']);
  expect(told('person.takenBack', ownerId).map(({ subject }) => subject)).toEqual([[boId]]);
  await ada.close();
  window.close();
}, 60_000);
