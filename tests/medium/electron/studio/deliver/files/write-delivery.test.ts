import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Asset } from '../../../../../../electron/contract/asset.ts';
import { assetSchema } from '../../../../../../electron/contract/asset.ts';
import { brandVersionIdSchema } from '../../../../../../electron/contract/identifiers.ts';
import { manifestSchema } from '../../../../../../electron/contract/delivery.ts';
import type { DeliveryItem } from '../../../../../../electron/studio/deliver/files/delivery-item.ts';
import { nameFiles, toSlug } from '../../../../../../electron/studio/deliver/files/delivery-item.ts';
import type { DeliveryInput } from '../../../../../../electron/studio/deliver/files/write-delivery.ts';
import { writeDelivery } from '../../../../../../electron/studio/deliver/files/write-delivery.ts';
import { readExampleBrand } from '../../../../../support/example-brand.ts';
import { numberedId } from '../../../../../support/review-fixtures.ts';
import { getChannelFormat } from '../../../../../../electron/domain/production/channel-formats.ts';

const { kit, files } = readExampleBrand();
const labelFont = files.get(kit.type.body.file) ?? new Uint8Array();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'housestyle-delivery-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function makeItem(number: number, headline: string): Promise<DeliveryItem> {
  const png = await sharp({
    create: { width: 120 + number, height: 150, channels: 3, background: { r: 40 * number, g: 90, b: 200 } },
  })
    .png()
    .toBuffer();
  const hash = createHash('sha256').update(png).digest('hex');
  const path = join(folder, `object-${number}`);
  await writeFile(path, png);
  const id = (offset: number) => numberedId(number * 100 + offset);
  const asset: Asset = assetSchema.parse({
    id: id(1),
    medium: 'picture',
    origin: 'made',
    durationMs: null,
    pages: null,
    hash,
    width: 120 + number,
    height: 150,
    thumbnails: null,
    formatId: 'portrait-post',
    locale: 'en',
    headline,
    flag: 'pick',
    stars: 4,
    status: 'approved',
    compliant: false,
    failedChecks: ['palette'],
    judgedBy: { brandVersionId: id(7), number: 1 },
    remake: null,
    wasRemade: false,
    createdAtMs: 1,
    briefId: id(2),
    planId: id(3),
    batchId: id(4),
    cellId: id(5),
    conceptId: id(6),
    brandVersionId: numberedId(9),
    sizeBytes: png.length,
    recipe: {
      version: 1,
      engineBuild: 'test',
      model: { name: 'starter', hash: 'h' },
      loras: [],
      prompt: 'a <b>prompt</b>',
      negativePrompt: '',
      seed: number,
      scheduler: 'ddim',
      steps: 4,
      guidance: 3,
      width: 64,
      height: 64,
      paletteGuidance: null,
      brandVersionId: numberedId(9),
      template: {
        name: 'headline-stack',
        version: 1,
        outputWidth: 120,
        outputHeight: 150,
        headline,
        body: 'Body.',
        callToAction: 'Go',
        logo: null,
      },
    },
    report: {
      brandVersionId: numberedId(9),
      passed: false,
      measuredAtMs: 2,
      checks: [
        {
          name: 'palette',
          score: 12,
          threshold: 10,
          unit: 'ΔE00',
          better: 'lower',
          passed: false,
          reason: 'Too <green> & "far".',
          region: null,
        },
      ],
    },
    verdicts: [],
    standing: [],
  });
  return { asset, path, content: { path, hash: asset.hash } };
}

async function makeInput(change: Partial<DeliveryInput> = {}): Promise<DeliveryInput> {
  const items = [
    await makeItem(1, 'The bottle comes back'),
    await makeItem(2, '<script>alert("x")</script>'),
    await makeItem(3, 'Größe & “Ærø”'),
  ];
  return {
    folder: join(folder, 'out'),
    replace: false,
    name: 'Spring <set>',
    items,
    brands: [{ brandVersionId: brandVersionIdSchema.parse(numberedId(9)), name: 'Lumen Oat', number: 2 }],
    labelFont,
    nameFormat: (id) => getChannelFormat(id).name,
    createdAtMs: 1_700_000_000_000,
    uniqueSuffix: 'a1',
    ...change,
  };
}

const namesIn = async (path: string) => (await readdir(path)).toSorted();
const onlyObjects = ['object-1', 'object-2', 'object-3'];

