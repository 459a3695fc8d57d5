import { describe, expect, test } from 'vitest';
import { isStudioError } from '../../../../../electron/contract/errors.ts';
import { deliverableIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { channelFormatSchema, layoutFormats } from '../../../../../electron/contract/format.ts';
import {
  channelFormats,
  findFormatProblem,
  getChannelFormat,
  layoutFormatOf,
  makeOwnFormat,
} from '../../../../../electron/domain/production/channel-formats.ts';
import { deriveSeed } from '../../../../../electron/domain/production/derive-seed.ts';
import { forecastPlan } from '../../../../../electron/domain/production/forecast.ts';
import { chooseGenerationSize } from '../../../../../electron/domain/production/generation-size.ts';
import { planCells, variationsForCount } from '../../../../../electron/domain/production/plan-cells.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const conceptIds = [1, 2, 3].map((number) => deliverableIdSchema.parse(numberedId(number)));
const axes = { conceptIds, formatIds: ['story', 'square-post'], locales: ['en'], variations: 2 } as const;

describe('channelFormats', () => {
  test('has each format once, those that templates lay out among them, valid, with a safe area inside', () => {
    const ids = channelFormats.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...layoutFormats]));
    for (const format of channelFormats) {
      expect(channelFormatSchema.safeParse(format).success).toBe(true);
      const { left, right, top, bottom } = format.safeInsets;
      expect(format.width - left - right).toBeGreaterThan(format.width * 0.6);
      expect(format.height - top - bottom).toBeGreaterThan(format.height * 0.6);
    }
  });
});

const near = (width: number, height: number) => layoutFormatOf({ id: 'own', width, height });

describe('layoutFormatOf', () => {
  test('takes a shape that templates know as itself, and any other as the nearest', () => {
    for (const id of layoutFormats) expect(layoutFormatOf(getChannelFormat(id))).toBe(id);
    expect(near(300, 250)).toBe('square-post');
    expect(near(320, 50)).toBe('leaderboard');
    expect(near(970, 250)).toBe('leaderboard');
    expect(near(1500, 620)).toBe('link-card');
    expect(near(300, 600)).toBe('story');
    expect(near(210, 297)).toBe('portrait-post');
    expect(near(297, 210)).toBe('landscape');
    expect(near(100, 900)).toBe('skyscraper');
  });
});

describe('makeOwnFormat', () => {
  const wanted = { name: 'Shop window, Köln', width: 1400, height: 700 };
  test('gives a name that is not taken, free edges and a limit where nobody said how much', () => {
    expect(makeOwnFormat(wanted, new Set())).toMatchObject({
      id: 'shop-window-koln',
      group: 'own',
      ratio: '2:1',
      safeInsets: { top: 35, right: 35, bottom: 35, left: 35 },
      maxBytes: 8 * 1024 * 1024,
    });
    expect(makeOwnFormat(wanted, new Set(['shop-window-koln'])).id).toBe('shop-window-koln-2');
    expect(makeOwnFormat({ ...wanted, name: '海报' }, new Set()).id).toBe('format');
    expect(channelFormatSchema.safeParse(makeOwnFormat(wanted, new Set())).success).toBe(true);
  });

  test('refuses what can hold no type', () => {
    expect(findFormatProblem(wanted)).toBeNull();
    expect(findFormatProblem({ name: 'x', width: 64, height: 1000 })).toMatch(/15\.6 times as long as it is wide/);
    const safeInsets = { top: 0, right: 400, bottom: 0, left: 400 };
    expect(findFormatProblem({ ...wanted, safeInsets })).toMatch(/less than half of an edge/);
  });
});

describe('deriveSeed', () => {
  test('gives the same numbers for ever', () => {
    expect(deriveSeed(1, 'a', 2)).toBe(deriveSeed('1/a/2'));
    expect(deriveSeed('')).toBe(fmix32(0x811c9dc5));
    expect(deriveSeed('a')).toBe(fmix32(0xe40c292c));
  });

  test('spreads neighbours over the whole range', () => {
    const seeds = Array.from({ length: 2000 }, (_, index) => deriveSeed(7, 'concept', 'story', 'en', index));
    expect(new Set(seeds).size).toBe(2000);
    expect(seeds.reduce((sum, seed) => sum + seed, 0) / 2000 / 2 ** 32).toBeCloseTo(0.5, 1);
  });
});

