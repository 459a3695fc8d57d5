import { RPCLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionLost, createConnection, messagePortSource } from '../../../../renderer/rpc/connection.ts';
import type { LinkSource } from '../../../../renderer/rpc/connection.ts';
import { StubLibrary } from '../../../support/stub-studio/stub-library.ts';
import { createStubRouter } from '../../../support/stub-studio/stub-router.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  while (ports.length > 0) ports.pop()?.close();
});

function servePort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const router = createStubRouter(new StubLibrary(0), { namesPaceMs: 0, paceMs: 1, failConcepts: 1, readOnly: false });
  new RPCHandler(router).upgrade(port1);
  port1.start();
  ports.push(port1, port2);
  return port2;
}

/** A source that a test opens and closes by hand. */
function manualSource() {
  let opened: Parameters<LinkSource['start']>[0] | undefined;
  let closed: (() => void) | undefined;
  const source: LinkSource = {
    start(onOpen, onClose) {
      opened = onOpen;
      closed = onClose;
      return () => {};
    },
  };
  return {
    source,
    open() {
      const port = servePort();
      const link = new RPCLink({ port });
      port.start();
      opened?.(link);
    },
    close: () => closed?.(),
  };
}

describe('createConnection', () => {
  it('lets a call wait until the studio answers', async () => {
    const manual = manualSource();
    const { client, store } = createConnection(manual.source);
    const early = client.brief.list({});
    expect(store.getState()).toEqual({ state: 'connecting', epoch: 0 });
    manual.open();
    expect((await early).map(({ name }) => name)).toEqual(['Spring launch', 'Refill bottle']);
    expect(store.getState()).toEqual({ state: 'open', epoch: 1 });
  });

  it('goes on over a new connection and counts it', async () => {
    const manual = manualSource();
    const { client, store } = createConnection(manual.source);
    manual.open();
    await client.system.about({});
    manual.close();
    expect(store.getState().state).toBe('lost');
    const during = client.system.about({});
    manual.open();
    expect((await during).libraryName).toBe('Example library');
    expect(store.getState()).toEqual({ state: 'open', epoch: 2 });
  });

  it('fails a call as lost when no connection comes in time', async () => {
    const { client } = createConnection(manualSource().source, 20);
    await expect(client.brief.list({})).rejects.toBeInstanceOf(ConnectionLost);
  });

  it('streams, and carries declared failures with their data', async () => {
    const manual = manualSource();
    const { client } = createConnection(manual.source);
    manual.open();
    const [brief] = await client.brief.list({});
    if (!brief) throw new Error('no brief');
    const { id: runId } = await client.ideation.run({
      briefId: brief.id,
      brandVersionId: null,
      personas: 0,
      gaps: 0,
      concepts: 2,
      seed: 1,
    });
    const states: string[] = [];
    for await (const run of await client.run.watch({ runId })) states.push(run.state);
    expect([states[0], states.at(-1)]).toEqual(['running', 'finished']);
    expect(await client.run.get({ runId })).toMatchObject({ done: 1, failed: 1 });
    await expect(client.brief.create({ text: 'no front matter' })).rejects.toMatchObject({
      code: 'brief.invalid',
      data: { line: 1, file: 'brief.md' },
    });
  });
});

describe('messagePortSource', () => {
  it('takes a port that its own window hands over and no other', () => {
    const target = new EventTarget();
    let links = 0;
    const stop = messagePortSource(target as unknown as Window).start(
      () => (links += 1),
      () => {},
      () => {},
    );
    const handOver = (data: unknown, source: unknown) => {
      const event = new Event('message');
      Object.assign(event, { data, source, ports: [servePort()] });
      target.dispatchEvent(event);
    };
    handOver({ type: 'studio-port' }, {});
    handOver({ type: 'other' }, target);
    handOver('studio-port', target);
    expect(links).toBe(0);
    handOver({ type: 'studio-port' }, target);
    expect(links).toBe(1);
    stop();
    handOver({ type: 'studio-port' }, target);
    expect(links).toBe(1);
  });
});