describe('writeDelivery', () => {
  test('writes files, manifest and contact sheets, and leaves nothing else behind', async () => {
    const steps: number[] = [];
    const input = await makeInput({ onProgress: (done) => steps.push(done) });
    const written = await writeDelivery(input);
    expect(await namesIn(join(folder, 'out'))).toEqual([
      '001-the-bottle-comes-back-portrait-post-en.png',
      '002-script-alert-x-script-portrait-post-en.png',
      '003-grosse-aero-portrait-post-en.png',
      'contact-sheet.html',
      'contact-sheet.png',
      'manifest.json',
    ]);
    expect(await namesIn(folder)).toEqual([...onlyObjects, 'out'].toSorted());
    expect(steps).toEqual([1, 2, 3]);
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'out', 'manifest.json'), 'utf8')));
    expect(manifest).toEqual(written.manifest);
    for (const { file, sha256 } of manifest.files)
      expect(
        createHash('sha256')
          .update(await readFile(join(folder, 'out', file)))
          .digest('hex'),
      ).toBe(sha256);
    let bytes = 0;
    for (const name of await readdir(join(folder, 'out'))) bytes += (await stat(join(folder, 'out', name))).size;
    expect(written).toMatchObject({ files: 3, bytes });
  });

  test('draws a contact sheet with every picture and its label', async () => {
    await writeDelivery(await makeInput());
    const { data, info } = await sharp(join(folder, 'out', 'contact-sheet.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += info.channels) seen.add(data.subarray(at, at + 3).join());
    for (const number of [1, 2, 3]) expect(seen).toContain(`${40 * number},90,200`);
    expect(seen).toContain('28,28,28');
    expect(seen).toContain('179,38,30');
  });

  test('writes a page without scripts, with all text escaped and a policy that allows nothing from outside', async () => {
    await writeDelivery(await makeInput());
    const html = await readFile(join(folder, 'out', 'contact-sheet.html'), 'utf8');
    expect(html).not.toMatch(/<script|<b>|<green>| on\w+=|src="(?!data:)/i);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).toContain('Too &lt;green&gt; &amp; &quot;far&quot;.');
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    expect(html).toContain(
      `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    );
    expect(html.match(/<img src="data:image\/webp;base64,/g)).toHaveLength(3);
  });

  test('refuses a folder that exists, also a file of that name', async () => {
    await mkdir(join(folder, 'out'));
    await expect(writeDelivery(await makeInput())).rejects.toMatchObject({
      code: 'delivery.targetExists',
      data: { name: 'out' },
    });
    await rm(join(folder, 'out'), { recursive: true });
    await writeFile(join(folder, 'out'), 'mine');
    await expect(writeDelivery(await makeInput({ replace: true }))).rejects.toMatchObject({
      code: 'delivery.targetExists',
    });
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe('mine');
  });

  test('replaces an earlier export when asked to, and never a folder with anything else', async () => {
    await writeDelivery(await makeInput());
    const input = await makeInput({ replace: true, name: 'Second' });
    await writeDelivery({ ...input, items: input.items.slice(0, 1) });
    expect((await namesIn(join(folder, 'out'))).filter((name) => /^\d/.test(name))).toHaveLength(1);
    expect(await namesIn(folder)).toEqual([...onlyObjects, 'out'].toSorted());
    await rm(join(folder, 'out', 'manifest.json'));
    await expect(writeDelivery({ ...input, uniqueSuffix: 'b2' })).rejects.toMatchObject({
      code: 'delivery.targetExists',
    });
  });

  test.each([
    ['missing', async (path: string) => rm(path), 'library.objectMissing'],
    ['changed', async (path: string) => writeFile(path, 'other bytes'), 'library.objectMissing'],
  ])('leaves nothing behind when an object is %s', async (_, damage, code) => {
    const input = await makeInput();
    await damage(input.items[2]?.path ?? '');
    await expect(writeDelivery(input)).rejects.toMatchObject({ code });
    expect((await readdir(folder)).filter((name) => !name.startsWith('object'))).toEqual([]);
  });

  test('leaves nothing behind when it is cancelled', async () => {
    const controller = new AbortController();
    const input = await makeInput({
      signal: controller.signal,
      onProgress: (done) => done === 2 && controller.abort(new Error('enough')),
    });
    await expect(writeDelivery(input)).rejects.toThrow('enough');
    expect(await namesIn(folder)).toEqual(onlyObjects);
  });

  test('keeps the earlier export when a replacement fails', async () => {
    await writeDelivery(await makeInput());
    const before = await namesIn(join(folder, 'out'));
    const input = await makeInput({ replace: true });
    await rm(input.items[0]?.path ?? '');
    await expect(writeDelivery(input)).rejects.toMatchObject({ code: 'library.objectMissing' });
    expect(await namesIn(join(folder, 'out'))).toEqual(before);
  });

  test('refuses to export nothing', async () => {
    await expect(writeDelivery(await makeInput({ items: [] }))).rejects.toMatchObject({ code: 'delivery.empty' });
    expect((await readdir(folder)).filter((name) => !name.startsWith('object'))).toEqual([]);
  });
});

describe('nameFiles', () => {
  test('gives every file its own portable name, whatever the headline', async () => {
    const item = await makeItem(1, 'x');
    const named = (headline: string) => ({ ...item, asset: { ...item.asset, headline } });
    const names = nameFiles(['../../etc/passwd', 'CON', 'a/b\\c:d*?"<>|', '', '日本', 'x'.repeat(400)].map(named));
    expect(new Set(names).size).toBe(6);
    for (const name of names) expect(name).toMatch(/^00\d-([a-z0-9-]+-)?portrait-post-en\.png$/);
    expect(names[3]).toBe('004-portrait-post-en.png');
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(80);
  });

  test('cuts a slug between words', () => {
    expect(toSlug('A better pour for city families who cook at home')).toBe('a-better-pour-for-city-families-who-cook');
    expect(toSlug("L'été, c'est fini!")).toBe('lete-cest-fini');
  });
});
