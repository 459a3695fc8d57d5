import { describe, expect, test } from 'vitest';
import { parseHex } from '../../../../../electron/domain/brand/colour-space.ts';
import { checkBusyGround } from '../../../../../electron/domain/compliance/busy-ground-check.ts';
import { checkContrast } from '../../../../../electron/domain/compliance/contrast-check.ts';
import type { JudgedPixels, LogoPlacement, TextBlock } from '../../../../../electron/domain/compliance/layout.ts';
import { checkLogo } from '../../../../../electron/domain/compliance/logo-check.ts';
import { checkLogoContrast } from '../../../../../electron/domain/compliance/logo-contrast-check.ts';
import type { Raster } from '../../../../../electron/contract/engine-protocol.ts';
import { paintRaster, readExampleBrand } from '../../../../support/example-brand.ts';

const { kit } = readExampleBrand();
const [CREAM, BLUE, NAVY] = ['#f6f0df', '#2352d1', '#14213f'];
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const ground = (hex = CREAM, edge = 400) => paintRaster(edge, edge, () => parseHex(hex));

function fill(raster: Raster, boxes: readonly Box[], hex: string): Raster {
  const rgb = raster.rgb.slice();
  for (const box of boxes)
    for (let y = box.y; y < box.y + box.height; y++)
      for (let x = box.x; x < box.x + box.width; x++) rgb.set(parseHex(hex), (y * raster.width + x) * 3);
  return { ...raster, rgb };
}

const SIGNS = 'H o m e s r e t u r n a g a i n'.split(' ');
/** Sixteen letters in a line: bars of eight pixels with as much room between them. */
const letters = SIGNS.map((sign, at) => ({ sign, box: { x: 40 + at * 16, y: 60, width: 8, height: 32 } }));
const line = { x: 40, y: 60, width: 16 * 16, height: 32 };

function setText(backdrop: Raster, change: Partial<TextBlock> = {}): JudgedPixels {
  const text: TextBlock = {
    role: 'headline',
    text: SIGNS.join(''),
    lines: [SIGNS.join('')],
    boxes: [line],
    letters: [letters],
    colour: NAVY,
    sizePx: 40,
    minSizePx: 20,
    fitRatio: 2,
    unsettable: [],
    ...change,
  };
  const finished = fill(
    backdrop,
    letters.map(({ box }) => box),
    text.colour,
  );
  return { finished, backdrop, delivered: finished, layout: { texts: [text], logo: null } };
}

