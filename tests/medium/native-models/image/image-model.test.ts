import { appendFile, cp, mkdtemp, readFile, rm, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOnnxFile } from '../../../../native-models/image/external-data.ts';
import { openImageModel } from '../../../../native-models/image/image-model.ts';

const FIXTURE = fileURLToPath(new URL('../../../support/fixtures/tiny-pipeline', import.meta.url));
let folder = '';

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'image-model-')), 'model');
  await cp(FIXTURE, folder, { recursive: true });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const open = () => openImageModel({ name: 'mine', folder, threads: 1, announceBusy: () => undefined });

describe('openImageModel', () => {
  it('reads shapes and settings from the files', async () => {
    const model = await open();
    expect(model).toMatchObject({
      className: 'StableDiffusionPipeline',
      latentChannels: 4,
      cellPixels: 4,
      latentScale: 0.5,
      trainedEdge: 64,
      guidanceEmbedding: null,
    });
    expect(model.textReaders.map(({ tokenizer }) => tokenizer.maxTokens)).toEqual([12]);
    await model.close();
  });

  for (const file of [
    'model_index.json',
    'scheduler/scheduler_config.json',
    'tokenizer/vocab.json',
    'tokenizer/merges.txt',
    'text_encoder/model.onnx',
    'unet/model.onnx',
    'vae_decoder/model.onnx',
  ]) {
    it(`names ${file} when it is missing`, async () => {
      await unlink(join(folder, file));
      await expect(open()).rejects.toMatchObject({ code: 'model.fileMissing', data: { model: 'mine', file } });
    });
  }

  for (const file of ['text_encoder/model.onnx', 'unet/model.onnx', 'vae_decoder/model.onnx']) {
    it(`refuses ${file} when it is cut short, empty or something else`, async () => {
      await truncate(join(folder, file), 1500);
      await expect(open()).rejects.toMatchObject({ code: 'model.damaged', data: { file, reason: 'it was cut short' } });
      await truncate(join(folder, file), 0);
      await expect(open()).rejects.toMatchObject({ code: 'model.damaged', data: { file, reason: 'it is empty' } });
      await writeFile(join(folder, file), '<!doctype html><title>Not found</title>');
      await expect(open()).rejects.toMatchObject({ code: 'model.damaged', data: { file } });
    });
  }

  it('refuses a file whose graph the runtime cannot read', async () => {
    const bytes = await readFile(join(folder, 'unet/model.onnx'));
    await writeFile(
      join(folder, 'unet/model.onnx'),
      Buffer.from(bytes.toString('latin1').replace('Softmax', 'Sortmex'), 'latin1'),
    );
    await expect(open()).rejects.toMatchObject({ code: 'model.damaged', data: { file: 'unet/model.onnx' } });
  });

  it('names the setting that a configuration gets wrong', async () => {
    await writeFile(join(folder, 'scheduler/scheduler_config.json'), JSON.stringify({ prediction_type: 'magic' }));
    await expect(open()).rejects.toMatchObject({
      code: 'model.unsupportedSetting',
      data: {
        file: 'scheduler/scheduler_config.json',
        field: 'prediction_type',
        found: 'magic',
        supported: ['epsilon', 'v_prediction', 'sample', 'flow_prediction'],
      },
    });
    await writeFile(join(folder, 'scheduler/scheduler_config.json'), '{');
    await expect(open()).rejects.toMatchObject({ data: { reason: 'it is not JSON' } });
  });

  it('says which pipelines it runs when it meets another', async () => {
    await writeFile(join(folder, 'model_index.json'), JSON.stringify({ _class_name: 'KandinskyPipeline' }));
    await expect(open()).rejects.toMatchObject({ code: 'model.wrongKind', data: { found: 'KandinskyPipeline' } });
  });

  it('takes the classes of the usual exporters for the families they export', async () => {
    await writeFile(join(folder, 'model_index.json'), JSON.stringify({ _class_name: 'ORTStableDiffusionPipeline' }));
    const model = await open();
    expect(model.family.name).toBe('sd');
    await model.close();
  });

  it('says which part a family needs that the folder lacks', async () => {
    await writeFile(join(folder, 'model_index.json'), JSON.stringify({ _class_name: 'StableDiffusionXLPipeline' }));
    await expect(open()).rejects.toMatchObject({
      code: 'model.fileMissing',
      data: { file: 'tokenizer_2/vocab.json' },
    });
  });
});

