import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { StudioError } from '../contract/errors.ts';
import type { Connection } from '../studio/guard.ts';
import type { StudioRouter } from '../studio/router.ts';
import { toRpcError } from '../studio/wire-error.ts';

/** One end of a transport, whatever it is: a socket or a port. */
export type Channel = {
  readonly send: (data: string | Uint8Array<ArrayBuffer>) => void;
  readonly onMessage: (listener: (data: string | Uint8Array) => void) => void;
  readonly onClose: (listener: () => void) => void;
};

export type RpcServer = { serve(channel: Channel, connection: Connection): void };

/** Between the JSON and the bytes of a frame that carries a file; it occurs in no UTF-8. */
const BYTES_FOLLOW = 0xff;

/** The outside of a frame. Bodies are parsed by the procedures' own schemas. */
const frameSchema = z.union([
  z.object({
    i: z.string().max(40),
    t: z.literal(1).optional(),
    p: z.object({
      u: z.string().startsWith('/').max(200),
      h: z.record(z.string(), z.unknown()).optional(),
      m: z.literal('POST').optional(),
    }),
  }),
  z.object({ i: z.string().max(40), t: z.union([z.literal(3), z.literal(4)]), p: z.unknown().optional() }),
]);

/**
 * Serves the router over any channel. The frames are those of a WebSocket on every transport: that adapter of the RPC library catches
 * what fails, where its message-port adapter leaves an unhandled rejection. What is no frame at all is dropped here and answered by nobody.
 */
export function createRpcServer(router: StudioRouter): RpcServer {
  const handler = new RPCHandler(router, {
    interceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          // Procedures fail with RPC errors only; anything else is a body that could not be read.
          if (error instanceof ORPCError) throw error;
          throw toRpcError(
            new StudioError('input.invalid', 'The request cannot be read.', {
              issues: [{ path: '', message: 'the request cannot be read' }],
            }),
          );
        }
      },
    ],
  });
  return {
    serve(channel, connection) {
      const socket = {
        send: (data: string | Uint8Array<ArrayBuffer>) => channel.send(data),
        addEventListener(type: string, listener: (event: { data: string | Uint8Array }) => unknown) {
          if (type === 'message') channel.onMessage((data) => void (isFrame(data) && listener({ data })));
          if (type === 'close') channel.onClose(() => void listener({ data: '' }));
        },
      };
      // The adapter uses exactly these two methods, and of an event only its data.
      void handler.upgrade(socket as unknown as Pick<WebSocket, 'addEventListener' | 'send'>, { context: connection });
    },
  };
}

function isFrame(data: unknown): boolean {
  if (typeof data !== 'string' && !(data instanceof Uint8Array)) return false;
  try {
    return frameSchema.safeParse(JSON.parse(typeof data === 'string' ? data : readText(data))).success;
  } catch {
    // Not JSON.
    return false;
  }
}

function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(BYTES_FOLLOW);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