describe('checkContrast, letter by letter', () => {
  test('counts the letter that stands on a shape of its own darkness, where all others stand well', () => {
    const check = checkContrast(setText(fill(ground(), [{ x: 34, y: 40, width: 17, height: 70 }], BLUE)), 4.5);
    expect(check).toMatchObject({ passed: false, region: letters[0]?.box });
    expect(check.score).toBeCloseTo(2.4, 0);
    expect(check.reason).toMatch(/^The "H" of the headline stands on blue at 2\.\d:1; 4\.5:1 is asked\./);
  });

  test('names how many letters are lost, and marks those beside the worst', () => {
    const check = checkContrast(setText(fill(ground(), [{ x: 34, y: 40, width: 48, height: 70 }], BLUE)), 4.5);
    expect(check.reason).toMatch(/^"H" and 2 more letters of the headline stand on blue at 2\.\d:1 at worst;/);
    expect(check.region).toEqual({ x: 40, y: 60, width: 40, height: 32 });
  });

  test('forgives a shape that only touches a letter', () => {
    const touched = fill(ground(), [{ x: 34, y: 86, width: 6, height: 12 }], BLUE);
    expect(checkContrast(setText(touched), 4.5).passed).toBe(true);
  });

  test('speaks of the whole text where most of its letters are lost', () => {
    const check = checkContrast(setText(ground(BLUE)), 4.5);
    expect(check).toMatchObject({ passed: false, region: line });
    expect(check.reason).toMatch(/^The headline in #14213f reaches 2\.\d:1/);
  });

  test('counts a letter that was painted over in the file', () => {
    const pixels = setText(ground());
    const [first] = letters;
    const delivered = fill(pixels.finished, first ? [first.box] : [], '#eee6d0');
    expect(checkContrast({ ...pixels, delivered }, 4.5)).toMatchObject({ passed: false, region: first?.box });
  });
});

/** A word mark of eight bars. */
const markBox = { x: 100, y: 100, width: 160, height: 40 };
const bars = Array.from({ length: 8 }, (_, at) => ({ x: 100 + at * 20, y: 100, width: 10, height: 40 }));
const ink = Uint8Array.from({ length: 160 * 40 }, (_, at) => (at % 20 < 10 ? 255 : 0));

function setLogo(backdrop: Raster, hex = NAVY, file = 'logo-dark.svg'): JudgedPixels {
  const logo: LogoPlacement = {
    name: 'Word mark',
    file,
    box: markBox,
    ink,
    minWidthPx: 100,
    clearSpacePx: 20,
    freeSpacePx: 40,
  };
  const finished = fill(backdrop, bars, hex);
  return { finished, backdrop, delivered: finished, layout: { texts: [], logo } };
}

describe('checkLogoContrast', () => {
  test('passes ink that stands out everywhere, and a picture without a logo', () => {
    expect(checkLogoContrast(setLogo(ground()), kit)).toMatchObject({ passed: true, threshold: 3, region: null });
    expect(checkLogoContrast({ ...setLogo(ground()), layout: { texts: [], logo: null } }, kit).passed).toBe(true);
  });

  test('fails a dark logo where a dark shape runs under part of it, and says where', () => {
    const shape = fill(ground(), [{ x: 215, y: 80, width: 90, height: 90 }], BLUE);
    expect(checkLogo(setLogo(shape)).passed).toBe(true);
    const check = checkLogoContrast(setLogo(shape), kit);
    expect(check.passed).toBe(false);
    expect(check.score).toBeCloseTo(2.4, 0);
    expect(check.region).toEqual({ x: 220, y: 100, width: 40, height: 40 });
    expect(check.reason).toMatch(/^The right part of the logo "Word mark" stands on blue at 2\.\d:1; 3:1 is asked\.$/);
  });

  test('fails a logo on a ground of its own colour as a whole', () => {
    expect(checkLogoContrast(setLogo(ground(NAVY)), kit)).toMatchObject({ passed: false, score: 1, region: markBox });
  });

  test('asks no more of an ink than it reaches on the grounds that its brand has for it', () => {
    const coral = '#f5775c';
    const own = { ...kit, logos: [{ ...kit.logos[0], name: 'Word mark', file: 'coral.svg', on: 'light' as const }] };
    const check = checkLogoContrast(setLogo(ground(), coral, 'coral.svg'), own as typeof kit);
    expect(check.passed).toBe(true);
    expect(check.threshold).toBeLessThan(3);
    expect(checkLogoContrast(setLogo(ground('#bdb2ec'), coral, 'coral.svg'), own as typeof kit).passed).toBe(false);
  });
});

const stripes = (hex: string) =>
  fill(
    ground(),
    Array.from({ length: 20 }, (_, at) => ({ x: at * 20, y: 0, width: 10, height: 400 })),
    hex,
  );

describe('checkBusyGround', () => {
  const small = { role: 'body', sizePx: 18 } as const;
  test('fails edges of shapes under small type although every letter can be read', () => {
    const pixels = setText(stripes('#f5a98c'), small);
    expect(checkContrast(pixels, 4.5).passed).toBe(true);
    const check = checkBusyGround(pixels);
    expect(check).toMatchObject({ passed: false, better: 'lower', part: 'text' });
    expect(check.reason).toMatch(/^Edges of shapes run under the body text: [\d.]+ % of the ground there/);
    expect(check.region?.y).toBeLessThan(60);
  });

  test('passes one edge that crosses a line, a soft gradient and grain', () => {
    const half = fill(ground(), [{ x: 200, y: 0, width: 200, height: 400 }], '#f5a98c');
    const gradient = paintRaster(400, 400, (x) => [246 - 90 * x, 240 - 40 * x, 223]);
    const grain = paintRaster(400, 400, (x, y) =>
      (Math.round(x * 400) + Math.round(y * 400)) % 2 === 0 ? [255, 255, 243] : [215, 205, 183],
    );
    for (const calm of [half, gradient, grain]) expect(checkBusyGround(setText(calm, small)).passed).toBe(true);
  });

  test('leaves large type alone', () => {
    expect(checkBusyGround(setText(stripes('#f5a98c'), { sizePx: 40 })).passed).toBe(true);
  });

  test('fails edges of shapes under the logo', () => {
    expect(checkBusyGround(setLogo(stripes('#bdb2ec')))).toMatchObject({ passed: false, part: 'logo' });
    expect(checkBusyGround(setLogo(ground()))).toMatchObject({ passed: true, score: 0 });
  });

  test('fails faint stripes as wide as the logo is high, and lets one straight edge pass', () => {
    const { x, y, width, height } = markBox;
    const tall = { y: y - height, height: height * 3 };
    const wide = Array.from({ length: Math.ceil(width / (1.6 * height)) + 1 }, (_, at) => ({
      ...tall,
      x: Math.round(x + at * 1.6 * height),
      width: Math.round(0.8 * height),
    }));
    expect(checkBusyGround(setLogo(fill(ground(), wide, '#b0aa99')))).toMatchObject({ passed: false, part: 'logo' });
    const half = [{ ...tall, x: x + Math.round(width / 2), width: width + 20 }];
    expect(checkBusyGround(setLogo(fill(ground(), half, BLUE))).passed).toBe(true);
    const between = [{ ...tall, x: x + Math.round(width / 2) + 2, width: width + 20 }];
    expect(checkBusyGround(setLogo(fill(ground(), between, NAVY))).passed).toBe(true);
    const below = [{ x: 0, y: y + Math.round(height / 2), width: 400, height: height * 2 }];
    expect(checkBusyGround(setLogo(fill(ground(), below, BLUE))).passed).toBe(true);
  });
});
