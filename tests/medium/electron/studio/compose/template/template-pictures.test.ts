import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../../../../../electron/contract/engine-protocol.ts';
import { layoutFormats } from '../../../../../../electron/contract/format.ts';
import { templateNames } from '../../../../../../electron/domain/brand/template-names.ts';
import { loadKitContent } from '../../../../../../electron/studio/compose/kit-content.ts';
import { findBuiltInTemplate } from '../../../../../../electron/studio/compose/template/built-in-templates.ts';
import { layOutTemplate } from '../../../../../../electron/studio/compose/template/lay-out-template.ts';
import { paintRaster, readExampleBrand } from '../../../../../support/example-brand.ts';
import { quarterFormat } from '../../../../../support/quarter-format.ts';

const { kit, files } = readExampleBrand();
const copy = {
  headline: 'The bottle comes back',
  body: 'Lumen Oat is made from Baltic oats. The glass goes back to any shop.',
  callToAction: 'Try the first bottle',
  legal: 'Deposit 0.15 euro.',
};
/** Flat shapes, as the starter model makes them. */
const art = paintRaster(160, 160, (x, y) =>
  Math.hypot(x - 0.38, y - 0.34) < 0.17 ? [35, 82, 209] : x + y > 1.72 ? [245, 119, 92] : [189, 178, 236],
);

const WIDTH_PX = 1310;
const HEIGHT_PX = 846;
/** Where each format stands on a sheet. */
const places: Readonly<Record<string, readonly [number, number]>> = {
  'square-post': [0, 0],
  'portrait-post': [270, 0],
  story: [540, 0],
  skyscraper: [810, 0],
  'link-card': [890, 0],
  landscape: [810, 480],
  leaderboard: [0, 480],
};

async function composeSheet(name: string, version: number | null = null): Promise<Raster> {
  const sheet = { width: WIDTH_PX, height: HEIGHT_PX, rgb: new Uint8Array(WIDTH_PX * HEIGHT_PX * 3).fill(128) };
  const named = { ...kit, template: name };
  const content = await loadKitContent(named, files);
  const template = findBuiltInTemplate(name, version) ?? content.template;
  for (const id of layoutFormats) {
    const format = quarterFormat(id);
    const { finished } = await layOutTemplate({
      template,
      image: art,
      kit: named,
      content,
      format,
      aids: [],
      copy,
    });
    const [left, top] = places[id] ?? [0, 0];
    for (let row = 0; row < format.height; row++)
      sheet.rgb.set(
        finished.rgb.subarray(row * format.width * 3, (row + 1) * format.width * 3),
        ((top + row) * WIDTH_PX + left) * 3,
      );
  }
  return sheet;
}

const pictureOf = (name: string) => fileURLToPath(new URL(`pictures/${name}.png`, import.meta.url));

async function readSheet(name: string): Promise<Uint8Array> {
  return new Uint8Array(await sharp(pictureOf(name)).removeAlpha().raw().toBuffer());
}

async function expectStored(name: string, { rgb }: Raster): Promise<void> {
  if (!existsSync(pictureOf(name))) {
    const raw = { width: WIDTH_PX, height: HEIGHT_PX, channels: 3 } as const;
    await writeFile(pictureOf(name), await sharp(rgb, { raw }).png({ compressionLevel: 9 }).toBuffer());
    throw new Error(`stored ${name}.png: look at it, and run the test again`);
  }
  const stored = await readSheet(name);
  let different = Math.abs(stored.length - rgb.length);
  for (let at = 0; at < rgb.length; at++) if (stored[at] !== rgb[at]) different++;
  expect(different).toBe(0);
}

describe('layOutTemplate', () => {
  // A change of these pixels changes every picture that users make again from a recipe: then the template needs a new version.
  // Delete a picture and run the test to store it anew.
  test.each(templateNames)('gives the stored pixels for %s in every format', { timeout: 60_000 }, async (name) => {
    await expectStored(name, await composeSheet(name));
  });

  // Pictures of before are laid out again when they are scored again.
  test.each([
    ['full-bleed', 1],
    ['headline-stack', 2],
    ['corner-label', 1],
  ])('still draws %s as version %i drew it', { timeout: 60_000 }, async (name, version) => {
    await expectStored(`${name}-${version}`, await composeSheet(name, version));
  });

  test('knows the versions that are drawn, and no other', () => {
    const newest = findBuiltInTemplate('card');
    expect([newest?.version, newest?.drawing]).toEqual([2, 2]);
    expect(findBuiltInTemplate('card', 1)).toMatchObject({ version: 1, drawing: 1 });
    expect(findBuiltInTemplate('card', 0)).toBeNull();
    expect(findBuiltInTemplate('card', 3)).toBeNull();
  });
});
