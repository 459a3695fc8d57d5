import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../../../electron/contract/delivery.ts';
import { readZip } from '../../../../support/read-zip.ts';
import { openTestServer } from '../../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../../support/studio/open-test-studio.ts';

let server: TestServer;
let origin: string;
let cookie: string;
let delivery: Delivery;

const manifest = (name: string) =>
  JSON.stringify({ format: 'housestyle-export', version: 1, name, createdAtMs: 1, brands: [], files: [] });

beforeAll(async () => {
  server = await openTestServer();
  origin = `http://127.0.0.1:${server.host.port}`;
  const entrance = await fetch(server.host.url, { redirect: 'manual' });
  cookie = String(entrance.headers.get('set-cookie')).split(';')[0] ?? '';
  const exported = join(server.folder, 'exports', 'spring');
  mkdirSync(exported, { recursive: true });
  writeFileSync(join(exported, 'manifest.json'), manifest('Spring'));
  writeFileSync(join(exported, 'one.png'), 'pixels');
  delivery = add('Spring', 'spring');
});
afterAll(() => server[Symbol.asyncDispose]());

function add(name: string, folderName: string): Delivery {
  return server.studio.context.library.deliveries.add({ name, folderName, files: 1, bytes: 6, assetIds: [] });
}
const download = (id: string, headers: Record<string, string> = { cookie }) =>
  fetch(`${origin}/deliveries/${id}.zip`, { headers });

describe('an export', () => {
  it('is downloaded as one archive that unpacks into one folder', async () => {
    const answer = await download(delivery.id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="spring.zip"');
    const files = readZip(Buffer.from(await answer.arrayBuffer()));
    expect(files.map(({ name }) => name)).toEqual(['spring/manifest.json', 'spring/one.png']);
    expect(files[1]?.bytes.toString()).toBe('pixels');
  });

  it('is not given to who has no session', async () => {
    expect((await download(delivery.id, {})).status).toBe(401);
  });

  it('is not found where no row names it, where it is gone, and where another stands in its place', async () => {
    expect((await download('00000000000000000000000000')).status).toBe(404);
    expect((await download('..%2f..%2flibrary')).status).toBe(404);
    expect((await download(add('Gone', 'gone').id)).status).toBe(404);
    expect((await download(add('Written elsewhere', 'spring').id)).status).toBe(404);
  });

  it('tells its path to who shares the machine', async () => {
    const { client } = await server.connect();
    expect(await client.delivery.locate({ deliveryId: delivery.id })).toEqual({
      path: join(server.folder, 'exports', 'spring'),
      isThere: true,
    });
  });
});
