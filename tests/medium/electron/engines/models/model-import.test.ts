import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importModel, removeModel, type ModelImport } from '../../../../../electron/engines/models/model-import.ts';
import { openModelStore, type ModelStore } from '../../../../../electron/engines/models/model-store.ts';
import { runWeightTask } from '../../../../../electron/engines/models/run-weight-task.ts';

const FIXTURES = fileURLToPath(new URL('../../../../support/fixtures', import.meta.url));
const TINY = join(FIXTURES, 'tiny-pipeline');
const ENGINE = {
  script: fileURLToPath(new URL('../../../../../native-models/host/engine.ts', import.meta.url)),
  args: [],
};
let folder = '';
let store: ModelStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  await mkdir(join(folder, 'models'));
  store = openModelStore({ folders: [{ path: join(folder, 'models'), shipped: false }] });
});
afterEach(() => rm(folder, { recursive: true }));

const install = (source: string, more: Partial<ModelImport> = {}) =>
  importModel({
    source,
    store,
    modelsFolder: join(folder, 'models'),
    onProgress: () => {},
    runTask: (task, onProgress) => runWeightTask(task, { nodePath: process.execPath, entry: ENGINE, onProgress }),
    ...more,
  });

/** What lies in the models folder, hidden things included. */
const listNames = () => readdir(join(folder, 'models'));

async function makeBase(): Promise<void> {
  await cp(join(FIXTURES, 'weights/sd1'), join(folder, 'models/base'), { recursive: true });
  for (const part of ['tokenizer', 'scheduler'])
    await cp(join(TINY, part), join(folder, 'models/base', part), { recursive: true });
}

