import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openImageModel } from '../../../../native-models/image/image-model.ts';
import { decodeLatents } from '../../../../native-models/image/pipeline/decode.ts';
import { drawNormals } from '../../../../native-models/image/random-normals.ts';

const FAMILIES = fileURLToPath(new URL('../../../support/fixtures/families', import.meta.url));
const SHAPE = { channels: 4, height: 16, width: 16 };
/** Far beyond what 16-bit floats hold, and harmless in 32 bits. */
const LOUD = { ...SHAPE, data: drawNormals(1, 0, 1024).map((value) => value * 1e6) };
let folder = '';

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'decode-')), 'model');
  await cp(join(FAMILIES, 'half'), folder, { recursive: true });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const open = () => openImageModel({ name: 'mine', folder, threads: 1, announceBusy: () => undefined });

describe('decodeLatents', () => {
  it('says that a decoder in 16 bits overflowed, and what would help', async () => {
    const model = await open();
    await expect(decodeLatents(model, LOUD)).rejects.toMatchObject({
      code: 'engine.failed',
      data: { reason: expect.stringContaining('vae_decoder/model_fp32.onnx') },
    });
    const quiet = await decodeLatents(model, { ...SHAPE, data: drawNormals(1, 0, 1024) });
    expect(new Set(quiet.rgb).size).toBeGreaterThan(50);
    await model.close();
  });

  it('decodes again in 32 bits where the model has a decoder for it', async () => {
    await cp(join(FAMILIES, 'sd1/vae_decoder/model.onnx'), join(folder, 'vae_decoder/model_fp32.onnx'));
    const model = await open();
    const { width, height, rgb } = await decodeLatents(model, LOUD);
    expect([width, height]).toEqual([64, 64]);
    expect(new Set(rgb).size).toBeGreaterThan(50);
    await model.close();
  });
});
