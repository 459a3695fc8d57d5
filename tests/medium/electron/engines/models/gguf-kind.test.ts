import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findForm } from '../../../../../electron/engines/models/model-form.ts';
import { openModelStore } from '../../../../../electron/engines/models/model-store.ts';

const fixtures = fileURLToPath(new URL('../../../../support/fixtures/text-models/', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-kind-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = (path: string) => findForm('mine', path, []);

it.each([
  ['a-embedder.gguf', 'an embedding model (bert)'],
  ['a-lora.gguf', 'a LoRA adapter for a text model of the architecture llama'],
  ['a-mmproj.gguf', 'a projector'],
])('%s is said to be what it is, before anything is installed', async (file, found) => {
  await expect(read(join(fixtures, file))).rejects.toMatchObject({
    code: 'model.wrongKind',
    data: { model: 'mine', found: expect.stringContaining(found) },
  });
});

it('a model that writes is one', async () => {
  expect(await read(join(fixtures, 'qwen3-think.gguf'))).toBe('text');
});

it('a part of a split model says which others are missing, and how to join them', async () => {
  const part = join(folder, 'model-00001-of-00003.gguf');
  await copyFile(join(fixtures, 'qwen3-think.gguf'), part);
  await copyFile(part, join(folder, 'model-00003-of-00003.gguf'));
  await expect(read(part)).rejects.toMatchObject({
    code: 'model.fileMissing',
    data: { file: 'model-00002-of-00003.gguf' },
  });
  await copyFile(part, join(folder, 'model-00002-of-00003.gguf'));
  await expect(read(part)).rejects.toMatchObject({
    code: 'model.wrongKind',
    data: { found: 'part 1 of 3 of a split model' },
  });
});

it('none of them can be used, and one that was brought in writes only when it is asked for by name', async () => {
  const shipped = await mkdtemp(join(tmpdir(), 'gguf-shipped-'));
  await copyFile(join(fixtures, 'qwen3-think.gguf'), join(shipped, 'model.gguf'));
  const store = openModelStore({
    folders: [
      { path: fixtures, shipped: false },
      { path: shipped, shipped: true },
    ],
  });
  const usable = (await store.list()).filter(({ problem }) => problem === null).map(({ name }) => name);
  expect(usable.toSorted()).toEqual(['qwen3-think', 'starter-text']);
  expect((await store.find('text', null)).name).toBe('starter-text');
  expect((await store.find('text', 'qwen3-think')).name).toBe('qwen3-think');
  await expect(store.find('text', 'a-lora')).rejects.toMatchObject({ code: 'model.wrongKind' });
  await rm(shipped, { recursive: true });
});
