import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engines } from '../../../../electron/engines/engine-client.ts';
import { openModelStore } from '../../../../electron/engines/models/model-store.ts';
import { makeImageJob } from '../../../support/fake-engine/make-jobs.ts';
import { createStarterEngines } from '../../../support/starter-engines.ts';

const TINY = fileURLToPath(new URL('../../../support/fixtures/tiny-pipeline', import.meta.url));
let folder = '';
let engines: Engines;

/** Three models: two sound ones that differ in a hint, and one whose graph only the runtime finds fault with. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-models-'));
  for (const name of ['a', 'b', 'broken']) await cp(TINY, join(folder, name), { recursive: true });
  await writeFile(join(folder, 'b/housestyle.json'), JSON.stringify({ recommended: { steps: 9, guidance: 2 } }));
  const graph = await readFile(join(TINY, 'unet/model.onnx'));
  const damaged = Buffer.from(graph.toString('latin1').replace('Softmax', 'Sortmex'), 'latin1');
  await writeFile(join(folder, 'broken/unet/model.onnx'), damaged);
  engines = createStarterEngines({ models: openModelStore({ folders: [{ path: folder, shipped: false }] }) });
});
afterAll(async () => {
  await engines[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('a real engine process', () => {
  it('changes models when asked to, and stays with the one it has when not', async () => {
    expect((await engines.image.ensureLoaded({ model: 'a' })).image).toMatchObject({
      steps: 25,
      guidance: 7.5,
      scheduler: 'ddim',
      sizes: [
        [64, 64],
        [64, 64],
        [64, 64],
      ],
    });
    expect((await engines.image.ensureLoaded({ model: 'b' })).image).toMatchObject({ steps: 9, guidance: 2 });
    expect((await engines.image.ensureLoaded()).name).toBe('b');
    expect(engines.ledgers()[0]?.reservations.map(({ holder }) => holder)).toEqual(['image: b']);
  });

  it('names the file of a damaged model, lists it as such, and works on with another', async () => {
    const load = engines.image.ensureLoaded({ model: 'broken' });
    await expect(load).rejects.toMatchObject({
      code: 'model.damaged',
      data: { model: 'broken', file: 'unet/model.onnx' },
    });
    const listed = (await engines.models()).find(({ name }) => name === 'broken');
    expect(listed?.problem).toContain('unet/model.onnx');
    await expect(engines.image.ensureLoaded({ model: 'broken' })).rejects.toMatchObject({ code: 'model.damaged' });
    expect((await engines.image.run(makeImageJob(), { model: 'a' })).raster.width).toBe(64);
  });

  it('refuses a size that it cannot do and a LoRA that is not there, with reasons, and keeps its process', async () => {
    await engines.image.ensureLoaded({ model: 'a' });
    const processId = engines.processId('image');
    await expect(engines.image.run(makeImageJob({ width: 66 }))).rejects.toMatchObject({ code: 'input.invalid' });
    const loras = [{ name: 'x', hash: '', weight: 1 }];
    await expect(engines.image.run(makeImageJob({ loras }))).rejects.toMatchObject({ code: 'model.notInstalled' });
    expect(engines.processId('image')).toBe(processId);
  });

  it('sends no path of this machine with a failure', async () => {
    const failure = await engines.image.ensureLoaded({ model: 'broken' }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(JSON.stringify(failure)).not.toContain(folder);
    expect(String(failure)).not.toContain(folder);
  });
});
