import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce } from '../../../../../electron/hosts/http/announce.ts';
import { ownCertificate, readCertificate } from '../../../../../electron/hosts/http/certificate.ts';
import { listAddresses } from '../../../../../electron/hosts/http/own-addresses.ts';
import { startServer } from '../../../../../electron/hosts/http/start-server.ts';
import type { RunningServer } from '../../../../../electron/hosts/http/start-server.ts';
import { readTlsOptions } from '../../../../../electron/hosts/http/tls-options.ts';
import { createFakeEntries, createFakeModelStore } from '../../../../support/fake-engine/create-fake-engines.ts';
import { createFakeFinisher } from '../../../../support/studio/create-fake-finisher.ts';
import type { StudioClient } from '../../../../support/studio/connect-client.ts';

const DAY_MS = 24 * 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'housestyle-tls-'));
const tlsFolder = join(folder, 'tls');
const certFile = join(tlsFolder, 'certificate.pem');
const keyFile = join(tlsFolder, 'key.pem');
afterAll(() => rmSync(folder, { recursive: true }));

function start(options: Partial<Parameters<typeof startServer>[0]>): Promise<RunningServer> {
  return startServer({
    libraryFolder: join(folder, 'library'),
    withExamples: false,
    port: 0,
    tlsFolder,
    engineEntries: createFakeEntries({ imageMs: 5 }),
    modelStore: createFakeModelStore(),
    finisher: createFakeFinisher(),
    ...options,
  });
}

const refusal = async (...files: [string, string, number]) =>
  readCertificate(...files).then(
    () => null,
    (error: { code: string; data: unknown }) => [error.code, error.data],
  );

const issue = (path: string, message: RegExp) => [
  'input.invalid',
  { issues: [{ path, message: expect.stringMatching(message) }] },
];

describe("the studio's own certificate", () => {
  it('is made once, for its owner alone to read, and keeps its fingerprint from start to start', async () => {
    const nowMs = Date.now();
    const made = await ownCertificate(tlsFolder, nowMs);
    expect([tlsFolder, certFile, keyFile].map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual([
      '700',
      '600',
      '600',
    ]);
    chmodSync(keyFile, 0o644);
    expect(await ownCertificate(tlsFolder, nowMs + 300 * DAY_MS)).toEqual(made);
    expect((statSync(keyFile).mode & 0o777).toString(8)).toBe('600');
  });

  it('is made anew before it runs out, and when its files are damaged', async () => {
    const nowMs = Date.now();
    const first = await ownCertificate(tlsFolder, nowMs);
    const second = await ownCertificate(tlsFolder, nowMs + 392 * DAY_MS);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    writeFileSync(keyFile, 'cut');
    const third = await ownCertificate(tlsFolder, nowMs);
    expect(third.fingerprint).not.toBe(second.fingerprint);
    expect(await ownCertificate(tlsFolder, nowMs)).toEqual(third);
  });
});

describe("a certificate of one's own", () => {
  it('is refused with its option and the reason when it cannot be used', async () => {
    const nowMs = Date.now();
    const { fingerprint } = await ownCertificate(tlsFolder, nowMs);
    const other = join(folder, 'other');
    await ownCertificate(other, nowMs);
    const text = join(folder, 'text.pem');
    writeFileSync(text, 'no certificate');
    expect((await readCertificate(certFile, keyFile, nowMs)).fingerprint).toBe(fingerprint);
    expect(await refusal(join(folder, 'nowhere'), keyFile, nowMs)).toEqual(issue('cert', /cannot be read/));
    expect(await refusal(text, keyFile, nowMs)).toEqual(issue('cert', /is not a certificate/));
    expect(await refusal(certFile, text, nowMs)).toEqual(issue('key', /is not a private key/));
    expect(await refusal(certFile, join(other, 'key.pem'), nowMs)).toEqual(issue('key', /does not belong/));
    expect(await refusal(certFile, keyFile, nowMs + 500 * DAY_MS)).toEqual(issue('cert', /out of date/));
    expect(await refusal(certFile, keyFile, nowMs - 500 * DAY_MS)).toEqual(issue('cert', /not valid before/));
  });

  it('goes with its key, and not with --tls', () => {
    expect(readTlsOptions({})).toEqual({});
    expect(readTlsOptions({ tls: true })).toEqual({ tls: 'own' });
    expect(readTlsOptions({ cert: 'c', key: 'k' })).toEqual({ tls: { certFile: 'c', keyFile: 'k' } });
    for (const options of [{ cert: 'c' }, { key: 'k' }, { cert: 'c', key: 'k', tls: true }])
      expect(() => readTlsOptions(options)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});

describe('an encrypted host', () => {
  let server: RunningServer;
  let ca: string;
  beforeAll(async () => {
    server = await start({ tls: 'own' });
    ca = (await ownCertificate(tlsFolder, Date.now())).cert;
  });
  afterAll(() => server.close());

  it('shows the fingerprint of the certificate that a client sees', async () => {
    const seen = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port), ca }, () => {
        resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
        socket.end();
      });
      socket.on('error', reject);
    });
    expect(server.url).toMatch(/^https:/);
    expect(seen).toBe(server.fingerprint);
    expect(announce(server)).toContain(seen);
    expect(announce(server)).not.toContain('not encrypted');
  });

  it('serves page and secure socket to its own origin alone, with a cookie that never travels in the open', async () => {
    const entrance = await new Promise<string>((resolve, reject) =>
      get(server.url, { ca }, (answer) => resolve(String(answer.headers['set-cookie']))).on('error', reject),
    );
    expect(entrance).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    const cookie = entrance.split(';')[0] ?? '';
    const { host, origin } = new URL(server.url);
    const foreign = new WebSocket(`wss://${host}/rpc`, { ca, headers: { cookie, origin: `http://${host}` } });
    const refused = await new Promise((resolve) => {
      foreign.on('error', () => {});
      foreign.on('unexpected-response', (_request, answer) => {
        resolve(answer.statusCode);
        foreign.terminate();
      });
    });
    expect(refused).toBe(403);
    const socket = new WebSocket(`wss://${host}/rpc`, { ca, headers: { cookie, origin } });
    await new Promise<void>((resolve, reject) => socket.on('open', () => resolve()).on('error', reject));
    const client: StudioClient = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    );
    expect(await client.batch.list({ planId: null, limit: 1 })).toEqual([]);
    socket.terminate();
  });
});

