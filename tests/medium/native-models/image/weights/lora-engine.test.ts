import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engines } from '../../../../../electron/engines/engine-client.ts';
import { openModelStore, type ModelStore } from '../../../../../electron/engines/models/model-store.ts';
import { makeImageJob } from '../../../../support/fake-engine/make-jobs.ts';
import { createStarterEngines } from '../../../../support/starter-engines.ts';

const FIXTURES = fileURLToPath(new URL('../../../../support/fixtures', import.meta.url));
let folder = '';
let models: ModelStore;
let engines: Engines;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lora-engine-'));
  await cp(join(FIXTURES, 'weights/sd1'), join(folder, 'models/sd1'), { recursive: true });
  for (const part of ['tokenizer', 'scheduler'])
    await cp(join(FIXTURES, 'tiny-pipeline', part), join(folder, 'models/sd1', part), { recursive: true });
  for (const name of ['lora-kohya', 'lora-old'])
    await cp(join(FIXTURES, `weights/${name}.safetensors`), join(folder, `models/loras/${name}.safetensors`));
  await writeFile(join(folder, 'models/loras/broken.safetensors'), 'x');
  models = openModelStore({ folders: [{ path: join(folder, 'models'), shipped: false }] });
  engines = createStarterEngines({ models, mergeCacheFolder: join(folder, 'merged') });
});
afterAll(async () => {
  await engines[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const small = { width: 64, height: 64, steps: 2 };
const use = (name: string, weight = 1, hash = '') => ({ name, hash, weight });

describe('LoRAs in an image engine', () => {
  it('are listed with the family that they were trained for, and are no models of their own', async () => {
    const listed = await models.list();
    expect(listed.map(({ name, lora, problem }) => [name, lora?.base ?? null, problem === null])).toEqual([
      ['loras/broken', 'unknown', false],
      ['loras/lora-kohya', 'Stable Diffusion 1.x', true],
      ['loras/lora-old', 'unknown', true],
      ['sd1', null, true],
    ]);
    await expect(models.find('image', 'loras/lora-old')).rejects.toMatchObject({ code: 'model.notInstalled' });
  });

  it('change the picture, by their weight, and the same use gives the same bytes again', async () => {
    const draw = async (...loras: ReturnType<typeof use>[]) =>
      Buffer.from((await engines.image.run(makeImageJob({ ...small, loras }), { model: 'sd1' })).raster.rgb).toString(
        'hex',
      );
    const bare = await draw();
    const strong = await draw(use('loras/lora-kohya'));
    const weak = await draw(use('loras/lora-kohya', 0.2));
    expect(new Set([bare, strong, weak]).size).toBe(3);
    expect(await draw()).toBe(bare);
    expect(await draw(use('loras/lora-kohya'))).toBe(strong);
    expect(await readdir(join(folder, 'merged'))).toHaveLength(2);
  });

  it('are told back with hash and what found a place, for the recipe', async () => {
    const info = await engines.image.ensureLoaded({ model: 'sd1', loras: [use('loras/lora-old', 0.5)] });
    expect(info.loras).toEqual([
      {
        name: 'loras/lora-old',
        weight: 0.5,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        matched: 32,
        unmatched: 0,
        examples: [],
      },
    ]);
    const hash = info.loras?.[0]?.hash ?? '';
    expect(
      (await engines.image.run(makeImageJob({ ...small, loras: [use('loras/lora-old', 0.5, hash)] }))).raster.width,
    ).toBe(64);
  });

  it('are refused when they are absent, other than recorded, or damaged', async () => {
    const run = (lora: ReturnType<typeof use>) =>
      engines.image.run(makeImageJob({ ...small, loras: [lora] }), { model: 'sd1' });
    await expect(run(use('loras/none'))).rejects.toMatchObject({
      code: 'model.notInstalled',
      data: { wanted: 'loras/none', installed: expect.arrayContaining(['loras/lora-old']) },
    });
    await expect(run(use('loras/lora-old', 1, 'a'.repeat(64)))).rejects.toMatchObject({ code: 'model.notInstalled' });
    await expect(run(use('loras/broken'))).rejects.toMatchObject({
      code: 'model.damaged',
      data: { file: 'broken.safetensors' },
    });
  });
});
