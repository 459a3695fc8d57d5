import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNetwork } from '../../../../../native-models/image/onnx-network.ts';
import { matchLoras, writeMergedModel } from '../../../../../native-models/image/weights/merged-model.ts';
import { openMergedModel } from '../../../../../native-models/image/weights/merge-cache.ts';
import { readOnnxGraph } from '../../../../../native-models/image/weights/onnx-graph.ts';
import type { Component } from '../../../../../native-models/image/weights/original-names.ts';
import { Safetensors } from '../../../../../native-models/image/weights/safetensors.ts';
import { decodeFloats, readTensorBytes, transpose } from '../../../../../native-models/image/weights/tensor-codec.ts';
import { findWeightSlots, type WeightSlot } from '../../../../../native-models/image/weights/weight-slots.ts';
import { editSafetensors } from '../../../../support/edit-safetensors.ts';

const FIXTURES = fileURLToPath(new URL('../../../../support/fixtures/weights', import.meta.url));
const expected = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8'));
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-'));
});
afterEach(() => rm(folder, { recursive: true }));

const source = (family: string, file: string, weight: number) => ({
  model: { name: 'base', folder: join(FIXTURES, family) },
  loras: [{ name: 'touch', path: join(FIXTURES, file), weight }],
});

/** Graphs that were read, by path; every test has its own folder. */
const known = new Map<string, ReadonlyMap<string, WeightSlot>>();

/** The values of a parameter as the trained module holds them. */
function readParameter(model: string, component: Component, parameter: string): Float32Array {
  const path = join(model, component, 'model.onnx');
  const slots = known.get(path) ?? findWeightSlots(component, readOnnxGraph(path)).slots;
  known.set(path, slots);
  const slot = slots.get(parameter);
  if (slot === undefined) throw new Error(`no ${parameter}`);
  const values = Float32Array.from(decodeFloats(slot.tensor.dataType, readTensorBytes(path, slot.tensor)));
  const [rows = 1, columns = 1] = slot.tensor.dims;
  return slot.isTransposed ? transpose(values, rows, columns) : values;
}

const hash = (values: Float32Array) => createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');

