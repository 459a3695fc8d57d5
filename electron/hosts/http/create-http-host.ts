import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { fastifyHelmet } from '@fastify/helmet';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { StudioError } from '../../contract/errors.ts';
import type { Studio } from '../../studio/create-studio.ts';
import { noteVisit } from '../../studio/people/note-visit.ts';
import { identifyCaller } from '../../studio/people/caller.ts';
import type { Caller, Connection } from '../../studio/people/caller.ts';
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
import { addUploadRoutes } from './upload-routes.ts';

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
};

export type HttpHost = {
  readonly url: string;
  readonly port: number;
  /** Of the owner: whoever has it comes in as an admin. */
  readonly token: string;
  /** Addresses without the token, those that other machines reach first. */
  readonly addresses: readonly string[];
  /** Address that other machines reach, or null. */
  readonly reachable: string | null;
  /** Addresses with the token that other machines can use; none when it listens to this machine alone. */
  readonly others: readonly string[];
  close(): Promise<void>;
};

/** The browser host: page, pictures and RPC, for the owner by the address with the token and for everybody whom they invited, on this machine alone unless told otherwise. */
export async function createHttpHost({
  studio,
  host,
  port,
  mayMove,
  rendererFolder = pageFolder,
  certificate,
}: HttpHostOptions): Promise<HttpHost> {
  const { access, token } = createAccessControl({ library: studio.context.library, nowMs: studio.context.clock.nowMs });
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
  addUploadRoutes(server, studio, (request) => findConnection(request, rules, access, studio));
  const closeSockets = addRpcSocket(server.server, {
    router: studio.router,
    admit: (request) => admitSocket(request, rules, access, studio),
    onCut: (listener) => studio.context.library.people.onCut(listener),
  });

  await listen(server, host, port, mayMove);
  const bound = portOf(server);
  rules.current = createOriginRules(host, bound, scheme);
  // Cookies do not know ports: two studios on one machine must not overwrite each other's session.
  rules.cookie = `housestyle-${bound}`;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const baseOf = (name: string) => `${scheme}://${inAddress(name)}:${bound}`;
  const addressOf = (name: string) => `${baseOf(name)}/?token=${token}`;
  const reached = isEverywhere ? listAddresses().filter((name) => host === '::' || !name.includes(':')) : [host];
  const own = isLoopback(host) || isEverywhere ? '127.0.0.1' : host;
  return {
    url: addressOf(own),
    port: bound,
    token,
    addresses: [...new Set([...(isLoopback(host) ? [] : reached), own])].map(baseOf),
    reachable: isLoopback(host) ? null : `${inAddress(host)}:${bound}`,
    others: isLoopback(host) ? [] : reached.map(addressOf),
    async close() {
      closeSockets();
      await server.close();
    },
  };
}

type Rules = { readonly current: OriginRules; readonly cookie: string };

/** Every route but the entrance with a token or an invitation needs a session, and no route answers a page of another site. */
function guardRequests(server: FastifyInstance, rules: Rules, access: AccessControl): void {
  server.addHook('onRequest', async (request, reply) => {
    if (hasRepeatedHeader(request.raw.rawHeaders)) return reply.code(400).type('text/plain').send('refused');
    const { token, invite } = request.query as { token?: unknown; invite?: unknown };
    const isEntrance = request.routeOptions.url === '/' && (token !== undefined || invite !== undefined);
    // An invitation is opened from wherever it was sent to. What it answers shows nothing and changes nothing.
    const { 'sec-fetch-site': _from, ...others } = request.headers;
    const isOpened = isEntrance && invite !== undefined && others['sec-fetch-mode'] === 'navigate';
    // A page says where it comes from whenever it sends something.
    const isSent = request.method === 'POST';
    const refused = refuseOrigin(isOpened ? others : request.headers, rules.current, isSent);
    if (refused !== null) return reply.code(403).type('text/plain').send(`refused: ${refused}`);
    if (isEntrance) return undefined;
    const found = access.find(readCookie(request.headers.cookie, rules.cookie));
    if (found === null)
      return reply
        .code(401)
        .type('text/plain')
        .send('Open the address that Housestyle printed, which carries the token, or ask an admin for an invitation.');
    if (found.caller.guest !== undefined && isOfLibrary(request.routeOptions.url))
      return reply.code(403).type('text/plain').send('Say who you are first.');
    return undefined;
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

/** Pictures, previews and exports; the page itself holds nothing of a library. */
function isOfLibrary(route: string | undefined): boolean {
  return route !== undefined && /^\/(assets|previews|deliveries)\//.test(route);
}

/** Who sends something; null for who may not come in. */
function findConnection(
  { headers }: IncomingMessage,
  rules: Rules,
  access: AccessControl,
  { context: { library } }: Studio,
): Connection | null {
  const found = access.find(readCookie(headers.cookie, rules.cookie));
  if (found === null) return null;
  const { personId, guest } = found.caller;
  const person = personId === null ? null : library.people.find(personId);
  const mayComeIn = guest !== undefined || (person !== null && person.takenBackAtMs === null);
  return mayComeIn ? identifyCaller(library, found.caller, 'media.import') : null;
}

function admitSocket(
  request: IncomingMessage,
  rules: Rules,
  access: AccessControl,
  { context: { library } }: Studio,
): Caller | { readonly refused: 400 | 401 | 403 } {
  if (hasRepeatedHeader(request.rawHeaders)) return { refused: 400 };
  if (refuseOrigin(request.headers, rules.current, true) !== null) return { refused: 403 };
  const found = access.find(readCookie(request.headers.cookie, rules.cookie));
  if (found === null) return { refused: 401 };
  const { caller, tokenHash } = found;
  if (caller.personId !== null) noteVisit(library, caller.personId, tokenHash);
  return { ...caller, sharesMachine: isLoopbackPeer(request.socket.remoteAddress) };
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
