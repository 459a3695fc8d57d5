import { request } from 'node:http';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer } from '../../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../../support/studio/open-test-studio.ts';
import { ownerId } from '../../../../../electron/contract/identifiers.ts';
import { hashSecret, makeSecret } from '../../../../../electron/studio/people/secret.ts';
import { importBrandFolder } from '../../../../../electron/studio/brand/import-brand-folder.ts';
import { exampleFolder } from '../../../../support/studio/make-plan.ts';

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

let server: TestServer;
let cookie: string;
let own: string;

beforeAll(async () => {
  server = await openTestServer();
  own = `127.0.0.1:${server.host.port}`;
  const entrance = await ask('/', {}, { token: server.host.token });
  cookie = String(entrance.headers['set-cookie']).split(';')[0] ?? '';
});
afterAll(() => server[Symbol.asyncDispose]());

/** Node's fetch refuses to forge Host and Origin, so the requests are made by hand. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  query: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: server.host.port,
        path: search === '' ? path : `${path}?${search}`,
        method,
        headers,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

function openSocket(headers: Record<string, string>, path = '/rpc'): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.host.port}${path}`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => {});
  });
}

describe('the entrance', () => {
  it('exchanges the token for a session cookie and leaves the token behind', async () => {
    const answer = await ask('/', {}, { token: server.host.token });
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/');
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^housestyle-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(JSON.stringify(answer.headers)).not.toContain(server.host.token);
  });

  it('opens an invitation from wherever it was sent to, without a redirect that would go on as the other site', async () => {
    const code = makeSecret();
    const { invites } = server.studio.context.library;
    invites.add({ hash: hashSecret(code), role: 'viewer', personId: null, invitedBy: ownerId, lastsMs: 60_000 });
    const click = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const answer = await ask('/', click, { invite: code });
    expect([answer.status, answer.headers['location']]).toEqual([200, undefined]);
    expect(answer.body.toString()).toContain('url=/#/join');
    expect(String(answer.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const refused = [
      ask('/', click, { token: server.host.token }),
      ask('/', { ...click, 'sec-fetch-mode': 'cors' }, { invite: code }),
      ask('/', { ...click, host: 'evil.example' }, { invite: code }),
      ask('/index.html', { ...click, cookie }, { invite: code }),
    ];
    for (const { status } of await Promise.all(refused)) expect(status).toBe(403);
  });

  it('knows 256 bits', () => {
    expect(Buffer.from(server.host.token, 'base64url').length).toBe(32);
  });

  it('refuses wrong tokens and stops listening to an address that guesses', async () => {
    const fresh = await openTestServer();
    try {
      const statuses: number[] = [];
      for (let guess = 0; guess < 12; guess += 1)
        statuses.push(
          (await fetch(`http://127.0.0.1:${fresh.host.port}/?token=guess${guess}`, { redirect: 'manual' })).status,
        );
      expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
      expect((await fetch(fresh.host.url, { redirect: 'manual' })).status).toBe(429);
    } finally {
      await fresh[Symbol.asyncDispose]();
    }
  });

  it.each(['/', '/index.html', '/assets/00', '/previews/x.webp', '/nowhere', '/rpc'])(
    'answers %s with 401 without a session',
    async (path) => {
      expect((await ask(path)).status).toBe(401);
      expect((await ask(path, { cookie: cookie.replace(/=.*/, '=forged') })).status).toBe(401);
    },
  );
});

function fill(text: string, host: string): string {
  return text.replace('HOST', host).replace('OWN', own).replace('PORT', String(server.host.port));
}