describe('writeMergedModel', () => {
  it.each([
    ['kohya, with three-part convolutions and a text encoder', 'sd1', 'lora-kohya.safetensors', 'kohya', 0.75],
    ['kohya, into graphs of the newer exporter', 'dynamo', 'lora-kohya.safetensors', 'kohya', 0.75],
    ['kohya, rounded once to 16-bit floats', 'half', 'lora-kohya.safetensors', 'kohyaHalf', 0.75],
    ['kohya, into weights that are stored in 16 bits and cast', 'stored', 'lora-kohya.safetensors', 'kohyaHalf', 0.75],
    ['kohya with the original block names and two text encoders', 'sdxl', 'lora-sgm.safetensors', 'sgm', 0.75],
    ['old diffusers', 'sd1', 'lora-old.safetensors', 'old', 0.75],
  ])('gives the bits of a float64 merge for %s', async (_, family, file, key, weight) => {
    const [report] = await writeMergedModel(source(family, file, weight), folder);
    let layers = 0;
    for (const [component, parameters] of Object.entries<Record<string, string>>(expected[key]))
      for (const [parameter, sha256] of Object.entries(parameters)) {
        const path = parameter.replace(/^text_model\./, '');
        expect(hash(readParameter(folder, component as Component, path)), parameter).toBe(sha256);
        layers += 1;
      }
    expect(layers).toBeGreaterThan(15);
    expect(report).toEqual({ name: 'touch', matched: layers, unmatched: [] });
  });

  it.each(['lora-peft.safetensors', 'lora-peft-bare.safetensors'])(
    'gives what PEFT fuses, with its patterns of rank and alpha, from %s',
    async (file) => {
      await writeMergedModel(source('sd1', file, 0.5), folder);
      const fused = new Safetensors(join(FIXTURES, 'expected-peft.safetensors'));
      for (const name of fused.tensors.keys()) {
        const ours = readParameter(folder, 'unet', name);
        const worst = Math.max(...Array.from(fused.read(name), (value, index) => Math.abs(value - (ours[index] ?? 9))));
        expect(worst, name).toBeLessThan(1e-6);
      }
      expect(fused.tensors.size).toBeGreaterThan(20);
      fused.close();
    },
  );

  it('adds several LoRAs, and changes nothing at a weight of 0', async () => {
    const twice = source('sd1', 'lora-old.safetensors', 0.25);
    const loras = [0.25, 0.5].map((weight) => ({ name: `at ${weight}`, path: twice.loras[0]?.path ?? '', weight }));
    const reports = await writeMergedModel({ ...twice, loras }, join(folder, 'several'));
    expect(reports.map(({ name, matched }) => [name, matched])).toEqual([
      ['at 0.25', 32],
      ['at 0.5', 32],
    ]);
    await writeMergedModel(source('sd1', 'lora-old.safetensors', 0), join(folder, 'none'));
    const parameter = 'down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.weight';
    const [several, none, base] = [join(folder, 'several'), join(folder, 'none'), join(FIXTURES, 'sd1')].map((model) =>
      readParameter(model, 'unet', parameter),
    );
    expect(none).toEqual(base);
    const [sha256] = [expected.old.unet[parameter]];
    await writeMergedModel(source('sd1', 'lora-old.safetensors', 0.75), join(folder, 'once'));
    const once = readParameter(join(folder, 'once'), 'unet', parameter);
    expect(hash(once)).toBe(sha256);
    for (const [index, value] of once.entries()) expect(several?.[index]).toBeCloseTo(value, 6);
  });

  it('makes a model that the runtime runs, in which only the merged tensors lie elsewhere', async () => {
    await writeMergedModel(source('sd1', 'lora-old.safetensors', 1), folder);
    const inputs = {
      sample: { data: Float32Array.from({ length: 256 }, (_, index) => Math.sin(index)), dims: [1, 4, 8, 8] },
      timestep: { data: [5], dims: [1] },
      encoder_hidden_states: {
        data: Float32Array.from({ length: 96 }, (_, index) => Math.cos(index)),
        dims: [1, 12, 8],
      },
    };
    const results = [];
    for (const model of [folder, join(FIXTURES, 'sd1')]) {
      const network = await openNetwork('m', 'unet/model.onnx', {
        path: join(model, 'unet/model.onnx'),
        threads: 1,
        announceBusy: () => {},
      });
      results.push((await network.run(inputs)).data);
      await network.close();
    }
    expect(results[0]).not.toEqual(results[1]);
    expect(results[0]?.every(Number.isFinite)).toBe(true);
    const { initializers } = readOnnxGraph(join(folder, 'unet/model.onnx'));
    expect(initializers.filter(({ external }) => external !== null)).toHaveLength(32);
    expect((await stat(join(folder, 'vae_decoder/model.onnx'))).nlink).toBeGreaterThan(1);
  });

  it('refuses a LoRA of another family, and says that none of its layers fit', async () => {
    await expect(writeMergedModel(source('sdxl', 'lora-old.safetensors', 1), folder)).rejects.toMatchObject({
      code: 'model.wrongKind',
      data: { model: 'touch', found: expect.stringContaining('attn2.to_k') },
    });
    const path = join(folder, 'other.safetensors');
    await editSafetensors(join(FIXTURES, 'lora-old.safetensors'), path, (name) => name.replace('attn', 'ottn'));
    const lost = { ...source('sd1', '', 1), loras: [{ name: 'other', path, weight: 1 }] };
    await expect(matchLoras(lost)).rejects.toMatchObject({ code: 'model.wrongKind', data: { model: 'other' } });
  });

  it('reports what has no place', async () => {
    const path = join(folder, 'part.safetensors');
    await editSafetensors(join(FIXTURES, 'lora-old.safetensors'), path, (name) =>
      name.replace('mid_block', 'lid_block'),
    );
    const [report] = await matchLoras({ ...source('sd1', '', 1), loras: [{ name: 'part', path, weight: 1 }] });
    expect(report?.matched).toBe(24);
    expect(report?.unmatched).toHaveLength(8);
    expect(report?.unmatched[0]).toContain('lid_block');
  });

  it.each([
    ['.lora.down.weight', '.hada_w1_a', 'a LoHa'],
    ['_lora.down.weight', '.lokr_w1', 'a LoKr'],
    ['_lora.down.weight', '.dora_scale', 'a DoRA'],
  ])('refuses other adapters with what they are (%s%s)', async (_, end, kind) => {
    const path = join(folder, 'other.safetensors');
    await editSafetensors(join(FIXTURES, 'lora-old.safetensors'), path, (name) =>
      name.replace(/_lora\.down\.weight$/, end),
    );
    const merge = matchLoras({ ...source('sd1', '', 1), loras: [{ name: 'other', path, weight: 1 }] });
    await expect(merge).rejects.toMatchObject({
      code: 'model.wrongKind',
      data: { found: expect.stringContaining(kind) },
    });
  });

  it('refuses a model whose weights are quantised', async () => {
    await cp(join(FIXTURES, 'sd1'), join(folder, 'fused'), { recursive: true });
    const graph = join(folder, 'fused/unet/model.onnx');
    const text = (await readFile(graph)).toString('latin1').replace('\x22\x07Sigmoid', '\x22\x07QLinear');
    await writeFile(graph, Buffer.from(text, 'latin1'));
    const fused = {
      model: { name: 'small', folder: join(folder, 'fused') },
      loras: source('sd1', 'lora-old.safetensors', 1).loras,
    };
    await expect(matchLoras(fused)).rejects.toMatchObject({
      code: 'model.wrongKind',
      data: { model: 'small', found: expect.stringContaining('quantised') },
    });
  });
});

