import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ownerId } from '../../../../electron/contract/identifiers.ts';
import { createRpcServer } from '../../../../electron/hosts/rpc-server.ts';
import { createBrief } from '../../../../electron/studio/brief/create-brief.ts';
import type { StudioClient } from '../../../support/studio/connect-client.ts';
import { briefText, makePlan } from '../../../support/studio/make-plan.ts';
import { openTestServer } from '../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../support/studio/open-test-studio.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer({ fake: { imageMs: 20 } });
});
afterAll(() => server[Symbol.asyncDispose]());

type Opened = { readonly client: StudioClient; readonly port: MessagePort; readonly close: () => Promise<void> };

/** As the desktop does it: one port stays with the page, the other goes to the studio. */
function openPort(): Opened {
  const { port1, port2 } = new MessageChannel();
  createRpcServer(server.studio.router).serve(
    {
      send: (data) => port2.postMessage(data),
      onMessage: (listener) => port2.on('message', listener),
      onClose: (listener) => port2.on('close', listener),
    },
    { personId: ownerId },
  );
  const client: StudioClient = createORPCClient(new RPCLink({ port: port1 }));
  port1.start();
  return { client, port: port1, close: async () => port1.close() };
}

const transports = [
  ['a message port', async () => openPort()],
  ['a socket', () => server.connect()],
] as const;

describe.each(transports)('over %s', (_name, open) => {
  it('calls, declared failures and unreadable input come as the contract says', async () => {
    const { client, close } = await open();
    expect(await client.system.about({})).toMatchObject({ role: 'admin', libraryName: expect.any(String) });
    await expect(client.brief.get({ briefId: '0'.repeat(26) })).rejects.toMatchObject({
      code: 'brief.notFound',
      defined: true,
    });
    await expect(client.brief.get({ briefId: 'nonsense' })).rejects.toMatchObject({
      code: 'input.invalid',
      data: { issues: [{ path: 'briefId' }] },
    });
    await close();
  });

  it('files go through: a brand kit comes with its fonts', async () => {
    const { client, close } = await open();
    const kitText = JSON.stringify({
      name: 'X',
      palette: [
        { name: 'a', hex: '#000000', role: 'background' },
        { name: 'b', hex: '#ffffff', role: 'text' },
      ],
      type: { headline: { family: 'F', file: 'f.woff' }, body: { family: 'F', file: 'f.woff' } },
      logos: [{ name: 'l', file: 'l.svg' }],
    });
    const files = [
      { name: 'f.woff', content: new File([new Uint8Array([1, 2, 3])], 'f.woff') },
      { name: 'l.svg', content: new File(['<svg/>'], 'l.svg') },
    ];
    await expect(client.brand.import({ kitText, files })).rejects.toMatchObject({
      code: 'brand.invalid',
      data: { file: 'f.woff' },
    });
    await close();
  });

  it('a stream reports changes of others and leaves nothing behind when its reader goes', async () => {
    const { feed } = server.studio.context;
    const before = feed.readerCount();
    const { client, close } = await open();
    const events = await client.event.follow({ since: null });
    expect((await events.next()).value).toMatchObject({ kind: 'place', missed: false });
    const waiting = events.next();
    await expect.poll(() => feed.readerCount()).toBe(before + 1);
    const brief = createBrief(server.studio.context, briefText);
    expect((await waiting).value).toMatchObject({
      kind: 'event',
      event: { name: 'brief.created', subject: [brief.id] },
    });
    await events.return?.();
    await expect.poll(() => feed.readerCount()).toBe(before);
    const second = await client.event.follow({ since: null });
    void second.next().catch(() => undefined);
    await expect.poll(() => feed.readerCount()).toBe(before + 1);
    await close();
    await expect.poll(() => feed.readerCount()).toBe(before);
  });
});

