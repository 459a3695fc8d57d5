import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { StudioContract } from '../../../electron/contract/index.ts';

export type StudioClient = ContractRouterClient<StudioContract>;

export type ConnectedClient = {
  readonly client: StudioClient;
  /** Value of the Cookie header that opens the host's other addresses. */
  readonly cookie: string;
  readonly origin: string;
  readonly close: () => Promise<void>;
  /** Settles when the other side has ended the connection. */
  readonly closed: Promise<void>;
};

/** Comes in as a browser does: the address with the token first, then the socket with the cookie. */
export async function connectClient(url: string): Promise<ConnectedClient> {
  const { origin, host } = new URL(url);
  const entrance = await fetch(url, { redirect: 'manual' });
  const cookie = (entrance.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return openSocket({ origin, host, cookie });
}

/** Comes in as a browser that has a cookie already. */
export async function openSocket({
  origin,
  host,
  cookie,
}: {
  readonly origin: string;
  readonly host: string;
  readonly cookie: string;
}): Promise<ConnectedClient> {
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const client: StudioClient = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
  return {
    client,
    cookie,
    origin,
    closed,
    async close() {
      socket.close();
      await closed;
    },
  };
}