describe('a host for other machines', () => {
  it('says that the line is not encrypted and shows the addresses that others can use', async () => {
    const server = await start({ host: '0.0.0.0' });
    try {
      const port = new URL(server.url).port;
      const token = new URL(server.url).searchParams.get('token');
      const names = listAddresses().filter((name) => !name.includes(':'));
      expect(server.others).toEqual(names.map((name) => `http://${name}:${port}/?token=${token}`));
      for (const other of server.others) expect((await fetch(other, { redirect: 'manual' })).status).toBe(303);
    } finally {
      await server.close();
    }
    const text = announce({ ...server, others: ['http://192.168.1.7:4870/?token=t'] });
    expect(text).toContain('not encrypted');
    expect(text).toContain('http://192.168.1.7:4870/?token=t');
    expect(text).toMatch(/[█▀▄]{3}/);
  });

  it('says nothing of others and of encryption when it listens to this machine alone', () => {
    const text = announce({ url: 'http://127.0.0.1:1/', others: [], fingerprint: null, isOwnCertificate: false });
    expect(text).not.toMatch(/encrypted|Other machines|█/);
  });

  it.each([
    ['192.0.2.1', 0, 'host'],
    ['no-such-host.invalid', 0, 'host'],
  ])('refuses to listen at %s with the option that is wrong', async (host, port, option) => {
    await expect(start({ host, port })).rejects.toMatchObject({
      code: 'input.invalid',
      data: { issues: [{ path: option }] },
    });
  });

  it('refuses a port that another program has, when it was asked for by number', async () => {
    const first = await start({});
    const port = Number(new URL(first.url).port);
    try {
      await expect(start({ port, libraryFolder: join(folder, 'second') })).rejects.toMatchObject({
        code: 'input.invalid',
        data: { issues: [{ path: 'port' }] },
      });
    } finally {
      await first.close();
    }
  });
});
