import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { fastifyHelmet } from '@fastify/helmet';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { StudioError } from '../../contract/errors.ts';
import type { Connection } from '../../studio/rpc/guard.ts';
import type { Studio } from '../../studio/create-studio.ts';
import { pageFolder } from '../host-defaults.ts';
import { createAccessControl } from './access-control.ts';
import type { AccessControl } from './access-control.ts';
import type { Certificate } from './certificate.ts';
import { addDeliveryRoutes } from './delivery-routes.ts';
import { addObjectRoutes } from './object-routes.ts';
import { inAddress, listAddresses } from './own-addresses.ts';
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
  /** Encrypts the line. Without it the host speaks plain HTTP. */
  readonly certificate?: Certificate;
  /** Who comes in with the token. Default: an editor who signs as "browser". */
  readonly connection?: Connection;
};

export type HttpHost = {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Address that other machines reach, or null. */
  readonly reachable: string | null;
  /** Addresses with the token that other machines can use; none when it listens to this machine alone. */
  readonly others: readonly string[];
  close(): Promise<void>;
};

/** The browser host: page, pictures and RPC behind one token, for this machine alone unless told otherwise. */
export async function createHttpHost({
  studio,
  host,
  port,
  mayMove,
  rendererFolder = pageFolder,
  certificate,
  connection = { role: 'editor', reviewer: 'browser' },
}: HttpHostOptions): Promise<HttpHost> {
  const { access, token } = createAccessControl({ connection, nowMs: studio.context.clock.nowMs });
  const scheme = certificate === undefined ? 'http' : 'https';
  const options = {
    logger: false,
    bodyLimit: 1024,
    forceCloseConnections: true,
    trustProxy: false,
    requestTimeout: 60_000,
  };
  // Both kinds of server have what is used of them here: routes, address and upgrades.
  const server =
    certificate === undefined
      ? fastify(options)
      : (fastify({
          ...options,
          https: { cert: certificate.cert, key: certificate.key },
        }) as unknown as FastifyInstance);
  const rules: { current: OriginRules; cookie: string } = { current: { allowedHosts: new Set(), scheme }, cookie: '' };
  await server.register(fastifyHelmet, helmetOptions);
  guardRequests(server, rules, access);
  addPageRoutes(server, {
    access,
    cookieName: () => rules.cookie,
    isEncrypted: certificate !== undefined,
    rendererFolder: existsSync(rendererFolder) ? rendererFolder : null,
  });
  addObjectRoutes(server, studio);
  addDeliveryRoutes(server, studio);
  const closeSockets = addRpcSocket(server.server, {
    router: studio.router,
    admit: (request) => admitSocket(request, rules, access),
  });

  await listen(server, host, port, mayMove);
  const bound = portOf(server);
  rules.current = createOriginRules(host, bound, scheme);
  // Cookies do not know ports: two studios on one machine must not overwrite each other's session.
  rules.cookie = `housestyle-${bound}`;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const addressOf = (name: string) => `${scheme}://${inAddress(name)}:${bound}/?token=${token}`;
  const reached = isEverywhere ? listAddresses().filter((name) => host === '::' || !name.includes(':')) : [host];
  return {
    url: addressOf(isLoopback(host) || isEverywhere ? '127.0.0.1' : host),
    port: bound,
    token,
    reachable: isLoopback(host) ? null : `${inAddress(host)}:${bound}`,
    others: isLoopback(host) ? [] : reached.map(addressOf),
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
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (code === 'EADDRINUSE' && mayMove) return listen(server, host, 0, false);
    const refusal = refusals[code];
    if (refusal === undefined) throw error;
    const [option, reason] = refusal;
    throw new StudioError(
      'input.invalid',
      `The studio cannot listen at ${inAddress(host)}:${port}: ${reason}.`,
      { issues: [{ path: option, message: reason }] },
      { cause: error },
    );
  }
}

/** Why a system does not let a program listen, by the system's code: the option to change, and what is wrong with it. */
const refusals: Readonly<Record<string, readonly [option: string, reason: string]>> = {
  EADDRINUSE: ['port', 'another program listens there; choose another port'],
  EACCES: ['port', 'this user may not listen there; choose a port above 1023'],
  EADDRNOTAVAIL: ['host', 'this machine has no such address'],
  ENOTFOUND: ['host', 'no machine has this name'],
  EAI_AGAIN: ['host', 'no machine has this name'],
};

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}
