import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { jobCatalogue } from '../../../../../electron/contract/job.ts';
import { MAX_IMPORT_BYTES } from '../../../../../electron/contract/media.ts';
import type { Role } from '../../../../../electron/contract/role.ts';
import type { ObjectHash } from '../../../../../electron/contract/identifiers.ts';
import { makePhotograph, makeWav } from '../../../../support/own-files.ts';
import { openSocket } from '../../../../support/studio/connect-client.ts';
import { addPerson, openTestServer } from '../../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../../support/studio/open-test-studio.ts';

let server: TestServer;
afterEach(() => server[Symbol.asyncDispose]());

async function enter(role: Role = 'producer') {
  server = await openTestServer();
  const { personId, token } = addPerson(server.studio, 'Tester', role);
  const { origin, host, port } = new URL(server.host.url);
  const page = await openSocket({ origin, host, cookie: `housestyle-${port}=${token}` });
  const own = { cookie: page.cookie, origin: page.origin, 'content-type': 'application/octet-stream' };
  const send = (body: BodyInit, headers: Record<string, string> = own) =>
    fetch(`${page.origin}/uploads`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  return { page, own, send, personId };
}
const incoming = () => readdirSync(join(server.folder, 'incoming'));

describe('what a browser sends', () => {
  it('becomes assets of a run, in the name of who sent it, once', async () => {
    const { page, send, personId } = await enter();
    const files: { name: string; hash: ObjectHash }[] = [];
    for (const [name, bytes] of [
      ['Bottle.jpg', await makePhotograph()],
      ['again.jpg', await makePhotograph()],
      ['C:\\sounds\\jingle.wav', makeWav(1)],
    ] as const) {
      const answer = await send(new Uint8Array(bytes));
      expect(answer.status).toBe(201);
      files.push({ name, ...((await answer.json()) as { hash: ObjectHash }) });
    }
    const { id: runId } = await page.client.media.import({ files, briefId: null });
    for await (const run of await page.client.run.watch({ runId })) expect(run.failed).toBe(0);
    const ends = await page.client.run.ends({ runId });
    expect(ends.map(({ subject, output }) => [subject, (output as { outcome: string }).outcome])).toEqual([
      ['Bottle.jpg', 'added'],
      ['again.jpg', 'known'],
      ['jingle.wav', 'added'],
    ]);
    const { assetId } = jobCatalogue['files.import'].output.parse(ends[2]?.output);
    const sound = await page.client.asset.get({ assetId });
    expect(sound).toMatchObject({ origin: 'imported', medium: 'audio', source: { by: personId } });
    const played = await fetch(`${page.origin}/assets/${sound.hash}`, {
      headers: { cookie: page.cookie, range: 'bytes=0-3' },
    });
    expect([played.status, played.headers.get('content-type'), await played.text()]).toEqual([
      206,
      'audio/wav',
      'RIFF',
    ]);
    expect(played.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    await page.close();
  });

  it('is refused without a session, from another site, and from a role that may not import', async () => {
    const { page, own, send } = await enter('reviewer');
    const { cookie, origin, 'content-type': type } = own;
    expect((await send('x', { origin, 'content-type': type })).status).toBe(401);
    expect((await send('x', { ...own, origin: 'http://evil.example' })).status).toBe(403);
    expect((await send('x', { cookie, 'content-type': type })).status, 'a page says where it comes from').toBe(403);
    expect((await send('x', { ...own, 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415);
    const refused = await send('x');
    expect([refused.status, await refused.json()]).toEqual([403, { reason: 'this role may not bring in files' }]);
    expect(incoming()).toEqual([]);
    await page.close();
  });

  it('ends at the limit, whatever it says of its length, and leaves nothing', async () => {
    const { page, send } = await enter();
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        while (sent <= MAX_IMPORT_BYTES + 64 * chunk.length) {
          sent += chunk.length;
          yield chunk;
        }
      })(),
    );
    const outcome = await send(Readable.toWeb(endless) as unknown as BodyInit).then(
      ({ status }) => status,
      // The line may be cut before the answer is read.
      () => 413,
    );
    expect(outcome).toBe(413);
    await expect.poll(incoming).toEqual([]);
    await page.close();
  }, 60_000);

  it('cannot be brought in when it was never sent, and paths are not for who sits elsewhere', async () => {
    const { page } = await enter();
    const hash = 'a'.repeat(64) as ObjectHash;
    await expect(page.client.media.import({ files: [{ name: 'x.png', hash }], briefId: null })).rejects.toMatchObject({
      code: 'library.objectMissing',
    });
    const nowhere = await page.client.media.importPaths({ paths: [join(server.folder, 'nothing')], briefId: null });
    expect(nowhere).toMatchObject({ run: null, leftOut: [{ name: 'nothing' }] });
    await page.close();
  });
});