describe('importModel', () => {
  it('installs a folder and says what it is', async () => {
    const imported = await install(TINY, { name: 'Tiny' });
    expect(imported).toMatchObject({
      name: 'Tiny',
      kind: 'image',
      family: 'StableDiffusionPipeline',
      precision: 'float32',
      steps: 25,
    });
    expect(imported.memoryMiB).toBeGreaterThan(100);
    expect((await store.list()).map(({ name, problem }) => [name, problem])).toEqual([['Tiny', null]]);
    expect((await store.list())[0]?.precision).toBe('float32');
    expect(await listNames()).toEqual(['Tiny']);
    expect((await store.list())[0]?.imported).toEqual(imported);
  });

  it('knows the same files again, by whatever name, and refuses other files under a name that is taken', async () => {
    await install(TINY, { name: 'Tiny' });
    for (const name of ['Tiny', 'Other'])
      expect(await install(TINY, { name })).toMatchObject({ name: 'Tiny', alreadyInstalled: true, steps: 25 });
    expect(await listNames()).toEqual(['Tiny']);
    await cp(TINY, join(folder, 'changed'), { recursive: true });
    const config = join(folder, 'changed/scheduler/scheduler_config.json');
    await writeFile(config, `${await readFile(config, 'utf8')} `);
    await expect(install(join(folder, 'changed'), { name: 'Tiny' })).rejects.toMatchObject({
      code: 'input.invalid',
      data: { issues: [{ path: 'name' }] },
    });
    expect(await install(join(folder, 'changed'))).toMatchObject({ name: 'changed', alreadyInstalled: false });
    const lora = join(FIXTURES, 'weights/lora-kohya.safetensors');
    await install(lora, { name: 'grain' });
    expect(await install(lora)).toMatchObject({ name: 'loras/grain', kind: 'lora', alreadyInstalled: true });
  });

  it('says that a scheduler is not among ours, and refuses what could never be loaded', async () => {
    await cp(TINY, join(folder, 'odd'), { recursive: true });
    const config = join(folder, 'odd/scheduler/scheduler_config.json');
    await writeFile(config, JSON.stringify({ _class_name: 'EDMEulerScheduler' }));
    const { warnings } = await install(join(folder, 'odd'));
    expect(warnings).toEqual([expect.stringMatching(/EDMEulerScheduler.*Euler/)]);
    await writeFile(config, JSON.stringify({ _class_name: 'EulerDiscreteScheduler', prediction_type: 'guess' }));
    await expect(install(join(folder, 'odd'), { name: 'b' })).rejects.toMatchObject({
      code: 'model.unsupportedSetting',
      data: { field: 'prediction_type' },
    });
    await cp(join(TINY, 'scheduler/scheduler_config.json'), config);
    await writeFile(join(folder, 'odd/model_index.json'), JSON.stringify({ _class_name: 'FluxPipeline' }));
    await expect(install(join(folder, 'odd'), { name: 'c' })).rejects.toMatchObject({
      code: 'model.wrongKind',
      data: { found: 'FluxPipeline' },
    });
    expect(await listNames()).toEqual(['odd']);
  });

  it('is told at once that a folder holds far more than a model', async () => {
    let deep = join(folder, 'home');
    for (let level = 0; level < 12; level += 1) deep = join(deep, 'more');
    await mkdir(deep, { recursive: true });
    await expect(install(join(folder, 'home'))).rejects.toMatchObject({ code: 'model.damaged' });
  });

  it('names a part that is missing, and leaves nothing behind', async () => {
    await cp(TINY, join(folder, 'half'), { recursive: true });
    await rm(join(folder, 'half/vae_decoder/model.onnx'));
    await expect(install(join(folder, 'half'))).rejects.toMatchObject({
      code: 'model.fileMissing',
      data: { file: 'vae_decoder/model.onnx' },
    });
    expect(await listNames()).toEqual([]);
  });

  it('refuses damage deep inside a graph, and a pickle file by its kind', async () => {
    await cp(TINY, join(folder, 'bent'), { recursive: true });
    const graph = await readFile(join(folder, 'bent/unet/model.onnx'));
    graph.fill(0xff, 200, 240);
    await writeFile(join(folder, 'bent/unet/model.onnx'), graph);
    await expect(install(join(folder, 'bent'))).rejects.toMatchObject({
      code: 'model.damaged',
      data: { file: 'unet/model.onnx' },
    });
    await writeFile(join(folder, 'model.ckpt'), 'x');
    await expect(install(join(folder, 'model.ckpt'))).rejects.toMatchObject({
      code: 'model.wrongKind',
      data: { found: expect.stringContaining('pickle') },
    });
    expect(await listNames()).toEqual([]);
  });

  it('turns the links of a download cache into files, and refuses links that lead elsewhere', async () => {
    const [snapshot, blobs] = [join(folder, 'hub/snapshots/abc'), join(folder, 'hub/blobs')];
    await cp(TINY, snapshot, { recursive: true });
    await mkdir(blobs);
    await cp(join(TINY, 'unet/model.onnx'), join(blobs, '123'));
    await rm(join(snapshot, 'unet/model.onnx'));
    await symlink('../../../blobs/123', join(snapshot, 'unet/model.onnx'));
    await install(snapshot, { name: 'cached' });
    expect((await stat(join(folder, 'models/cached/unet/model.onnx'))).isFile()).toBe(true);
    expect((await store.list())[0]?.problem).toBeNull();

    await writeFile(join(folder, 'secret'), 'x');
    await symlink(join(folder, 'secret'), join(snapshot, 'notes.txt'));
    await expect(install(snapshot, { name: 'again' })).rejects.toMatchObject({
      code: 'model.damaged',
      data: { file: 'notes.txt' },
    });
    expect(await listNames()).toEqual(['cached']);
  });

  it('goes on after it was stopped', async () => {
    const stop = new AbortController();
    const halted = install(TINY, {
      name: 'slow',
      signal: stop.signal,
      onProgress: (_what, done) => {
        if (done < 3) return;
        stop.abort();
        stop.signal.throwIfAborted();
      },
    });
    await expect(halted).rejects.toMatchObject({ name: 'AbortError' });
    const [staging = ''] = await listNames();
    expect(staging).toMatch(/^\.import-/);
    expect(await store.list()).toEqual([]);
    const [first] = await readdir(join(folder, 'models', staging, 'model'));
    const before = await stat(join(folder, 'models', staging, 'model', first ?? ''));
    await install(TINY, { name: 'slow' });
    expect((await stat(join(folder, 'models/slow', first ?? ''))).ino).toBe(before.ino);
    expect(await listNames()).toEqual(['slow']);
  });

  it('makes a model of a checkpoint with the graphs of another, and asks for that one', async () => {
    await makeBase();
    const checkpoint = join(FIXTURES, 'weights/sd1-b.safetensors');
    await expect(install(checkpoint)).rejects.toMatchObject({
      code: 'input.invalid',
      data: { issues: [{ path: 'base', message: expect.stringContaining('base') }] },
    });
    const imported = await install(checkpoint, { base: 'base', name: 'tuned' });
    expect(imported).toMatchObject({
      name: 'tuned',
      kind: 'image',
      precision: 'float32',
      base: 'base',
      kept: [],
      unmatched: 0,
    });
    expect((await store.list()).map(({ name, problem }) => [name, problem])).toEqual([
      ['base', null],
      ['tuned', null],
    ]);
    const [base, tuned] = await Promise.all(['base', 'tuned'].map((name) => store.find('image', name)));
    expect(tuned?.hash).not.toBe(base?.hash);
    expect(imported.sizeBytes).toBeGreaterThanOrEqual(tuned?.sizeBytes ?? Number.POSITIVE_INFINITY);
    expect(imported.matched).toBeGreaterThan(50);
    const again = await install(checkpoint, { base: 'base', name: 'copied' });
    expect(again).toMatchObject({ name: 'tuned', alreadyInstalled: true });
    expect(await listNames()).toEqual(['base', 'tuned']);
  });

  it('installs a LoRA and counts the layers that fit a model', async () => {
    await makeBase();
    const imported = await install(join(FIXTURES, 'weights/lora-kohya.safetensors'), { base: 'base', name: 'touch' });
    expect(imported).toMatchObject({
      name: 'loras/touch',
      kind: 'lora',
      family: 'Stable Diffusion 1.x',
      base: 'base',
      unmatched: 0,
    });
    expect(imported.matched).toBeGreaterThan(5);
    const listed = (await store.list()).find(({ lora }) => lora !== undefined);
    expect(listed).toMatchObject({ name: 'loras/touch', problem: null });
    await removeModel(store, join(folder, 'models'), listed?.name ?? '');
    expect((await store.list()).map(({ name }) => name)).toEqual(['base']);
  });
});

