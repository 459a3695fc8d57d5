import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_STREAMS } from '../../../../../electron/hosts/rpc-server.ts';
import { importBrandFolder } from '../../../../../electron/studio/brand/import-brand-folder.ts';
import { exampleFolder } from '../../../../support/studio/make-plan.ts';
import { openTestServer } from '../../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../../support/studio/open-test-studio.ts';

const rendererFolder = mkdtempSync(join(tmpdir(), 'housestyle-page-'));
const indexFile = join(rendererFolder, 'index.html');
mkdirSync(join(rendererFolder, 'page'));
writeFileSync(indexFile, '<!doctype html><title>first</title>');
writeFileSync(join(rendererFolder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
writeFileSync(join(rendererFolder, 'page', 'index-Dad1iQpy.js'), 'export {};');

let server: TestServer;
let cookie: string;
let own: string;
let font: string;
beforeAll(async () => {
  server = await openTestServer({ rendererFolder });
  own = `127.0.0.1:${server.host.port}`;
  const entrance = await fetch(server.host.url, { redirect: 'manual' });
  cookie = (entrance.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { files } = await importBrandFolder(server.studio.context, `${exampleFolder}/brand.json`);
  font = files['fonts/bricolage-grotesque-700.woff'] ?? '';
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(rendererFolder, { recursive: true });
});

type Answer = { readonly status: number; readonly headers: ReadonlyMap<string, string>; readonly body: string };

/** Sends lines as they are: clients of libraries repair what they are given. */
function send(method: string, path: string, lines: readonly string[] = [], body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.host.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      // An accepted socket would stay open.
      if (chunk.toString('latin1').startsWith('HTTP/1.1 101')) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(readAnswer(Buffer.concat(chunks).toString('latin1'))));
    socket.write([`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n'));
  });
}

function readAnswer(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [status = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return { status: Number(status.split(' ')[1] ?? 0), headers: new Map(headers), body: rest.join('\r\n\r\n') };
}

const undated = ({ headers }: Answer) => [...headers].filter(([name]) => name !== 'date');
const known = () => [`Host: ${own}`, `Cookie: ${cookie}`, 'Connection: close'];

describe('every door', () => {
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
  const paths = [
    '/',
    '/index.html',
    '/icon.svg',
    '/page/index-Dad1iQpy.js',
    '/assets/FONT',
    '/previews/x.webp',
    '/rpc',
  ];
  const bodies: readonly (readonly [type: string, body: string])[] = [
    ['', ''],
    ['application/json', '{"a":'],
    ['application/json', '{"__proto__":1}'],
    ['multipart/form-data; boundary=x', '--x\r\nbroken'],
    ['multipart/form-data', 'no boundary'],
    ['nonsense', 'x'.repeat(2_000)],
  ];
  const cases = methods.flatMap((method) =>
    [...paths, '/nowhere'].flatMap((path) => bodies.map((body) => ({ method, path, body }))),
  );

  it(`answers ${cases.length} combinations of method, address and body without a stack and without a 500`, async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {});
    const wrong: unknown[] = [];
    for (const { method, path, body } of cases) {
      const [type, text] = body;
      const content = type === '' ? [] : [`Content-Type: ${type}`, `Content-Length: ${text.length}`];
      const answer = await send(method, path.replace('FONT', font), [...known(), ...content], text);
      const reads = method === 'GET' || method === 'HEAD';
      const isRight = reads ? answer.status < 500 && answer.status >= 200 : answer.status >= 400 && answer.status < 500;
      if (!isRight || /\bat .+:\d+|node_modules|Error:/.test(answer.body))
        wrong.push({ method, path, type, status: answer.status, body: answer.body.slice(0, 200) });
    }
    expect(wrong).toEqual([]);
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });

  it.each([...paths.slice(0, 5), '/nowhere', '/previews/x.webp'])(
    'answers HEAD of %s like GET, with its length and no body',
    async (path) => {
      const address = path.replace('FONT', font);
      const get = await send('GET', address, known());
      const head = await send('HEAD', address, known());
      expect(head.status).toBe(get.status);
      expect(Number(head.headers.get('content-length'))).toBe(Buffer.byteLength(get.body, 'latin1'));
      expect(head.body).toBe('');
      expect(undated(head)).toEqual(undated(get));
    },
  );

  it('answers HEAD of a part with the length of the part', async () => {
    const head = await send('HEAD', `/assets/${font}`, [...known(), 'Range: bytes=4-9']);
    expect([head.status, head.headers.get('content-length'), head.body]).toEqual([206, '6', '']);
  });

  const repeated = [
    'Host: OWN',
    'Host: evil.example',
    'HOST: OWN',
    'Origin: http://OWN',
    'Sec-Fetch-Site: same-origin',
  ];
  it.each(repeated)('refuses a request and a socket that say "%s" a second time', async (line) => {
    const said = [...known(), `Origin: http://${own}`, 'Sec-Fetch-Site: same-origin'];
    const upgrade = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='];
    const withUpgrade = [
      ...said.filter((header) => !header.startsWith('Connection')),
      'Connection: Upgrade',
      ...upgrade,
    ];
    const second = line.replace('OWN', own);
    expect((await send('GET', '/', [...said, second])).status).toBe(400);
    expect((await send('GET', '/rpc', [...withUpgrade, second])).status).toBe(400);
    expect((await send('GET', '/rpc', withUpgrade)).status).toBe(101);
  });
});

describe('the page', () => {
  it('is asked for again at every visit, is not sent again while it is the same, and is new after an update', async () => {
    for (const path of ['/', '/index.html', '/icon.svg'])
      expect((await send('GET', path, known())).headers.get('cache-control'), path).toBe('private, no-cache');
    const first = await send('GET', '/', known());
    const tag = first.headers.get('etag') ?? '';
    expect((await send('GET', '/', [...known(), `If-None-Match: ${tag}`])).status).toBe(304);
    writeFileSync(indexFile, '<!doctype html><title>other</title>');
    utimesSync(indexFile, new Date(), new Date(Date.now() + 5_000));
    const second = await send('GET', '/', [...known(), `If-None-Match: ${tag}`]);
    expect([second.status, second.body]).toEqual([200, '<!doctype html><title>other</title>']);
  });

  it('has parts that are kept for ever, because their names change with their content', async () => {
    const part = await send('GET', '/page/index-Dad1iQpy.js', known());
    expect(part.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  });
});

/** Sends one frame over a socket and returns the first answer. */
async function exchange(frame: string | Uint8Array): Promise<unknown> {
  const socket = new WebSocket(`ws://${own}/rpc`, { headers: { cookie, origin: `http://${own}` } });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('open', () => socket.send(frame));
      socket.on('message', (data) => resolve(JSON.parse((data as Buffer).toString('utf8'))));
      socket.on('error', reject);
      setTimeout(() => reject(new Error('no answer')), 3_000);
    });
  } finally {
    socket.terminate();
  }
}