function encodeField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...toVarint(bytes.length)]), bytes]);
}

/** An ONNX file with one tensor that is stored elsewhere; fields from onnx.proto. */
function withExternalData(location: string, length: number): Buffer {
  const entry = (key: string, value: string) =>
    encodeField(13, Buffer.concat([encodeField(1, Buffer.from(key)), encodeField(2, Buffer.from(value))]));
  const tensor = Buffer.concat([
    Buffer.from([0x10, 1]),
    encodeField(8, Buffer.from('w')),
    entry('location', location),
    entry('offset', '0'),
    entry('length', String(length)),
    Buffer.from([0x70, 1]),
  ]);
  return Buffer.concat([Buffer.from([0x08, 8]), encodeField(7, encodeField(5, tensor))]);
}

function toVarint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...toVarint(value >> 7)];
}

async function check(location: string, length = 16): Promise<void> {
  await writeFile(join(folder, 'outer.onnx'), withExternalData(location, length));
  return checkOnnxFile('mine', join(folder, 'outer.onnx'), 'outer.onnx');
}

describe('checkOnnxFile', () => {
  it('accepts data beside the graph that is long enough', async () => {
    await writeFile(join(folder, 'weights.pb'), Buffer.alloc(16));
    await expect(check('weights.pb')).resolves.toBeUndefined();
  });

  for (const location of [
    '../secret.bin',
    '/etc/passwd',
    'inner/../../secret.bin',
    'C:\\secret.bin',
    '..\\secret.bin',
  ]) {
    it(`refuses data at ${location}`, async () => {
      await writeFile(join(folder, '..', 'secret.bin'), Buffer.alloc(16));
      await expect(check(location)).rejects.toMatchObject({
        code: 'model.damaged',
        data: { reason: expect.stringContaining('outside') },
      });
    });
  }

  it('refuses a link, names what is missing, and notices what is too short', async () => {
    await writeFile(join(folder, '..', 'secret.bin'), Buffer.alloc(16));
    await symlink(join(folder, '..', 'secret.bin'), join(folder, 'linked.bin'));
    await expect(check('linked.bin')).rejects.toMatchObject({
      code: 'model.damaged',
      data: { reason: expect.stringContaining('link') },
    });
    await expect(check('gone.bin')).rejects.toMatchObject({ code: 'model.fileMissing', data: { file: 'gone.bin' } });
    await writeFile(join(folder, 'short.bin'), Buffer.alloc(8));
    await expect(check('short.bin')).rejects.toMatchObject({
      code: 'model.damaged',
      data: { reason: expect.stringContaining('cut short') },
    });
  });

  it('never crashes on damaged bytes', async () => {
    const sound = await readFile(join(folder, 'unet/model.onnx'));
    const path = join(folder, 'fuzzed.onnx');
    for (let seed = 1; seed <= 300; seed += 1) {
      const bytes = Buffer.from(sound.subarray(0, 1 + ((seed * 7919) % sound.length)));
      for (let change = 0; change < 5; change += 1)
        bytes[(seed * 104_729 + change * 1299709) % bytes.length] = (seed * 31 + change * 17) & 255;
      await writeFile(path, bytes);
      const outcome = await checkOnnxFile('mine', path, 'fuzzed.onnx').then(
        () => 'sound',
        (error: { code?: string }) => error.code,
      );
      expect(['sound', 'model.damaged', 'model.fileMissing']).toContain(outcome);
    }
    await appendFile(path, '');
  });
});