describe('removeModel', () => {
  it('takes away what was installed, and nothing else', async () => {
    await install(TINY, { name: 'gone' });
    await removeModel(store, join(folder, 'models'), 'gone');
    expect(existsSync(join(folder, 'models/gone'))).toBe(false);
    expect(await listNames()).toEqual([]);
    await expect(removeModel(store, join(folder, 'models'), '../import')).rejects.toMatchObject({
      code: 'model.notInstalled',
    });
    const shipped = openModelStore({ folders: [{ path: TINY, shipped: true }] });
    await expect(removeModel(shipped, join(folder, 'models'), 'starter-image')).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});

/** There are no such files on Windows. */
const isWindows = process.platform === 'win32';

function makePipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

describe('what is no file on a disk', { timeout: 20_000 }, () => {
  it.skipIf(isWindows)('is refused at once and by name: a pipe, a device, a link to one', async () => {
    const pipe = makePipe('pipe.gguf');
    await symlink('/dev/zero', join(folder, 'link.safetensors'));
    const cases = [
      [pipe, 'a pipe'],
      ['/dev/zero', 'a device'],
      [join(folder, 'link.safetensors'), 'a device'],
    ] as const;
    for (const [source, found] of cases) {
      const data = { found, wanted: 'a file or a folder on a disk' };
      await expect(install(source)).rejects.toMatchObject({ code: 'model.wrongKind', data });
    }
    expect(await listNames()).toEqual([]);
  });

  it.skipIf(isWindows)('does not hold up the list of models where it stands in for a file of one', async () => {
    await cp(TINY, join(folder, 'models/Tiny'), { recursive: true });
    for (const name of ['model_index.json', 'scheduler/scheduler_config.json'])
      await rm(join(folder, 'models/Tiny', name));
    for (const name of ['model_index.json', 'scheduler/scheduler_config.json', 'README.md', '.housestyle.json'])
      makePipe(`models/Tiny/${name}`);
    expect(await store.list()).toMatchObject([{ name: 'Tiny', problem: expect.stringContaining('model_index.json') }]);
  });

  it('is named with the reason when its links lead in a circle or its name is too long', async () => {
    await symlink(join(folder, 'b'), join(folder, 'a'));
    await symlink(join(folder, 'a'), join(folder, 'b'));
    for (const name of ['a', 'x'.repeat(100), 'gone'])
      await expect(install(join(folder, name))).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(install(join(folder, `${'x'.repeat(400)}.gguf`), { name: 'x' })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});
