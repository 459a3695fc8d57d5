import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { BrandVersion } from '../../../../../electron/contract/brand.ts';
import type { Raster, VisionJob } from '../../../../../electron/contract/engine-protocol.ts';
import { brandIdSchema, brandVersionIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { createStyleJudge } from '../../../../../electron/studio/plan/judge-style.ts';
import { paintRaster, painters, readExampleBrand } from '../../../../support/example-brand.ts';
import { embedFakeRaster } from '../../../../support/fake-engine/fake-vectors.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const { kit } = readExampleBrand();
const toPng = async ({ width, height, rgb }: Raster) =>
  new Uint8Array(
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
  );

function versionWith(references: string[]): BrandVersion {
  return {
    id: brandVersionIdSchema.parse(numberedId(1)),
    brandId: brandIdSchema.parse(numberedId(2)),
    number: 1,
    kit: { ...kit, style: { ...kit.style, references } },
    files: {},
    createdAtMs: 0,
  };
}

function createVision() {
  const jobs: VisionJob[] = [];
  const vision = {
    run: async (job: VisionJob) => {
      jobs.push(job);
      return { kind: 'vision' as const, images: job.images.map(embedFakeRaster), texts: [] };
    },
  };
  return { vision, jobs };
}

describe('createStyleJudge', () => {
  it('passes what looks like a reference, fails what does not, and embeds the references once', async () => {
    const { vision, jobs } = createVision();
    const judge = createStyleJudge(vision);
    const names = ['1.png', '2.png', '3.png', '4.png'];
    const files = new Map<string, Uint8Array>();
    for (const [at, name] of names.entries())
      files.set(name, await toPng(paintRaster(64, 48 + 16 * at, painters.calm)));
    const brand = { version: versionWith(names), files };
    const alike = await judge(paintRaster(320, 200, painters.calm), brand, {});
    expect(alike).toMatchObject({ name: 'style', passed: true });
    const unlike = await judge(
      paintRaster(320, 200, (x) => (x < 0.5 ? [0, 0, 0] : [0, 255, 0])),
      brand,
      {},
    );
    expect(unlike?.score).toBeGreaterThan(alike?.score ?? 1);
    expect(unlike?.passed).toBe(false);
    const parts = 5;
    const views = names.length * parts * 8;
    expect(jobs.reduce((sum, { images }) => sum + images.length, 0)).toBe(views + 2 * parts);
    expect(Math.max(...jobs.map(({ images }) => images.length))).toBeLessThanOrEqual(32);
    expect(Math.max(...jobs.flatMap(({ images }) => images.map(({ width }) => width)))).toBeLessThanOrEqual(256);
  });

  it('says that few references show no style, and fails nothing for it', async () => {
    const { vision } = createVision();
    const files = new Map([['look.png', await toPng(paintRaster(64, 64, painters.calm))]]);
    const unlike = paintRaster(320, 200, painters.checks);
    const check = await createStyleJudge(vision)(unlike, { version: versionWith(['look.png']), files }, {});
    expect(check).toMatchObject({ passed: true, reason: expect.stringContaining('Not judged') });
  });

  it('asks nobody for a brand without references', async () => {
    const { vision, jobs } = createVision();
    const brand = { version: versionWith([]), files: new Map<string, Uint8Array>() };
    expect(await createStyleJudge(vision)(paintRaster(8, 8, painters.calm), brand, {})).toBeNull();
    expect(jobs).toEqual([]);
  });
});
