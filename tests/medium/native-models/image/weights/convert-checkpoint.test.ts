import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { convertCheckpoint } from '../../../../../native-models/image/weights/convert-checkpoint.ts';
import { readOnnxGraph } from '../../../../../native-models/image/weights/onnx-graph.ts';
import { readTensorBytes } from '../../../../../native-models/image/weights/tensor-codec.ts';
import { editSafetensors } from '../../../../support/edit-safetensors.ts';

const FIXTURES = fileURLToPath(new URL('../../../../support/fixtures/weights', import.meta.url));
const expected = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')).checkpoint;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convert-'));
});
afterEach(() => rm(folder, { recursive: true }));

const convert = (family: string, checkpoint: string) =>
  convertCheckpoint(
    { base: { name: 'base', folder: join(FIXTURES, family) }, checkpoint, target: join(folder, 'made') },
    () => {},
  );

function hashInitialisers(component: string): Record<string, string> {
  const path = join(folder, 'made', component, 'model.onnx');
  return Object.fromEntries(
    readOnnxGraph(path).initializers.map((tensor) => [
      tensor.name,
      createHash('sha256').update(readTensorBytes(path, tensor)).digest('hex'),
    ]),
  );
}

describe('convertCheckpoint', () => {
  it.each(['sd1', 'sd2', 'sdxl'])(
    'gives, bit for bit, the initialisers of an export of the same weights, from one file with the original names (%s)',
    async (family) => {
      const report = await convert(family, join(FIXTURES, `${family}-b.safetensors`));
      for (const [component, hashes] of Object.entries(expected[family]))
        expect(hashInitialisers(component), component).toEqual(hashes);
      expect(Object.keys(report.placed)).toEqual(expect.arrayContaining(Object.keys(expected[family])));
      expect(report).toMatchObject({ kept: [], unplaced: [] });
      expect(report.placed['unet']).toBeGreaterThan(200);
    },
  );

  it.each(['half', 'dynamo'])(
    'does so for graphs in 16-bit floats, and for those of the newer exporter (%s)',
    async (style) => {
      const report = await convert(style, join(FIXTURES, 'sd1-b.safetensors'));
      for (const [component, hashes] of Object.entries(expected[style]))
        expect(hashInitialisers(component), component).toEqual(hashes);
      expect(report).toMatchObject({ kept: [], unplaced: [] });
    },
  );

  it('does so from a folder of diffusers, widening float16 weights exactly', async () => {
    const report = await convert('sd1', join(FIXTURES, 'sd1-b'));
    for (const component of ['text_encoder', 'vae_decoder', 'vae_encoder'])
      expect(hashInitialisers(component)).toEqual(expected.sd1[component]);
    const path = join(folder, 'made/unet/model.onnx');
    const bias = readOnnxGraph(path).initializers.find(({ name }) => name === 'conv_in.bias');
    const values = bias === undefined ? [] : [...new Float32Array(readTensorBytes(path, bias).buffer)];
    expect(values).toHaveLength(8);
    expect(values).toEqual([...new Float16Array(values)]);
    expect(report.unplaced).toEqual([]);
  });

  it('says what has no place, and keeps a part that the checkpoint has not', async () => {
    const path = join(folder, 'partial.safetensors');
    await editSafetensors(join(FIXTURES, 'sd1-b.safetensors'), path, (name) =>
      name.replace('cond_stage_model.', 'other.'),
    );
    const report = await convert('sd1', path);
    expect(report.kept).toEqual(['text_encoder']);
    expect(report.unplaced).toHaveLength(36);
    expect(existsSync(join(folder, 'made/text_encoder/model.onnx'))).toBe(true);
  });

  it('refuses a checkpoint that lacks some weights, naming them', async () => {
    const path = join(folder, 'torn.safetensors');
    await editSafetensors(join(FIXTURES, 'sd1-b.safetensors'), path, (name) =>
      name.replace('middle_block.1.proj_in.weight', 'gone'),
    );
    await expect(convert('sd1', path)).rejects.toMatchObject({
      code: 'model.damaged',
      data: { file: 'torn.safetensors', reason: expect.stringContaining('mid_block.attentions.0.proj_in.weight') },
    });
  });

  it('refuses a base that does not say which weights are which', async () => {
    const base = join(folder, 'base');
    await cp(join(FIXTURES, 'dynamo'), base, { recursive: true });
    const path = join(base, 'unet/model.onnx');
    const graph = await readFile(path, 'latin1');
    await writeFile(path, graph.replaceAll('pkg.torch.onnx.name_scopes', 'pkg.torch.onnx.name_sc0pes'), 'latin1');
    const made = convertCheckpoint(
      {
        base: { name: 'base', folder: base },
        checkpoint: join(FIXTURES, 'sd1-b.safetensors'),
        target: join(folder, 'made'),
      },
      () => {},
    );
    await expect(made).rejects.toMatchObject({
      code: 'model.wrongKind',
      message: expect.stringContaining('do not say which weights they are'),
    });
    expect(existsSync(join(folder, 'made'))).toBe(false);
  });

  it('refuses a checkpoint of another family', async () => {
    await expect(convert('sdxl', join(FIXTURES, 'sd1-b.safetensors'))).rejects.toMatchObject({
      code: expect.stringMatching(/^model\.(?:wrongKind|damaged)$/),
    });
    await expect(convert('sd1', join(FIXTURES, 'sdxl-b.safetensors'))).rejects.toMatchObject({
      code: 'model.wrongKind',
    });
    await expect(convert('sd1', join(FIXTURES, 'lora-old.safetensors'))).rejects.toMatchObject({
      code: 'model.wrongKind',
    });
  });
});
