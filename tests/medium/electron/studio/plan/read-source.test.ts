import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { objectHashSchema } from '../../../../../electron/contract/identifiers.ts';
import { readSource } from '../../../../../electron/studio/plan/read-source.ts';

const HASH = objectHashSchema.parse('a'.repeat(64));
const MASK = objectHashSchema.parse('b'.repeat(64));

const textStore = { read: async () => new TextEncoder().encode('not a picture') };

/** Left half dark, right half bright. */
function drawHalves(width: number, height: number): Promise<Buffer> {
  const right = { input: { create: { width: width / 2, height, channels: 3, background: '#f0f0f0' } } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#101010' } })
    .composite([{ ...right, left: width / 2, top: 0 }])
    .png()
    .toBuffer();
}

describe('readSource', () => {
  it('covers the size to make and cuts off on both sides alike', async () => {
    const store = { read: async () => drawHalves(400, 100) };
    const source = await readSource(store, { hash: HASH, mask: MASK, strength: 0.5 }, { width: 64, height: 64 });
    expect(source).toMatchObject({ hash: HASH, mask: MASK, strength: 0.5 });
    for (const raster of [source.raster, source.maskRaster]) {
      expect([raster?.width, raster?.height, raster?.rgb.length]).toEqual([64, 64, 64 * 64 * 3]);
      const at = (x: number) => raster?.rgb[(32 * 64 + x) * 3] ?? -1;
      expect([at(2) < 40, at(28) < 40, at(36) > 200, at(61) > 200]).toEqual([true, true, true, true]);
    }
  });

  it('has no mask where none is named, and puts white under what is see-through', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const read = async () =>
      sharp({ create: { width: 8, height: 8, channels: 4, background: clear } })
        .png()
        .toBuffer();
    const source = await readSource({ read }, { hash: HASH, mask: null, strength: 1 }, { width: 64, height: 64 });
    expect(source.maskRaster).toBeNull();
    expect(source.raster.rgb.every((value) => value === 255)).toBe(true);
  });

  it('says so when the file is no picture', async () => {
    const source = { hash: HASH, mask: null, strength: 1 };
    await expect(readSource(textStore, source, { width: 64, height: 64 })).rejects.toMatchObject({
      code: 'library.unsupportedFile',
    });
  });
});
