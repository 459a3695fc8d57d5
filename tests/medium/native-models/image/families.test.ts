import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageJob, Raster } from '../../../../electron/contract/engine-protocol.ts';
import { openImageModel, type ImageModel } from '../../../../native-models/image/image-model.ts';
import { PictureMaker } from '../../../../native-models/image/make-picture.ts';
import { nameScheduler, schedulerConfigSchema } from '../../../../native-models/image/schedulers/scheduler-config.ts';
import { compareStructure, toLuminances } from '../../../../scripts/proof/structure-similarity.ts';
import { makeImageJob } from '../../../support/fake-engine/make-jobs.ts';

/** Tiny pipelines of each family and the pictures that diffusers makes of them; see tests/support/reference/make_families.py. */
const FAMILIES = fileURLToPath(new URL('../../../support/fixtures/families', import.meta.url));
const LARGEST_DIFFERENCE = 2;
/** Networks in 16-bit floats round after every layer; the reference draws with their weights in 32 bits. */
const LARGEST_DIFFERENCE_IN_HALVES = 4;
const LEAST_SIMILARITY = 0.999;

type FamilyCase = {
  readonly name: string;
  readonly scheduler: Record<string, unknown>;
  readonly strength: number | null;
  readonly isMasked: boolean;
  readonly isTiled: boolean;
  readonly sourceName?: string;
} & Pick<
  ImageJob,
  'prompt' | 'negativePrompt' | 'width' | 'height' | 'steps' | 'guidance' | 'seed' | 'guidanceRescale'
>;

async function readRaster(file: string): Promise<Raster> {
  const { data, info } = await sharp(`${FAMILIES}/${file}`).toColourspace('srgb').removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

async function makeJob(drawn: FamilyCase): Promise<ImageJob> {
  const { name: _name, scheduler, strength, isMasked, isTiled: _isTiled, sourceName = 'source', ...rest } = drawn;
  const size = `${rest.width}x${rest.height}`;
  const source =
    strength === null
      ? {}
      : {
          source: {
            hash: 'a'.repeat(64),
            strength,
            raster: await readRaster(`${sourceName}-${size}.png`),
            mask: isMasked ? 'b'.repeat(64) : null,
            maskRaster: isMasked ? await readRaster(`mask-${size}.png`) : null,
          },
        };
  const name = nameScheduler(schedulerConfigSchema.parse(scheduler));
  if (name === null) throw new Error(`no scheduler for ${String(scheduler['_class_name'])}`);
  return makeImageJob({ ...rest, ...source, scheduler: name } as Partial<ImageJob>);
}

for (const family of readdirSync(FAMILIES).filter((name) => !name.endsWith('.png'))) {
  const folder = `${FAMILIES}/${family}`;
  const cases = JSON.parse(readFileSync(`${folder}/cases.json`, 'utf8')) as FamilyCase[];
  describe(`the family ${family}`, () => {
    let model: ImageModel;
    beforeAll(async () => {
      model = await openImageModel({ name: family, folder, threads: 1, announceBusy: () => undefined });
    });
    afterAll(() => model.close());

    for (const drawn of cases) {
      it(`draws what the reference draws: ${drawn.name}`, async () => {
        const settings = { schedulerConfig: schedulerConfigSchema.parse(drawn.scheduler) };
        const maker = new PictureMaker({ ...model, ...settings, ...(drawn.isTiled && { wholePictureBytes: 0 }) });
        const { raster } = await maker.make(await makeJob(drawn), {
          signal: new AbortController().signal,
          reportProgress: () => undefined,
        });
        const expected = await readRaster(`${family}/expected-${drawn.name}.png`);
        expect([raster.width, raster.height]).toEqual([expected.width, expected.height]);
        const worst = raster.rgb.reduce(
          (most, value, place) => Math.max(most, Math.abs(value - (expected.rgb[place] ?? 999))),
          0,
        );
        const similarity = compareStructure(toLuminances(raster.rgb), toLuminances(expected.rgb), raster.width);
        expect.soft(worst).toBeLessThanOrEqual(family === 'half' ? LARGEST_DIFFERENCE_IN_HALVES : LARGEST_DIFFERENCE);
        expect(similarity).toBeGreaterThanOrEqual(LEAST_SIMILARITY);
      });
    }
  });
}
