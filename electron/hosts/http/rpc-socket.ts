import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { CutListener } from '../../library/repositories/person-repository.ts';
import type { Caller } from '../../studio/people/caller.ts';
import type { StudioRouter } from '../../studio/rpc/router.ts';
import { createRpcServer } from '../rpc-server.ts';

/** Largest message: a brand kit with its fonts and logos. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** A page that reads so slowly that this much waits for it is dropped; it reconnects and refetches. */
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024;
const PING_MS = 20_000;

export type RpcSocketOptions = {
  readonly router: StudioRouter;
  /** Who asks, or why it is refused. */
  readonly admit: (request: IncomingMessage) => Caller | { readonly refused: 400 | 401 | 403 };
  /** Tells of people whose sockets are to end at once. */
  readonly onCut: (listener: CutListener) => () => void;
};

/** Serves the router at `/rpc` on the server's upgrades. Returns how to close every socket. */
export function addRpcSocket(server: Server, { router, admit, onCut }: RpcSocketOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const rpc = createRpcServer(router);
  const owners = new WeakMap<WebSocket, Caller['personId']>();
  // Terminated, not closed: a closing handshake could be left unanswered for as long as the peer likes.
  const stopCutting = onCut((personId) => {
    for (const socket of sockets.clients) if (owners.get(socket) === personId) socket.terminate();
  });

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    if (request.url !== '/rpc') return refuse(stream, 404);
    const admitted = admit(request);
    if ('refused' in admitted) return refuse(stream, admitted.refused);
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, admitted));
  });

  function serve(socket: WebSocket, caller: Caller): void {
    owners.set(socket, caller.personId);
    // The closing of a broken socket follows and cleans up.
    socket.on('error', () => socket.terminate());
    keepAlive(socket);
    rpc.serve(
      {
        send(data) {
          if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
          else socket.send(data, () => {});
        },
        onMessage: (listener) =>
          socket.on('message', (data, isBinary) => listener(isBinary ? toBytes(data) : toBytes(data).toString('utf8'))),
        onClose: (listener) => socket.on('close', listener),
      },
      caller,
    );
  }

  return () => {
    stopCutting();
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

function toBytes(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

/** A peer that vanished without a goodbye is noticed after two pings. */
function keepAlive(socket: WebSocket): void {
  let isAlive = true;
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_MS);
  timer.unref();
  socket.on('pong', () => (isAlive = true));
  socket.on('close', () => clearInterval(timer));
}

function refuse(stream: Duplex, status: 400 | 401 | 403 | 404): void {
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
