import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createStore } from 'zustand/vanilla';
import type { StudioContract } from '../../electron/contract/index.ts';

export type StudioClient = ContractRouterClient<StudioContract>;
type Link = ClientLink<ClientContext>;

export interface ConnectionState {
  /** 'refused': the studio answers, and does not let this browser in any more. */
  state: 'connecting' | 'open' | 'lost' | 'refused';
  /** Counts every connection made, so that whatever streams knows when to begin again. */
  epoch: number;
}

/** Thrown for a call that could not reach the studio within the wait. It is not in the studio's catalogue: the studio never saw it. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Where links come from. `start` calls `opened` for every new link, `closed` when the present one ends, and `refused` where none is given any more. */
export interface LinkSource {
  start(opened: (link: Link) => void, closed: () => void, refused: () => void): () => void;
}

/** How long a call waits for a connection before it fails. */
const CALL_WAIT_MS = 10_000;

export function createConnection(source: LinkSource, callWaitMs: number = CALL_WAIT_MS) {
  const store = createStore<ConnectionState>(() => ({ state: 'connecting', epoch: 0 }));
  let current = Promise.withResolvers<Link>();

  function opened(link: Link): void {
    if (store.getState().state === 'open') current = Promise.withResolvers<Link>();
    current.resolve(link);
    store.setState(({ epoch }) => ({ state: 'open', epoch: epoch + 1 }));
  }
  function closed(): void {
    if (store.getState().state !== 'open') return;
    current = Promise.withResolvers<Link>();
    store.setState({ state: 'lost' });
  }

  function refused(): void {
    if (store.getState().state !== 'open') store.setState({ state: 'refused' });
  }

  async function waitForLink(): Promise<Link> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ConnectionLost('the studio does not answer')), callWaitMs);
    });
    return Promise.race([current.promise, expired]).finally(() => clearTimeout(timer));
  }

  const client = createORPCClient<StudioClient>(new DynamicLink(waitForLink));
  const stop = source.start(opened, closed, refused);
  return { client, store, stop };
}

/** The browser host: one WebSocket, opened again with growing pauses when it closes. */
export function webSocketSource(url: string): LinkSource {
  return {
    start(opened, closed, refused) {
      let socket: WebSocket | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let failures = 0;
      let stopped = false;
      function open(): void {
        const opening = new WebSocket(url);
        socket = opening;
        opening.addEventListener('open', () => {
          failures = 0;
          opened(new WebSocketLink({ websocket: opening }));
        });
        opening.addEventListener('close', () => {
          closed();
          if (stopped) return;
          timer = setTimeout(open, Math.min(5000, 250 * 2 ** failures));
          failures += 1;
          if (failures > 1) void isLetIn().then((isIn) => isIn || stopped || refused());
        });
      }
      open();
      return () => {
        stopped = true;
        clearTimeout(timer);
        socket?.close();
      };
    },
  };
}

/** A socket does not tell why it was not opened; the page's own address does. Whoever cannot reach the studio at all was not refused. */
async function isLetIn(): Promise<boolean> {
  try {
    return (await fetch('./', { method: 'HEAD', cache: 'no-store' })).status !== 401;
  } catch {
    return true;
  }
}

/** The desktop: preload hands over a port, and a new one whenever the studio's process was started again. */
export function messagePortSource(target: Window): LinkSource {
  return {
    start(opened, closed) {
      function receive(event: MessageEvent): void {
        const [port] = event.ports;
        const data: unknown = event.data;
        const isHandOver = typeof data === 'object' && data !== null && 'type' in data && data.type === 'studio-port';
        if (event.source !== target || !isHandOver || !port) return;
        port.addEventListener('close', closed);
        const link = new MessagePortLink({ port });
        port.start();
        opened(link);
      }
      target.addEventListener('message', receive);
      return () => target.removeEventListener('message', receive);
    },
  };
}