/** MurmurHash3's finaliser, written from its definition with big integers. */
function fmix32(value: number): number {
  const mask = 0xffffffffn;
  let hash = BigInt(value);
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & mask;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & mask;
  return Number(hash ^ (hash >> 16n));
}

describe('planCells', () => {
  test('makes every coordinate once, variation by variation', () => {
    const cells = planCells(axes, 7);
    expect(cells).toHaveLength(12);
    expect(new Set(cells.map(({ seed }) => seed)).size).toBe(12);
    expect(cells.slice(0, 6).every(({ variation }) => variation === 0)).toBe(true);
    expect(planCells(axes, 7)).toEqual(cells);
    expect(planCells(axes, 8).map(({ seed }) => seed)).not.toEqual(cells.map(({ seed }) => seed));
  });

  test('makes one cell of a value that stands twice', () => {
    expect(planCells({ ...axes, formatIds: ['story', 'story'], variations: 1 }, 7)).toHaveLength(3);
  });

  test('refuses a plan that is too large before it makes it', () => {
    try {
      planCells({ ...axes, variations: 1_000_000_000 }, 7);
      expect.unreachable();
    } catch (error) {
      expect(isStudioError(error) && [error.code, error.data]).toEqual([
        'plan.tooLarge',
        { cells: 6_000_000_000, limit: 20_000 },
      ]);
    }
  });

  test('finds how many variations a count needs', () => {
    expect([1, 6, 7, 24].map((count) => variationsForCount(axes, count))).toEqual([1, 1, 2, 4]);
  });
});

describe('chooseGenerationSize', () => {
  const starter = {
    sizes: [
      [384, 384],
      [320, 400],
      [256, 448],
      [448, 256],
    ] as [number, number][],
    sizeMultiple: 8,
  };

  test.each(channelFormats.map((format) => [format.id, format] as const))(
    'stays near the budget and in multiples for %s',
    (_, format) => {
      const { width, height } = chooseGenerationSize(format, starter);
      expect([width % 8, height % 8]).toEqual([0, 0]);
      expect(width * height).toBeGreaterThan(256 * 448 * 0.85);
      expect(width * height).toBeLessThan(384 * 384 * 1.15);
    },
  );

  test('keeps the aspect of formats that a model knows, within two per cent', () => {
    for (const id of ['square-post', 'portrait-post', 'story', 'landscape', 'link-card'] as const) {
      const format = getChannelFormat(id);
      const { width, height } = chooseGenerationSize(format, starter);
      expect(Math.abs(Math.log(width / height / (format.width / format.height)))).toBeLessThan(0.025);
    }
  });

  test.each([1, 2, 4, 8, 16, 64])(
    'asks a model that takes multiples of %i for what its engine takes too',
    (sizeMultiple) => {
      for (const format of channelFormats) {
        const { width, height } = chooseGenerationSize(format, { ...starter, sizeMultiple });
        expect([width % 8, height % 8, width % sizeMultiple, height % sizeMultiple]).toEqual([0, 0, 0, 0]);
      }
    },
  );

  test('does not stretch a model to the shape of a banner', () => {
    const { width, height } = chooseGenerationSize(getChannelFormat('leaderboard'), starter);
    expect(width / height).toBeLessThan(2.1);
  });

  test('copes with a model that recommends nothing or has coarse multiples', () => {
    expect(chooseGenerationSize({ width: 100, height: 100 }, { sizes: [], sizeMultiple: 64 })).toEqual({
      width: 512,
      height: 512,
    });
    expect(
      chooseGenerationSize(
        { width: 9, height: 16 },
        {
          sizes: [
            [1024, 1024],
            [768, 1344],
          ],
          sizeMultiple: 64,
        },
      ),
    ).toEqual({ width: 768, height: 1344 });
  });
});

describe('forecastPlan', () => {
  const formats = axes.formatIds.map(getChannelFormat);

  test('counts images and says nothing about time before something was measured', () => {
    expect(forecastPlan(axes, formats, { secondsPerImage: null, bytesPerPixel: null })).toMatchObject({
      images: 12,
      secondsPerImage: null,
      totalSeconds: null,
    });
    expect(forecastPlan(axes, formats, { secondsPerImage: 2.5, bytesPerPixel: 1 })).toEqual({
      images: 12,
      secondsPerImage: 2.5,
      totalSeconds: 30,
      diskBytes: 6 * (1080 * 1920 + 1080 * 1080),
    });
  });
});
