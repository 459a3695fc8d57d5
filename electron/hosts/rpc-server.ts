import { ORPCError } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { StudioError } from '../contract/errors.ts';
import type { Caller } from '../studio/people/caller.ts';
import type { StudioRouter } from '../studio/rpc/router.ts';
import { toRpcError } from '../studio/rpc/wire-error.ts';
import { isRequest, readFrame } from './rpc-frames.ts';
import type { Frame, RequestFrame } from './rpc-frames.ts';

/** One end of a transport, whatever it is: a socket or a port. */
export type Channel = {
  readonly send: (data: string | Uint8Array<ArrayBuffer>) => void;
  readonly onMessage: (listener: (data: string | Uint8Array) => void) => void;
  readonly onClose: (listener: () => void) => void;
};

export type RpcServer = { serve(channel: Channel, caller: Caller): void };

/** Streams that one connection may have open at once. A page follows about ten things. */
export const MAX_STREAMS = 64;

type Request = Parameters<ReturnType<typeof createServerPeerHandleRequestFn>>[0];

/**
 * Serves the router over any channel; the frames are those of a WebSocket on every transport. What is no frame at all is dropped here and
 * answered by nobody. A frame whose body cannot be read is answered like any other bad input, and nothing that a peer sends is printed.
 */
export function createRpcServer(router: StudioRouter): RpcServer {
  const handler = new StandardRPCHandler(router, {
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
    serve(channel, caller) {
      const peer = new ServerPeer((data) => channel.send(typeof data === 'string' ? data : copyBytes(data)));
      const handle = createServerPeerHandleRequestFn(handler, { context: caller });
      let streams = 0;

      async function receive(data: string | Uint8Array, frame: Frame): Promise<void> {
        let [wasRead, isStream] = [false, false];
        try {
          // Ends when the answer was sent, and with it the whole of a stream.
          await peer.message(data, async (request) => {
            wasRead = true;
            const response = await handle(request);
            if (!isAsyncIterator(response.body)) return response;
            if (streams >= MAX_STREAMS) {
              await response.body.return?.();
              return handle(refuse(request, tooManyStreams()));
            }
            streams += 1;
            isStream = true;
            return response;
          });
        } catch (error) {
          // Once a request was read, its procedure answers for itself: what fails then is the way back to a peer that left.
          if (!wasRead && isRequest(frame)) await answerUnreadable(frame, error);
        } finally {
          if (isStream) streams -= 1;
        }
      }

      async function answerUnreadable({ i: id, p: { u: path } }: RequestFrame, error: unknown): Promise<void> {
        const { signal } = peer.open(id);
        const request = { url: new URL(`orpc:${path}`), method: 'POST', headers: {}, signal, body: undefined };
        await peer.response(id, await handle(refuse(request, error)));
      }

      channel.onMessage((data) => {
        const frame = readFrame(data);
        // An answer that cannot be sent has nobody who waits for it.
        if (frame !== null) receive(data, frame).catch(() => undefined);
      });
      channel.onClose(() => peer.close());
    },
  };
}

/** The same request with a body that fails with `reason`: the handler refuses it before any procedure runs. */
function refuse(request: Request, reason: unknown): Request {
  const body = Promise.reject(reason);
  body.catch(() => undefined);
  return { ...request, body };
}

function tooManyStreams(): ORPCError<string, unknown> {
  return toRpcError(
    new StudioError('access.tooManyStreams', 'This connection follows too many things at once.', {
      limit: MAX_STREAMS,
    }),
  );
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}

/** Of its own memory: a port may take it away. */
function copyBytes(data: ArrayBufferLike | Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(data instanceof Uint8Array ? data : new Uint8Array(data));
}
