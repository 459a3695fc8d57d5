import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../../../../electron/contract/engine-protocol.ts';
import { brandVersionIdSchema } from '../../../../../electron/contract/identifiers.ts';
import type { FormatId } from '../../../../../electron/contract/format.ts';
import { measureCompliance } from '../../../../../electron/domain/compliance/measure-compliance.ts';
import { safeRegion } from '../../../../../electron/domain/compliance/placement-checks.ts';
import { channelFormats, getChannelFormat } from '../../../../../electron/domain/production/channel-formats.ts';
import type { ComposedPicture } from '../../../../../electron/studio/compose/compose-picture.ts';
import { composePicture } from '../../../../../electron/studio/compose/compose-picture.ts';
import { paintRaster, painters, readExampleBrand } from '../../../../support/example-brand.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const { kit, files } = readExampleBrand();
const copy = {
  headline: 'The bottle comes back',
  body: 'Lumen Oat is made from Baltic oats. The glass goes back to any shop.',
  callToAction: 'Try the first bottle',
};
const ground = (name: keyof typeof painters) => paintRaster(192, 192, painters[name]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function compose(formatId: FormatId, image: Raster | Uint8Array, text = copy): Promise<ComposedPicture> {
  return composePicture({ image, kit, files, format: getChannelFormat(formatId), ...text });
}

function report(formatId: FormatId, { pixels }: ComposedPicture) {
  return measureCompliance({
    pixels,
    kit,
    format: getChannelFormat(formatId),
    brandVersionId: brandVersionIdSchema.parse(numberedId(1)),
    measuredAtMs: 0,
  });
}

/** Pixels that type or logo changed, outside of the boxes that the layout names. */
function countStrayInk({ pixels: { finished, backdrop, layout } }: ComposedPicture): number {
  const boxes = [...layout.texts.flatMap(({ boxes: lines }) => lines), ...(layout.logo ? [layout.logo.box] : [])];
  let stray = 0;
  for (let y = 0; y < finished.height; y++) {
    for (let x = 0; x < finished.width; x++) {
      const at = (y * finished.width + x) * 3;
      if (
        finished.rgb[at] === backdrop.rgb[at] &&
        finished.rgb[at + 1] === backdrop.rgb[at + 1] &&
        finished.rgb[at + 2] === backdrop.rgb[at + 2]
      )
        continue;
      if (
        !boxes.some(
          (box) =>
            x >= box.x - 1.5 && x <= box.x + box.width + 0.5 && y >= box.y - 1.5 && y <= box.y + box.height + 0.5,
        )
      )
        stray++;
    }
  }
  return stray;
}

describe('composePicture', () => {
  test('gives the same bytes for the same input', async () => {
    const first = await compose('portrait-post', ground('calm'));
    const second = await compose('portrait-post', ground('calm'));
    expect(sha256(second.png)).toBe(sha256(first.png));
  });

  // A change of these pixels changes every picture that users make again from a recipe: then the template needs a new version.
  test.each([
    ['square-post', 'calm', '651b5217a8f3169bab5fb1d8c0ec0429bbcec3ec55d7f7eead6041e2768877e8'],
    ['landscape', 'checks', '42a05cefc76c38bc4f2860a2fdca0013349d67fb654b7dc90c1d2f6ad31bc2b5'],
    ['leaderboard', 'dark', 'b37ccefa780d95e9177f99ace8a491c1bb65b44aceb8769dab390c66ec38d441'],
  ] as const)('gives the stored pixels for %s on %s', async (formatId, name, hash) => {
    expect(sha256((await compose(formatId, ground(name))).pixels.finished.rgb)).toBe(hash);
  });

  test('writes a PNG of the finished pixels in the size of the format, without metadata', async () => {
    const picture = await compose('link-card', ground('split'));
    const { data, info } = await sharp(picture.png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([1200, 628, 3]);
    expect(sha256(data)).toBe(sha256(picture.pixels.finished.rgb));
    const { exif, icc, xmp } = await sharp(picture.png).metadata();
    expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
    expect(picture.template).toEqual({ name: 'headline-stack', version: 1 });
  });

  test.each(
    // Those for paper are larger and no different.
    channelFormats
      .filter(({ group }) => group !== 'print')
      .flatMap(({ id }) => (['calm', 'dark', 'checks'] as const).map((name) => [id, name] as const)),
  )('passes contrast, safe area, text fit and logo in %s on %s', async (id, name) => {
    const picture = await compose(id, ground(name));
    const failed = report(id, picture).checks.filter((check) => !check.passed && !check.name.endsWith('palette'));
    expect(failed).toEqual([]);
    expect(countStrayInk(picture)).toBe(0);
  });

  test('leaves a picture off the palette failing on its palette alone', async () => {
    const picture = await compose('story', ground('green'));
    expect(
      report('story', picture)
        .checks.filter(({ passed }) => !passed)
        .map(({ name }) => name),
    ).toEqual(['palette', 'off-palette']);
  });

  test.each([
    ['a long word', { headline: 'Donaudampfschifffahrtsgesellschaftskapitän', body: 'x', callToAction: 'Go' }],
    [
      'the longest copy',
      { headline: 'W'.repeat(60), body: 'wide words '.repeat(16).trim(), callToAction: 'Try one of these bottles' },
    ],
    [
      'sixty short words',
      {
        headline: 'a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d',
        body: 'i '.repeat(90).trim(),
        callToAction: 'i',
      },
    ],
    ['one letter', { headline: 'O', body: '.', callToAction: '!' }],
    [
      'accents and marks',
      { headline: 'Ångström, Çéleri & “Größe”', body: 'El Niño — ¿qué? 100 % €5', callToAction: 'Köp nu »' },
    ],
    ['markup', { headline: '</path><script>alert(1)</script>', body: '&amp; {{x}} %s', callToAction: '<b>Go</b>' }],
    ['control characters', { headline: 'Two\nlines\tand\u0000 more\u200b', body: '\u00ad', callToAction: '\u202eGo' }],
  ])('never clips %s and stays inside the safe area', async (_, text) => {
    for (const id of ['square-post', 'skyscraper', 'leaderboard'] as const) {
      const picture = await compose(id, ground('calm'), text);
      expect(countStrayInk(picture)).toBe(0);
      const safe = safeRegion(getChannelFormat(id));
      for (const { boxes } of picture.pixels.layout.texts) {
        for (const box of boxes) {
          expect(box.x).toBeGreaterThanOrEqual(safe.x);
          expect(box.x + box.width).toBeLessThanOrEqual(safe.x + safe.width);
          expect(box.y).toBeGreaterThanOrEqual(safe.y);
          expect(box.y + box.height).toBeLessThanOrEqual(safe.y + safe.height);
        }
      }
    }
  });

  test('says so when a text only fits under its smallest size', async () => {
    const strict = { ...kit, type: { ...kit.type, headline: { ...kit.type.headline, minSizePx: 110 } } };
    const format = getChannelFormat('square-post');
    const picture = await composePicture({
      image: ground('calm'),
      kit: strict,
      files,
      format,
      ...copy,
      headline: 'Donaudampfschifffahrtsgesellschaftskapitän',
    });
    const fit = report('square-post', picture).checks.find(({ name }) => name === 'text-fit');
    expect(fit?.passed).toBe(false);
    expect(fit?.reason).toContain('the brand allows 110.0 px');
  });

  test('says so when the font has no sign for a letter', async () => {
    const picture = await compose('square-post', ground('calm'), { ...copy, headline: 'Ein 日本 Tag' });
    expect(report('square-post', picture).checks.find(({ name }) => name === 'text-fit')).toMatchObject({
      passed: false,
      score: 0,
    });
  });

  test('leaves out texts that are empty', async () => {
    const picture = await compose('story', ground('calm'), { headline: '', body: ' ', callToAction: '' });
    expect(picture.pixels.layout.texts).toEqual([]);
    expect(picture.pixels.layout.logo).not.toBeNull();
  });

  test('takes the logo that is made for the ground', async () => {
    expect((await compose('square-post', ground('dark'))).logoFile).toBe('logo-light.svg');
    expect((await compose('square-post', ground('calm'))).logoFile).toBe('logo-dark.svg');
  });

  test('sets a badge in several colours as logo, on a chip where the ground is its own colour, and never over type', async () => {
    const badge = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle cx="45" cy="45" r="45" fill="#2352d1"/><path fill="#f6f0df" d="M30 20h12v38h20v12H30z"/></svg>',
    );
    const badgeKit = {
      ...kit,
      logos: [
        {
          name: 'badge',
          file: 'badge.svg',
          on: 'any' as const,
          clearSpace: 0.25,
          minWidthPx: 60,
          forbiddenBackgrounds: [],
        },
      ],
    };
    for (const id of ['square-post', 'link-card', 'skyscraper'] as const) {
      for (const image of [ground('calm'), paintRaster(64, 64, () => [35, 82, 209]), ground('checks')]) {
        const picture = await composePicture({
          image,
          kit: badgeKit,
          files: new Map([...files, ['badge.svg', badge]]),
          format: getChannelFormat(id),
          ...copy,
        });
        expect(report(id, picture).checks.filter((check) => !check.passed && !check.name.endsWith('palette'))).toEqual(
          [],
        );
      }
    }
  });

  test('reads encoded images and refuses damaged ones', async () => {
    const image = ground('calm');
    const png = new Uint8Array(
      await sharp(image.rgb, { raw: { width: image.width, height: image.height, channels: 3 } })
        .png()
        .toBuffer(),
    );
    expect(sha256((await compose('leaderboard', png)).png)).toBe(sha256((await compose('leaderboard', image)).png));
    await expect(compose('leaderboard', png.slice(0, 50))).rejects.toMatchObject({ code: 'library.unsupportedFile' });
    await expect(compose('leaderboard', { ...image, rgb: image.rgb.slice(1) })).rejects.toThrow(RangeError);
  });

  test('scales a tiny and a very wide image to the format', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 2],
      [400, 20],
    ] as const) {
      const picture = await compose('skyscraper', paintRaster(width, height, painters.calm));
      expect(picture.pixels.finished.rgb).toHaveLength(320 * 1200 * 3);
    }
  });

  test('names a file that is missing', async () => {
    const without = new Map(files);
    without.delete('logo-light.svg');
    await expect(
      composePicture({ image: ground('calm'), kit, files: without, format: getChannelFormat('story'), ...copy }),
    ).rejects.toMatchObject({
      code: 'brand.fileMissing',
      data: { file: 'logo-light.svg', field: 'logos[1].file' },
    });
  });
});
