import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessControl, InviteCheck } from './access-control.ts';
import { readCookie } from './request-origin.ts';

/** A file whose name changes with its content. */
const FOR_EVER = 'private, max-age=31536000, immutable';
/** Kept, and shown only when its ETag is still the right one: an update is seen at the next visit. */
const ASK_EVERY_TIME = 'private, no-cache';

/** As the build names its files: `page/index-B1cD_3fg.js`. */
export function hasHashInName(path: string): boolean {
  return /[\\/]page[\\/][^\\/]*-[\w-]{8}\.\w+$/.test(path);
}

export type PageRoutesOptions = {
  readonly access: AccessControl;
  readonly cookieName: () => string;
  /** A cookie of an encrypted line never travels on another one. */
  readonly isEncrypted: boolean;
  /** Null when the page was not built. */
  readonly rendererFolder: string | null;
};

/** A browser of somebody who was invited stays theirs until it is taken back; browsers keep a cookie no longer than this. */
const LONGEST_SECONDS = 400 * 24 * 3600;

/** Why an invitation lets nobody in, and what helps. */
const closedInvites: Readonly<Record<Exclude<InviteCheck, 'open' | 'too-many'>, string>> = {
  unknown: 'This invitation is not known here. Ask for the whole link, or for a new one.',
  used: 'This invitation was used already. Ask for a new one, or open the studio in the browser in which you joined.',
  expired: 'This invitation has run out. Ask for a new one.',
  takenBack: 'This invitation was taken back. Ask for a new one.',
};

/** The page and its entrances: a token or a code is exchanged for a session cookie at once, so that it stays in no address bar and no history. */
export function addPageRoutes(
  server: FastifyInstance,
  { access, cookieName, isEncrypted, rendererFolder }: PageRoutesOptions,
): void {
  const cookieOf = (secret: string, lasting: string) =>
    `${cookieName()}=${secret}; Path=/; HttpOnly; SameSite=Strict${lasting}${isEncrypted ? '; Secure' : ''}`;

  function admitGuest(request: FastifyRequest, reply: FastifyReply, code: unknown): FastifyReply {
    // Who has joined and opens the old link again is at home.
    const known = access.find(readCookie(request.headers.cookie, cookieName()));
    if (known !== null && known.caller.personId !== null) return goOn(reply, '/');
    const check = typeof code === 'string' ? access.checkInvite(code, request.ip) : 'unknown';
    if (check === 'too-many') return refuseTries(reply, 'Too many wrong invitations. Wait a minute.');
    if (check !== 'open' || typeof code !== 'string')
      return reply
        .code(401)
        .type('text/plain')
        .send(closedInvites[check === 'open' ? 'unknown' : check]);
    void reply.header('set-cookie', cookieOf(access.openGuest(code), `; Max-Age=${LONGEST_SECONDS}`));
    return goOn(reply, '/#/join');
  }

  server.get<{ Querystring: { token?: unknown; invite?: unknown } }>('/', async (request, reply) => {
    const { token, invite } = request.query;
    if (token === undefined && invite !== undefined) return admitGuest(request, reply, invite);
    if (token === undefined) {
      return rendererFolder === null
        ? reply.code(503).type('text/plain').send('The page is not built. Run "npm start", which builds it.')
        : reply.sendFile('index.html');
    }
    const check = typeof token === 'string' ? access.checkToken(token, request.ip) : 'wrong';
    if (check === 'too-many') return refuseTries(reply, 'Too many wrong tokens. Wait a minute.');
    if (check === 'wrong')
      return reply
        .code(401)
        .type('text/plain')
        .send('This token is not valid. Open the address that Housestyle printed.');
    return reply
      .header('set-cookie', cookieOf(access.openSession(), ''))
      .header('cache-control', 'no-store')
      .redirect('/', 303);
  });
  if (rendererFolder === null) return;
  void server.register(fastifyStatic, {
    root: rendererFolder,
    index: false,
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (answer, path) => answer.header('cache-control', hasHashInName(path) ? FOR_EVER : ASK_EVERY_TIME),
    wildcard: true,
    prefix: '/',
  });
}

function refuseTries(reply: FastifyReply, text: string): FastifyReply {
  return reply.code(429).header('retry-after', '60').type('text/plain').send(text);
}

/** Not a redirect: one that begins at a link of another site would go on as a request of that site, without the cookie. */
function goOn(reply: FastifyReply, to: '/' | '/#/join'): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .type('text/html')
    .send(
      `<!doctype html><html lang="en"><title>Housestyle</title><meta http-equiv="refresh" content="0;url=${to}"><a href="${to}">Open Housestyle</a></html>`,
    );
}