const request = (weight: number, maxBytes?: number) => ({
  model: { name: 'base', hash: 'a'.repeat(64), folder: join(FIXTURES, 'sd1') },
  loras: [{ name: 'touch', hash: 'b'.repeat(64), path: join(FIXTURES, 'lora-old.safetensors'), weight }],
  cacheFolder: join(folder, 'cache'),
  ...(maxBytes !== undefined && { maxBytes }),
});

describe('openMergedModel', () => {
  it('makes a merge once, and another one for another weight', async () => {
    let layers = 0;
    const first = await openMergedModel(request(1), { onLayer: () => (layers += 1) });
    const again = await openMergedModel(request(1), { onLayer: () => (layers += 1) });
    expect(again).toEqual(first);
    expect(layers).toBe(32);
    expect((await openMergedModel(request(0.5))).folder).not.toBe(first.folder);
  });

  it('leaves nothing behind when it is stopped in the middle, and clears up after a process that died', async () => {
    const dead = join(folder, 'cache', `${'c'.repeat(64)}.999999999.part`);
    await cp(join(FIXTURES, 'sd1'), dead, { recursive: true });
    const stop = new AbortController();
    const work = openMergedModel(request(1), { signal: stop.signal, onLayer: (done) => done === 3 && stop.abort() });
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(dead)).toBe(false);
    expect((await stat(join(folder, 'cache'))).isDirectory()).toBe(true);
    expect((await openMergedModel(request(1))).reports[0]?.matched).toBe(32);
  });

  it('keeps to its share of the disk: the merge that was used longest ago goes', async () => {
    const first = await openMergedModel(request(1));
    const second = await openMergedModel(request(0.5));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await openMergedModel(request(1));
    await openMergedModel(request(0.25));
    const sizes = await Promise.all(['model.onnx', 'merged.bin'].map((file) => stat(join(first.folder, 'unet', file))));
    const oneBytes = sizes.reduce((sum, { size }) => sum + size, 0);
    await openMergedModel(request(0.125, oneBytes * 3.5));
    expect([existsSync(first.folder), existsSync(second.folder)]).toEqual([true, false]);
  });
});
