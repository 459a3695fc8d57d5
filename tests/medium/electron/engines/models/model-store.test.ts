import { cp, mkdir, mkdtemp, readFile, rm, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../electron/contract/errors.ts';
import { modelSchema } from '../../../../../electron/contract/system.ts';
import { estimateMemoryMiB, openModelStore } from '../../../../../electron/engines/models/model-store.ts';

const TINY = fileURLToPath(new URL('../../../../support/fixtures/tiny-pipeline', import.meta.url));
const STARTER = fileURLToPath(new URL('../../../../../native-models/starter', import.meta.url));
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'));
  await cp(TINY, join(folder, 'somebody', 'tiny'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const open = (hashCacheFile?: string) =>
  openModelStore({
    folders: [{ path: folder, shipped: false }],
    ...(hashCacheFile !== undefined && { hashCacheFile }),
  });

describe('openModelStore', () => {
  it('lists models by their place in the folder, with family, size and licence', async () => {
    await writeFile(
      join(folder, 'somebody', 'tiny', 'README.md'),
      '---\nlicense: cc0-1.0\n---\n# Tiny\n\nDraws nothing much.\n',
    );
    const [model, ...others] = await open().list();
    expect(others).toEqual([]);
    expect(modelSchema.parse(model)).toMatchObject({
      name: 'somebody/tiny',
      kind: 'image',
      family: 'StableDiffusionPipeline',
      shipped: false,
      licence: 'cc0-1.0',
      note: 'Draws nothing much.',
      problem: null,
    });
    expect(model?.sizeBytes).toBeGreaterThan(50_000);
  });

  it('finds none in a folder that does not exist', async () => {
    const store = openModelStore({ folders: [{ path: join(folder, 'nowhere'), shipped: false }] });
    expect(await store.list()).toEqual([]);
    await expect(store.find('image', null)).rejects.toMatchObject({
      code: 'model.notInstalled',
      data: { wanted: 'any image model', installed: [] },
    });
  });

  it('names what is installed when the wanted one is not', async () => {
    await expect(open().find('image', 'other')).rejects.toMatchObject({
      code: 'model.notInstalled',
      data: { wanted: 'other', installed: ['somebody/tiny'] },
    });
  });

  it('lists a model with a missing or cut file as a problem, and never chooses it by itself', async () => {
    await unlink(join(folder, 'somebody/tiny/unet/model.onnx'));
    expect((await open().list())[0]?.problem).toContain('unet/model.onnx');
    await expect(open().find('image', 'somebody/tiny')).rejects.toMatchObject({
      code: 'model.fileMissing',
      data: { file: 'unet/model.onnx' },
    });
    await expect(open().find('image', null)).rejects.toMatchObject({ code: 'model.notInstalled' });
    await cp(TINY, join(folder, 'somebody/tiny'), { recursive: true });
    await truncate(join(folder, 'somebody/tiny/vae_decoder/model.onnx'), 1000);
    await expect(open().find('image', 'somebody/tiny')).rejects.toMatchObject({
      code: 'model.damaged',
      data: { file: 'vae_decoder/model.onnx', reason: 'it was cut short' },
    });
  });

  it('names files of kinds that no engine reads, without opening them', async () => {
    await writeFile(join(folder, 'fancy.ckpt'), 'x');
    await writeFile(join(folder, 'pretender.gguf'), 'PK and some more bytes to be long enough');
    const models = await open().list();
    expect(models.map(({ name, problem }) => [name, problem === null])).toEqual([
      ['fancy.ckpt', false],
      ['pretender', false],
      ['somebody/tiny', true],
    ]);
    await expect(open().find('image', 'fancy.ckpt')).rejects.toMatchObject({
      code: 'model.wrongKind',
      data: { found: 'a pickle checkpoint' },
    });
    await expect(open().find('text', 'pretender')).rejects.toMatchObject({ code: 'model.wrongKind' });
  });

  it('gives a hash that follows content and names, not cards, places or times', async () => {
    const first = await open().find('image', null);
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    await writeFile(join(folder, 'somebody/tiny/README.md'), 'new words');
    await utimes(join(folder, 'somebody/tiny/unet/model.onnx'), 1, 1);
    await mkdir(join(folder, 'else'));
    await cp(join(folder, 'somebody/tiny'), join(folder, 'else/copy'), { recursive: true });
    expect((await open().find('image', 'else/copy')).hash).toBe(first.hash);
    await writeFile(join(folder, 'somebody/tiny/housestyle.json'), '{}');
    expect((await open().find('image', 'somebody/tiny')).hash).not.toBe(first.hash);
  });

  it('keeps hashes in the cache file and trusts them while size and time are the same', async () => {
    const cacheFile = join(folder, 'hashes.json');
    const { hash } = await open(cacheFile).find('image', null);
    const cache = await readFile(cacheFile, 'utf8');
    const path = join(folder, 'somebody/tiny/unet/model.onnx');
    const { mtimeMs } = await stat(path);
    expect(JSON.parse(cache)[path]).toMatchObject({ modifiedMs: mtimeMs });
    await writeFile(cacheFile, cache.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${'0'.repeat(64)}"`));
    expect((await open(cacheFile).find('image', null)).hash).not.toBe(hash);
    await writeFile(cacheFile, 'rubbish');
    expect((await open(cacheFile).find('image', null)).hash).toBe(hash);
  });

  it('remembers what an engine found wrong until the files change', async () => {
    const store = open();
    const model = await store.find('image', null);
    store.noteProblem(
      model,
      new StudioError('model.damaged', 'unet/model.onnx cannot be loaded.', {
        model: model.name,
        file: 'unet/model.onnx',
        reason: 'bad',
      }),
    );
    expect((await store.list())[0]?.problem).toBe('unet/model.onnx cannot be loaded.');
    store.noteProblem(
      model,
      new StudioError('engine.crashed', 'x', { kind: 'image', exitCode: 1, signal: null, lastWords: '' }),
    );
    await utimes(join(folder, 'somebody/tiny/unet/model.onnx'), 5, 5);
    expect((await store.list())[0]?.problem).toBeNull();
  });

  it("prefers a person's own model to the shipped one", async () => {
    const store = openModelStore({
      folders: [
        { path: STARTER, shipped: true },
        { path: folder, shipped: false },
      ],
    });
    expect((await store.find('image', null)).name).toBe('somebody/tiny');
    expect((await store.find('image', 'starter-image')).shipped).toBe(true);
    expect((await store.find('text', null)).name).toBe('starter-text');
  });
});

describe('estimateMemoryMiB', () => {
  it('grows with the weights and never is nothing', () => {
    expect(estimateMemoryMiB({ kind: 'image', sizeBytes: 0 })).toBeGreaterThan(100);
    expect(estimateMemoryMiB({ kind: 'text', sizeBytes: 2_500_000_000 })).toBeGreaterThan(2500);
  });
});