describe('requests of other sites', () => {
  const hosts = [
    'OWN',
    'localhost:PORT',
    '[::1]:PORT',
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '0.0.0.0:PORT',
    '2130706433:PORT',
  ];
  const origins = [
    null,
    'http://HOST',
    'https://HOST',
    'http://evil.example',
    'null',
    'http://127.0.0.1',
    'http://localhost:1',
    'file://',
  ];
  const sites = [null, 'same-origin', 'none', 'same-site', 'cross-site', 'nonsense'];
  const combinations = hosts.flatMap((host) =>
    origins.flatMap((origin) => sites.map((site) => ({ host, origin, site }))),
  );
  it(`are refused in all of ${combinations.length} combinations, on pages and on the socket`, async () => {
    expect(combinations.length).toBeGreaterThanOrEqual(480);
    const wrong: unknown[] = [];
    let accepted = 0;
    for (const { host, origin, site } of combinations) {
      const hostHeader = fill(host, '');
      const headers: Record<string, string> = { host: hostHeader, cookie };
      if (origin !== null) headers['origin'] = fill(origin, hostHeader);
      if (site !== null) headers['sec-fetch-site'] = site;
      const isOwnHost = ['OWN', 'localhost:PORT', '[::1]:PORT'].includes(host);
      const isOwnSite = site === null || site === 'same-origin' || site === 'none';
      const page = await ask('/nowhere', headers);
      const expectedPage = isOwnHost && isOwnSite && (origin === null || origin === 'http://HOST') ? 404 : 403;
      if (page.status !== expectedPage || Object.keys(page.headers).some((name) => name.startsWith('access-control')))
        wrong.push({ host, origin, site, status: page.status });
      const socket = await openSocket(headers);
      const expectedSocket = isOwnHost && isOwnSite && origin === 'http://HOST' ? 101 : 403;
      if (socket !== expectedSocket) wrong.push({ host, origin, site, socket });
      accepted += Number(expectedPage === 404) + Number(expectedSocket === 101);
    }
    expect(wrong).toEqual([]);
    expect(accepted).toBe(3 * 3 * 2 + 3 * 3);
  });

  it('get no socket without a session, and none elsewhere', async () => {
    expect(await openSocket({ origin: `http://${own}` })).toBe(401);
    expect(await openSocket({ origin: `http://${own}`, cookie }, '/other')).toBe(404);
  });
});

describe('every answer', () => {
  it.each(['/', '/nowhere', '/assets/00'])('of %s carries the strict policy and no unsafe word', async (path) => {
    const { headers } = await ask(path, { cookie });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

describe('pictures', () => {
  it('are served by hash, for ever, by range, and only when a row names them', async () => {
    const { files } = await importBrandFolder(server.studio.context, `${exampleFolder}/brand.json`);
    const font = files['fonts/bricolage-grotesque-700.woff'];
    const whole = await ask(`/assets/${font}`, { cookie });
    expect(whole.status).toBe(200);
    // A kit's fonts are kept in the plain form that a reader has rewritten.
    expect(whole.headers['content-type']).toBe('font/ttf');
    expect(whole.headers['cache-control']).toContain('immutable');
    const part = await ask(`/assets/${font}`, { cookie, range: 'bytes=4-9' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 4-9/${whole.body.length}`);
    expect(part.body.equals(whole.body.subarray(4, 10))).toBe(true);
    expect((await ask(`/assets/${font}`, { cookie, range: `bytes=${whole.body.length}-` })).status).toBe(416);
    expect((await ask(`/assets/${font}`, { cookie, 'if-none-match': `"${font}"` })).status).toBe(304);
    expect((await ask(`/assets/${'0'.repeat(64)}`, { cookie })).status).toBe(404);
  });

  it('never let an SVG run by itself', async () => {
    const { files } = await importBrandFolder(server.studio.context, `${exampleFolder}/brand.json`);
    const { headers } = await ask(`/assets/${files['logo-light.svg']}`, { cookie });
    expect(headers['content-type']).toBe('image/svg+xml');
    expect(headers['content-disposition']).toBe('attachment');
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
  });

  const traversals = [
    '/assets/..%2f..%2flibrary.db',
    '/assets/%2e%2e/library.db',
    '/assets/..\\library.db',
    '/assets/library.db%00',
    '/previews/..%2f..%2fetc%2fpasswd',
    '/previews/%2e%2e%2f',
    '/assets/../studio.log',
    '//etc/passwd',
    '/..%2f..%2fpackage.json',
    '/%c0%ae%c0%ae/package.json',
  ];
  it.each(traversals)('never come from a path: %s', async (path) => {
    expect([400, 403, 404]).toContain((await ask(path, { cookie })).status);
  });
});
