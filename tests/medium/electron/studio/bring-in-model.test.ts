import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reviveError } from '../../../../electron/contract/errors.ts';
import { openModelStore } from '../../../../electron/engines/models/model-store.ts';
import { isLoopbackPeer } from '../../../../electron/hosts/http/request-origin.ts';
import { bringInModel, lookAtModel } from '../../../../electron/studio/models/bring-in-model.ts';
import type { ConnectedClient } from '../../../support/studio/connect-client.ts';
import { openTestServer } from '../../../support/studio/open-test-studio.ts';
import type { TestServer } from '../../../support/studio/open-test-studio.ts';

const FIXTURES = fileURLToPath(new URL('../../../support/fixtures', import.meta.url));
const TINY = join(FIXTURES, 'tiny-pipeline');
let folder = '';
let server: TestServer;
let page: ConnectedClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bring-in-'));
  await mkdir(join(folder, 'models'));
  const path = join(folder, 'models');
  server = await openTestServer({
    importFolder: path,
    modelStore: openModelStore({ folders: [{ path, shipped: false }] }),
  });
  page = await server.connect();
});
afterEach(async () => {
  await page.close();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function bringIn(input: { path: string; name?: string; base?: string }) {
  const { client } = page;
  const progress: number[] = [];
  const { id: runId } = await client.model.import(input);
  for await (const { inHand } of await client.run.watch({ runId }))
    progress.push(...inHand.map(({ done, total }) => done / total));
  const [end] = await client.run.ends({ runId });
  if (end?.error) throw reviveError(end.error);
  return { progress, report: end?.output, runId };
}

it('says what lies at a path, brings it in, lists it and takes it away', async () => {
  expect(await page.client.model.look({ path: TINY })).toMatchObject({
    name: 'tiny-pipeline',
    form: 'image',
    family: 'StableDiffusionPipeline',
    bases: [],
  });
  const { report } = await bringIn({ path: TINY, name: 'tiny' });
  expect(report).toMatchObject({ name: 'tiny', precision: 'float32', warnings: [], alreadyInstalled: false });
  expect(await page.client.system.models({})).toMatchObject([{ name: 'tiny', imported: report }]);
  await page.client.model.remove({ name: 'tiny' });
  expect(await page.client.system.models({})).toEqual([]);
});

it('makes a model of a checkpoint and counts the layers of a LoRA', async () => {
  await cp(join(FIXTURES, 'weights/sd1'), join(folder, 'models/base'), { recursive: true });
  for (const part of ['tokenizer', 'scheduler'])
    await cp(join(TINY, part), join(folder, 'models/base', part), { recursive: true });
  const checkpoint = join(FIXTURES, 'weights/sd1-b.safetensors');
  expect(await page.client.model.look({ path: checkpoint })).toMatchObject({ form: 'checkpoint', bases: ['base'] });
  const { report } = await bringIn({ path: checkpoint, name: 'tuned', base: 'base' });
  expect(report).toMatchObject({ name: 'tuned', base: 'base', unmatched: 0 });
  await bringIn({ path: join(FIXTURES, 'weights/lora-kohya.safetensors'), name: 'touch' });
  const fit = await page.client.model.match({ lora: 'loras/touch', base: 'base' });
  expect(fit).toMatchObject({ unmatched: 0, examples: [] });
  expect(fit.matched).toBeGreaterThan(5);
});

it('tells in words what is wrong with a path, and leaves nothing of what cannot be used', async () => {
  for (const path of ['models/tiny', join(folder, 'nowhere'), `${TINY}\0x`])
    await expect(page.client.model.look({ path })).rejects.toMatchObject({
      code: 'input.invalid',
      data: { issues: [{ path: 'path' }] },
    });
  await cp(TINY, join(folder, 'half'), { recursive: true });
  await rm(join(folder, 'half/vae_decoder/model.onnx'));
  await expect(bringIn({ path: join(folder, 'half') })).rejects.toMatchObject({
    code: 'model.fileMissing',
    data: { file: 'vae_decoder/model.onnx' },
  });
  expect(await readdir(join(folder, 'models'))).toEqual([]);
});

it('goes on when the page leaves, and is stopped only when somebody says so', async () => {
  const leave = await server.connect();
  const { id: runId } = await leave.client.model.import({ path: TINY, name: 'tiny' });
  await leave.close();
  await expect.poll(async () => (await page.client.run.get({ runId })).state, { timeout: 20_000 }).toBe('finished');
  expect(await page.client.system.models({})).toMatchObject([{ name: 'tiny' }]);
  const again = await page.client.model.import({ path: TINY, name: 'other' });
  await page.client.run.stop({ runId: again.id }).catch(() => null);
  await expect.poll(async () => (await page.client.run.get({ runId: again.id })).inHand).toEqual([]);
  expect((await bringIn({ path: TINY, name: 'tiny' })).report).toMatchObject({ name: 'tiny', alreadyInstalled: true });
});

it('takes no path from a page on another machine', async () => {
  const far = { role: 'producer', reviewer: 'far' } as const;
  const { context } = server.studio;
  expect(() => bringInModel(context, far, { path: TINY })).toThrow(expect.objectContaining({ code: 'access.denied' }));
  await expect(lookAtModel(context, far, TINY)).rejects.toMatchObject({ code: 'access.denied' });
  expect((await page.client.system.about({})).sharesMachine).toBe(true);
  expect(
    ['127.0.0.1', '::1', '::ffff:127.0.0.1', '192.168.1.4', '::ffff:10.0.0.1', undefined].map(isLoopbackPeer),
  ).toEqual([true, true, true, false, false, false]);
});
