import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { AccessControl } from './access-control.ts';

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

/** The page and its entrance: the token is exchanged for a session cookie at once, so that it stays in no address bar and no history. */
export function addPageRoutes(
  server: FastifyInstance,
  { access, cookieName, isEncrypted, rendererFolder }: PageRoutesOptions,
): void {
  server.get<{ Querystring: { token?: unknown } }>('/', async (request, reply) => {
    const { token } = request.query;
    if (token === undefined) {
      return rendererFolder === null
        ? reply.code(503).type('text/plain').send('The page is not built. Run "npm start", which builds it.')
        : reply.sendFile('index.html');
    }
    const check = typeof token === 'string' ? access.checkToken(token, request.ip) : 'wrong';
    if (check === 'too-many')
      return reply
        .code(429)
        .header('retry-after', '60')
        .type('text/plain')
        .send('Too many wrong tokens. Wait a minute.');
    if (check === 'wrong')
      return reply
        .code(401)
        .type('text/plain')
        .send('This token is not valid. Open the address that Housestyle printed.');
    return reply
      .header(
        'set-cookie',
        `${cookieName()}=${access.openSession()}; Path=/; HttpOnly; SameSite=Strict${isEncrypted ? '; Secure' : ''}`,
      )
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