describe('what is no message of the protocol', () => {
  const frames = [
    '',
    'x',
    '{',
    'null',
    '[]',
    '{"i":1}',
    '{"i":"1","p":{}}',
    '{"i":"1","p":{"u":"/brief/create","b":{"json":{},"meta":[[0,"__proto__","x"]]}}}',
    '{"i":"2","p":{"u":"//evil/brief/create","m":"GET"}}',
    '{"i":"3","p":{"u":"/__proto__/toString","b":{}}}',
    '{"i":"4","p":{"u":"/brief/create","b":{"json":{"text":1},"meta":[[99,"text"]]}}}',
    `{"i":"5","p":{"u":"/brief/create","b":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
    '\ud800',
    JSON.stringify({ i: '6', p: { u: '/brief/create', b: { json: { text: 'x'.repeat(2_000_000) }, meta: [] } } }),
  ];

  it('hurts neither port nor socket', async () => {
    const trouble: unknown[] = [];
    const note = (error: unknown) => void trouble.push(error);
    process.on('unhandledRejection', note);
    const { port, close: closePort } = openPort();
    const { client: overPort, close: closeOther } = openPort();
    const connected = await server.connect();
    const socket = new WebSocket(`ws://127.0.0.1:${server.host.port}/rpc`, {
      headers: { cookie: connected.cookie, origin: connected.origin },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const replies: string[] = [];
    socket.on('message', (data: Buffer) => replies.push(data.toString('utf8')));
    for (const frame of frames) {
      port.postMessage(frame);
      socket.send(frame);
      socket.send(Buffer.from(frame));
    }
    port.postMessage({ i: '1', p: { u: '/brief/list' } });
    port.postMessage(12);
    expect(await overPort.system.about({})).toMatchObject({ role: 'admin' });
    expect(await connected.client.system.about({})).toMatchObject({ role: 'admin' });
    await expect.poll(() => replies.length).toBeGreaterThan(3);
    for (const reply of replies) expect(reply).not.toMatch(/node_modules|\bat .*:\d+:\d+|\/electron\//);
    socket.terminate();
    await closePort();
    await closeOther();
    await connected.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('unhandledRejection', note);
    expect(trouble).toEqual([]);
  });

  it('as a message beyond the limit ends that socket alone', async () => {
    const connected = await server.connect();
    const socket = new WebSocket(`ws://127.0.0.1:${server.host.port}/rpc`, {
      headers: { cookie: connected.cookie, origin: connected.origin },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.send(Buffer.alloc(65 * 1024 * 1024));
    expect([1006, 1009]).toContain(await closed);
    expect(await connected.client.system.about({})).toMatchObject({ role: 'admin' });
    await connected.close();
  });
});

it("two pages see the same batch and each other's decisions", async () => {
  const { plan } = await makePlan(server.studio.context, 4);
  const [one, two] = [await server.connect(), await server.connect()];
  const batch = await one.client.batch.start({ planId: plan.id, cellIds: null });
  const watchers = await Promise.all([one, two].map(({ client }) => client.batch.watch({ batchId: batch.id })));
  const ends = await Promise.all(
    watchers.map(async (watcher) => {
      let last = null;
      for await (const state of watcher) last = state;
      return last;
    }),
  );
  for (const end of ends) expect(end).toMatchObject({ state: 'finished', done: 4, failed: 0, waiting: 0, inHand: [] });

  const heard = await Promise.all([one, two].map(({ client }) => client.event.follow({ since: null })));
  const list = await one.client.assetList.open({ filter: { batchId: batch.id }, sort: 'newest', keep: null });
  const [assetId] = list.window.assetIds;
  if (!assetId) throw new Error('no asset');
  const seen = heard.map(async (events) => {
    const names: string[] = [];
    for await (const item of events) {
      if (item.kind === 'event') names.push(`${item.event.name} by ${item.event.by}`);
      if (names.at(-1)?.startsWith('verdict.undone')) break;
    }
    return names.filter((name) => name.startsWith('verdict'));
  });
  const decided = await one.client.review.decide({
    assetIds: [assetId],
    decision: { axis: 'status', value: 'approved' },
    reason: '',
  });
  expect(decided.assets).toMatchObject([{ id: assetId, status: 'approved' }]);
  await one.client.review.undo({});
  for (const names of await Promise.all(seen))
    expect(names).toEqual(['verdict.given by owner', 'verdict.undone by owner']);
  await one.client.review.redo({});
  expect(await two.client.asset.summaries({ assetIds: [assetId] })).toMatchObject([{ status: 'approved' }]);
  await Promise.all([one.close(), two.close()]);
});