describe('the socket', () => {
  it.each(['multipart/form-data; boundary=x', 'multipart/form-data', 'multipart/form-data; boundary='])(
    'answers a broken body of type "%s" as bad input and prints nothing',
    async (type) => {
      const print = vi.spyOn(console, 'error').mockImplementation(() => {});
      const json = JSON.stringify({ i: '1', p: { u: '/batch/list', h: { 'content-type': type } } });
      for (const frame of [json, Buffer.concat([Buffer.from(json), Buffer.from([0xff]), Buffer.from('--x\r\nbroken')])])
        expect(await exchange(frame)).toMatchObject({ i: '1', p: { b: { json: { code: 'input.invalid' } } } });
      expect(print).not.toHaveBeenCalled();
      print.mockRestore();
    },
  );

  it(`follows ${MAX_STREAMS} streams of one connection and refuses the next with a typed error, until one has ended`, async () => {
    const { client, close } = await server.connect();
    try {
      const stops = Array.from({ length: MAX_STREAMS }, () => new AbortController());
      const streams = await Promise.all(stops.map(({ signal }) => client.system.status({}, { signal })));
      expect(streams.length).toBe(MAX_STREAMS);
      await expect(client.system.status({})).rejects.toMatchObject({
        code: 'access.tooManyStreams',
        data: { limit: MAX_STREAMS },
      });
      expect(await client.batch.list({ planId: null, limit: 1 })).toEqual([]);
      const other = await server.connect();
      const elsewhere = new AbortController();
      await other.client.system.status({}, { signal: elsewhere.signal });
      await other.close();
      stops[0]?.abort();
      await vi.waitFor(async () => void (await client.system.status({})), { timeout: 3_000 });
    } finally {
      await close();
    }
  });
});
