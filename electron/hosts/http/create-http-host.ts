import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { fastifyHelmet } from '@fastify/helmet';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Connection } from '../../studio/guard.ts';
import type { Studio } from '../../studio/create-studio.ts';
import { createAccessControl } from './access-control.ts';
import type { AccessControl } from './access-control.ts';
import { addObjectRoutes } from './object-routes.ts';
import { addPageRoutes } from './page-routes.ts';
import {
  createOriginRules,
  hasRepeatedHeader,
  isLoopback,
  isLoopbackPeer,
  readCookie,
  refuseOrigin,
} from './request-origin.ts';
import type { OriginRules } from './request-origin.ts';
import { addRpcSocket } from './rpc-socket.ts';
import { helmetOptions } from './security-headers.ts';

export type HttpHostOptions = {
  readonly studio: Studio;
  readonly host: string;
  readonly port: number;
  /** Takes another free port when this one is taken. */
  readonly mayMove: boolean;
  /** The built page. */
  readonly rendererFolder?: string;
  /** Who comes in with the token. Default: an editor who signs as "browser". */
  readonly connection?: Connection;
};

export type HttpHost = {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Address that other machines reach, or null. */
  readonly reachable: string | null;
  close(): Promise<void>;
};

const defaultRendererFolder = join(import.meta.dirname, '..', '..', '..', 'dist', 'renderer');

/** The browser host: page, pictures and RPC behind one token, for this machine alone unless told otherwise. */
export async function createHttpHost({
  studio,
  host,
  port,
  mayMove,
  rendererFolder = defaultRendererFolder,
  connection = { role: 'editor', reviewer: 'browser' },
}: HttpHostOptions): Promise<HttpHost> {
  const { access, token } = createAccessControl({ connection, nowMs: studio.context.clock.nowMs });
  const server = fastify({
    logger: false,
    bodyLimit: 1024,
    forceCloseConnections: true,
    trustProxy: false,
    requestTimeout: 60_000,
  });
  const rules: { current: OriginRules; cookie: string } = { current: { allowedHosts: new Set() }, cookie: '' };
  await server.register(fastifyHelmet, helmetOptions);
  guardRequests(server, rules, access);
  addPageRoutes(server, {
    access,
    cookieName: () => rules.cookie,
    rendererFolder: existsSync(rendererFolder) ? rendererFolder : null,
  });
  addObjectRoutes(server, studio);
  const closeSockets = addRpcSocket(server.server, {
    router: studio.router,
    admit: (request) => admitSocket(request, rules, access),
  });

  await listen(server, host, port, mayMove);
  const bound = portOf(server);
  rules.current = createOriginRules(host, bound);
  // Cookies do not know ports: two studios on one machine must not overwrite each other's session.
  rules.cookie = `housestyle-${bound}`;
  const name = isLoopback(host) || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return {
    url: `http://${name}:${bound}/?token=${token}`,
    port: bound,
    token,
    reachable: isLoopback(host) ? null : `${host}:${bound}`,
    async close() {
      closeSockets();
      await server.close();
    },
  };
}

type Rules = { readonly current: OriginRules; readonly cookie: string };

/** Every route but the entrance with the token needs a session, and no route answers a page of another site. */
function guardRequests(server: FastifyInstance, rules: Rules, access: AccessControl): void {
  server.addHook('onRequest', async (request, reply) => {
    if (hasRepeatedHeader(request.raw.rawHeaders)) return reply.code(400).type('text/plain').send('refused');
    const refused = refuseOrigin(request.headers, rules.current, false);
    if (refused !== null) return reply.code(403).type('text/plain').send(`refused: ${refused}`);
    const { token } = request.query as { token?: unknown };
    if (request.routeOptions.url === '/' && token !== undefined) return undefined;
    if (access.findSession(readCookie(request.headers.cookie, rules.cookie)) !== null) return undefined;
    return reply.code(401).type('text/plain').send('Open the address that Housestyle printed; it carries the token.');
  });
  server.setErrorHandler(async (error, request, reply) => {
    const status =
      typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : 500;
    if (status >= 500) request.log.error(error);
    return reply
      .code(status)
      .type('text/plain')
      .send(status >= 500 ? 'something unexpected went wrong' : 'refused');
  });
  server.setNotFoundHandler(async (_request, reply) => reply.code(404).type('text/plain').send('not found'));
}

function admitSocket(
  request: IncomingMessage,
  rules: Rules,
  access: AccessControl,
): Connection | { readonly refused: 400 | 401 | 403 } {
  if (hasRepeatedHeader(request.rawHeaders)) return { refused: 400 };
  if (refuseOrigin(request.headers, rules.current, true) !== null) return { refused: 403 };
  const connection = access.findSession(readCookie(request.headers.cookie, rules.cookie));
  if (connection === null) return { refused: 401 };
  return { ...connection, sharesMachine: isLoopbackPeer(request.socket.remoteAddress) };
}

async function listen(server: FastifyInstance, host: string, port: number, mayMove: boolean): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const isTaken = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || !mayMove) throw error;
    await server.listen({ host, port: 0 });
  }
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}
