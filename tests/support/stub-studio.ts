import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { buildIfStale } from '../../scripts/build-freshness.ts';
import { writeEnd } from '../../electron/studio/deliver/zip-folder.ts';
import { createStubEvents } from './stub-studio/stub-events.ts';
import type { StubEvents } from './stub-studio/stub-events.ts';
import { StubLibrary } from './stub-studio/stub-library.ts';
import { createStubRouter } from './stub-studio/stub-router.ts';
import type { StubOptions } from './stub-studio/stub-options.ts';

const builtPage = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const pageTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
/** Once a process: tests of one file see one build, whatever is edited meanwhile. */
let isBuilt = false;
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; media-src 'self'; connect-src 'self'";

export interface StubStudio {
  url: string;
  library: StubLibrary;
  events: Pick<StubEvents, 'tell' | 'forget'>;
  /** Cuts every connection, as a studio that restarts does. */
  dropConnections(): void;
  /** Lets nobody in any more, as a studio does whose admin took the rights back. */
  refuse(): void;
  close(): Promise<void>;
}

async function hashOf(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

/** Serves the built page over the studio's contract with plausible data in memory, under the product's content security policy. */
export async function startStubStudio({
  assetCount = 48,
  port = 0,
  paceMs = 20,
  namesPaceMs = 0,
  failConcepts = 0,
  readOnly = false,
  sharesMachine = true,
  role = 'admin',
  pageFolder = builtPage,
}: Partial<StubOptions> & { assetCount?: number; port?: number; pageFolder?: string } = {}): Promise<StubStudio> {
  if (pageFolder === builtPage && !isBuilt) {
    buildIfStale('renderer');
    isBuilt = true;
  }
  const library = new StubLibrary(assetCount);
  const events = createStubEvents();
  const handler = new RPCHandler(
    createStubRouter(library, { paceMs, namesPaceMs, failConcepts, readOnly, sharesMachine, role }, events),
  );

  let isRefusing = false;
  const server = createServer((request, response) => {
    if (isRefusing) {
      response.writeHead(401).end();
      return;
    }
    const path = new URL(request.url ?? '/', 'http://stub').pathname;
    const object = /^\/assets\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (request.method === 'POST' && path === '/uploads') {
      void hashOf(request).then((hash) => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ hash }));
      });
      return;
    }
    const sound = object === undefined ? undefined : library.sounds.get(object);
    if (sound !== undefined) {
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': sound.length });
      response.end(sound);
      return;
    }
    if (object) {
      void library.pictures.render(object).then((bytes) => {
        response.writeHead(bytes ? 200 : 404, {
          'content-type': 'image/webp',
          'cache-control': 'public, max-age=31536000, immutable',
        });
        response.end(bytes ?? undefined);
      });
      return;
    }
    if (/^\/deliveries\/\w{26}\.zip$/.test(path)) {
      response.writeHead(200, { 'content-type': 'application/zip', 'content-disposition': 'attachment' });
      response.end(writeEnd(0, 0, 0));
      return;
    }
    const file = join(pageFolder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(pageFolder) || !existsSync(file) || path.includes('..')) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': pageTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
    });
    createReadStream(file).pipe(response);
  });
  const sockets = new WebSocketServer({ server, path: '/rpc', verifyClient: () => !isRefusing });
  sockets.on('connection', (socket) => handler.upgrade(socket));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const boundPort = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${boundPort}/`,
    library,
    events,
    refuse: () => {
      isRefusing = true;
      sockets.clients.forEach((socket) => socket.terminate());
    },
    dropConnections: () => sockets.clients.forEach((socket) => socket.terminate()),
    close: () =>
      new Promise((resolve) => {
        sockets.clients.forEach((socket) => socket.terminate());
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
