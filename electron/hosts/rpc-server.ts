import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import type { Connection } from '../studio/guard.ts';
import type { StudioRouter } from '../studio/router.ts';

/** One end of a transport, whatever it is: a socket or a port. */
export type Channel = {
  send(data: string | Uint8Array<ArrayBuffer>): void;
  onMessage(listener: (data: string | Uint8Array) => void): void;
  onClose(listener: () => void): void;
};

export type RpcServer = { serve(channel: Channel, connection: Connection): void };


/**
 * Serves the router over any channel. The frames are those of a WebSocket on every transport, because that adapter of the
 * library answers for what cannot be read, where its message-port adapter leaves an unhandled rejection.
 */
export function createRpcServer(router: StudioRouter): RpcServer {
  const handler = new RPCHandler(router);
  return {
    serve(channel, connection) {
      const socket = {
        send: (data: string | Uint8Array<ArrayBuffer>) => channel.send(data),
        addEventListener(type: string, listener: (event: { data: string | Uint8Array }) => unknown) {
          if (type === 'message') channel.onMessage((data) => void listener({ data }));
          if (type === 'close') channel.onClose(() => void listener({ data: '' }));
        },
      };
      // The adapter uses exactly these two methods, and of an event only its data.
      void handler.upgrade(socket as unknown as Pick<WebSocket, 'addEventListener' | 'send'>, { context: connection });
    },
  };
}
