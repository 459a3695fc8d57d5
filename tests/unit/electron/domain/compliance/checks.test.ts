import { describe, expect, test } from 'vitest';
import { complianceReportSchema } from '../../../../../electron/contract/compliance.ts';
import { brandVersionIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { measureApca } from '../../../../../electron/domain/compliance/apca.ts';
import { checkContrast, measureContrast } from '../../../../../electron/domain/compliance/contrast-check.ts';
import type {
  JudgedPixels,
  LogoPlacement,
  PictureLayout,
  TextBlock,
} from '../../../../../electron/domain/compliance/layout.ts';
import { checkLogo } from '../../../../../electron/domain/compliance/logo-check.ts';
import { measureCompliance } from '../../../../../electron/domain/compliance/measure-compliance.ts';
import {
  checkOffPalette,
  checkPalette,
  measurePalette,
} from '../../../../../electron/domain/compliance/palette-check.ts';
import { checkSafeArea, checkTextFit } from '../../../../../electron/domain/compliance/placement-checks.ts';
import { checkLogoGround, checkLogoVariant } from '../../../../../electron/domain/compliance/logo-ground-checks.ts';
import { checkLogoSize, checkLogoSpace } from '../../../../../electron/domain/compliance/logo-placement-checks.ts';
import { checkPaletteShare } from '../../../../../electron/domain/compliance/share-check.ts';
import { checkTerms } from '../../../../../electron/domain/compliance/copy-checks.ts';
import { parseHex, toLuminance } from '../../../../../electron/domain/brand/colour-space.ts';
import type { Raster } from '../../../../../electron/contract/engine-protocol.ts';
import { getChannelFormat } from '../../../../../electron/domain/production/channel-formats.ts';
import { paintRaster, painters, readExampleBrand } from '../../../../support/example-brand.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const { kit } = readExampleBrand();
const square = getChannelFormat('square-post');
const flat = (colour: readonly [number, number, number], size = 200) => paintRaster(size, size, () => colour);

function textBlock(change: Partial<TextBlock> = {}): TextBlock {
  return {
    role: 'headline',
    text: 'The bottle comes back',
    lines: ['The bottle', 'comes back'],
    boxes: [{ x: 60, y: 60, width: 100, height: 40 }],
    letters: [],
    colour: '#14213f',
    sizePx: 100,
    minSizePx: 40,
    fitRatio: 2.5,
    unsettable: [],
    ...change,
  };
}
const layoutOf = (...texts: TextBlock[]): PictureLayout => ({ texts, logo: null });
type Box = { x: number; y: number; width: number; height: number };

/** A picture with boxes of a colour on it. */
function fillBoxes(raster: Raster, boxes: readonly Box[], colour: string): Raster {
  const rgb = raster.rgb.slice();
  const ink = parseHex(colour);
  for (const box of boxes)
    for (let y = Math.max(0, box.y); y < Math.min(raster.height, box.y + box.height); y++)
      for (let x = Math.max(0, box.x); x < Math.min(raster.width, box.x + box.width); x++)
        rgb.set(ink, (y * raster.width + x) * 3);
  return { ...raster, rgb };
}

/** Letters are bars over every other ten pixels of a line. */
const bars = (box: Box): Box[] =>
  Array.from({ length: Math.floor(box.width / 20) }, (_, index) => ({ ...box, x: box.x + index * 20, width: 10 }));

function compose(backdrop: Raster, layout: PictureLayout, alter = (finished: Raster) => finished): JudgedPixels {
  let finished = backdrop;
  for (const { boxes, colour } of layout.texts) finished = fillBoxes(finished, boxes.flatMap(bars), colour);
  return { finished, backdrop, layout, delivered: alter(finished) };
}
const palette = (picture: Raster, threshold: number) => checkPalette(measurePalette(picture, kit.palette), threshold);

describe('checkPalette', () => {
  test('is near zero on brand colours and counts all of the picture as within', () => {
    const check = palette(paintGround('split'), 10);
    expect(check.passed).toBe(true);
    expect(check.score).toBeLessThan(1);
    expect(check.reason).toContain('100 %');
    expect(check.region).toBeNull();
  });

  test('fails off the palette and marks the place that is farthest away', () => {
    const picture = paintRaster(256, 256, (x, y) => (x > 0.75 && y > 0.75 ? [0, 200, 0] : [246, 240, 223]));
    const check = palette(picture, 2);
    expect(check).toMatchObject({
      name: 'palette',
      passed: false,
      better: 'lower',
      region: { x: 192, y: 192, width: 32, height: 32 },
    });
    expect(check.reason).toMatch(/green|lime|emerald/);
  });

  test('is the share-weighted mean distance', () => {
    const far = palette(flat([0, 200, 0]), 10).score;
    const quarter = palette(
      paintRaster(200, 200, (x, y) => (x < 0.5 && y < 0.5 ? [0, 200, 0] : [246, 240, 223])),
      10,
    ).score;
    expect(Math.abs(quarter - far / 4)).toBeLessThan(0.6);
  });

  test('judges grain by the colour that the eye sees', () => {
    const grain = paintRaster(1024, 1024, (x, y) =>
      (Math.floor(x * 1024) + Math.floor(y * 1024)) % 2 === 0 ? [255, 255, 243] : [237, 225, 203],
    );
    expect(palette(grain, 10).score).toBeLessThan(1);
  });

  test('copes with pictures of a single pixel, row or column', () => {
    for (const [width, height] of [
      [1, 1],
      [300, 1],
      [1, 300],
    ] as const)
      expect(
        palette(
          paintRaster(width, height, () => [246, 240, 223]),
          10,
        ).passed,
      ).toBe(true);
  });
});

function paintGround(name: keyof typeof painters) {
  return paintRaster(256, 256, painters[name]);
}

describe('checkOffPalette', () => {
  const patch = paintRaster(256, 256, (x, y) => (x < 0.3 && y < 0.3 ? [0, 200, 0] : [246, 240, 223]));

  test('finds a foreign colour on a part of a picture whose mean is good', () => {
    expect(palette(patch, 10).passed).toBe(true);
    const check = checkOffPalette(measurePalette(patch, kit.palette), 0.05);
    expect(check).toMatchObject({ passed: false });
    expect(check.score).toBeCloseTo(0.09, 2);
    expect(check.region?.x).toBeLessThan(0.3 * 256);
  });

  test('counts the share that each brand colour has', () => {
    const figures = measurePalette(paintGround('split'), kit.palette);
    expect(figures.shares[0]).toBeCloseTo(0.5, 2);
    expect(figures.shares[4]).toBeCloseTo(0.5, 2);
    expect(figures.shareOff).toBe(0);
  });
});

const limitShare = (index: number, min: number, max: number) =>
  kit.palette.map((colour, at) => (at === index ? { ...colour, share: { min, max } } : colour));
const shareOf = (picture: Raster, wanted: typeof kit.palette) =>
  checkPaletteShare(measurePalette(picture, wanted), wanted);

describe('checkPaletteShare', () => {
  const corner = paintRaster(256, 256, (x, y) => (x < 0.5 && y < 0.5 ? [35, 82, 209] : [246, 240, 223]));

  test('passes where nothing is limited and where the share lies within its limits', () => {
    expect(shareOf(corner, kit.palette)).toMatchObject({ passed: true, score: 0 });
    expect(shareOf(corner, limitShare(1, 0.2, 0.3))).toMatchObject({ passed: true, score: 0, region: null });
  });

  test('fails a colour that fills too much, by how much, where most of it is, and names it for the next try', () => {
    const check = shareOf(corner, limitShare(1, 0, 0.1));
    expect(check).toMatchObject({
      passed: false,
      better: 'lower',
      threshold: 0,
      culprit: expect.stringMatching(/blue/),
    });
    expect(check.score).toBeCloseTo(0.15, 2);
    expect(check.reason).toContain('25 % of the picture; the brand allows at most 10 %');
    expect(check.region).toMatchObject({ x: 0, y: 0 });
  });

  test('fails a colour that fills too little, which has no place', () => {
    const check = shareOf(corner, limitShare(3, 0.05, 1));
    expect(check).toMatchObject({ passed: false, score: 0.05, region: null });
    expect(check.culprit).toBeUndefined();
    expect(check.reason).toMatch(/Toast coral fills 0 % .* at least 5 %/);
  });

  test('names the colour that is farthest outside when several are', () => {
    const wanted = limitShare(1, 0, 0.2).map((colour, at) =>
      at === 0 ? { ...colour, share: { min: 0, max: 0.3 } } : colour,
    );
    expect(shareOf(corner, wanted).reason).toContain('Oat cream');
  });
});

describe('checkContrast', () => {
  test('gives the WCAG ratio on an even ground', () => {
    expect(measureContrast(flat([255, 255, 255]), [{ x: 0, y: 0, width: 50, height: 50 }], '#767676')).toBeCloseTo(
      4.54,
      1,
    );
    expect(measureContrast(flat([0, 0, 0]), [{ x: 0, y: 0, width: 50, height: 50 }], '#ffffff')).toBeGreaterThan(20);
  });

  test('looks at the worst twentieth: a tenth of bad ground fails, a fortieth does not', () => {
    const whole = textBlock({ boxes: [{ x: 0, y: 0, width: 400, height: 400 }] });
    const spotted = (share: number) => (finished: Raster) =>
      fillBoxes(
        finished,
        bars(whole.boxes[0] as Box).map(({ x }) => ({ x: x + 10, y: 0, width: 10, height: share * 400 })),
        '#14213f',
      );
    const ground = flat([246, 240, 223], 400);
    expect(checkContrast(compose(ground, layoutOf(whole), spotted(0.1)), 4.5)).toMatchObject({
      passed: false,
      region: { x: 0, y: 0, width: 400, height: 400 },
    });
    expect(checkContrast(compose(ground, layoutOf(whole), spotted(0.025)), 4.5).passed).toBe(true);
  });

  test('reads the ink of the delivered picture, not the colour that the layout names', () => {
    const ground = flat([246, 240, 223]);
    const layout = layoutOf(textBlock());
    const faded = (finished: Raster) =>
      fillBoxes(finished, layout.texts[0]?.boxes.flatMap((box) => bars(box)) ?? [], '#c9c2b4');
    expect(checkContrast(compose(ground, layout), 4.5).passed).toBe(true);
    expect(checkContrast(compose(ground, layout, faded), 4.5).passed).toBe(false);
  });

  test('reports the worst of several texts by name, with APCA as information', () => {
    const body = textBlock({ role: 'body', colour: '#bdb2ec', boxes: [{ x: 60, y: 120, width: 100, height: 40 }] });
    const check = checkContrast(compose(flat([246, 240, 223]), layoutOf(textBlock(), body)), 4.5);
    expect(check.passed).toBe(false);
    expect(check.reason).toMatch(/^The body text in #bdb2ec reaches 1\.\d:1.*APCA.*Lc \d/);
  });

  test('gives the published APCA values', () => {
    const grey = toLuminance(parseHex('#888888'));
    expect(Math.abs(measureApca(grey, 1) - 63.06)).toBeLessThan(0.1);
    expect(Math.abs(measureApca(1, grey) + 68.54)).toBeLessThan(0.1);
    expect(Math.abs(measureApca(0, 1) - 106.04)).toBeLessThan(0.1);
  });

  test('passes without any text, and fails text that stands outside of the picture or has the colour of its ground', () => {
    expect(checkContrast(compose(flat([0, 0, 0]), layoutOf()), 4.5).passed).toBe(true);
    for (const text of [
      textBlock({ boxes: [{ x: 900, y: 900, width: 10, height: 10 }] }),
      textBlock({ colour: '#000000' }),
    ])
      expect(checkContrast(compose(flat([0, 0, 0]), layoutOf(text)), 4.5)).toMatchObject({ passed: false, score: 1 });
  });
});

const judgePlace = (layout: PictureLayout, threshold: number, alter?: (finished: Raster) => Raster) =>
  checkSafeArea(compose(flat([246, 240, 223], 1080), layout, alter), square, threshold);

describe('checkSafeArea', () => {
  test('is one when all stands inside, and the share of the area otherwise', () => {
    expect(judgePlace(layoutOf(textBlock()), 1)).toMatchObject({ score: 1, passed: true, region: null });
    const half = textBlock({ boxes: [{ x: -2, y: 100, width: 100, height: 50 }] });
    expect(judgePlace(layoutOf(half), 1)).toMatchObject({
      score: 0.5,
      passed: false,
      region: { x: -2, y: 100, width: 100, height: 50 },
    });
    expect(judgePlace(layoutOf(half), 0.5).passed).toBe(true);
  });

  test('never rounds a sliver outside up to everything inside', () => {
    const sliver = textBlock({ boxes: [{ x: 47.99, y: 100, width: 900, height: 900 }] });
    const pixels = { ...compose(flat([0, 0, 0], 1080), layoutOf()), layout: layoutOf(sliver) };
    expect(checkSafeArea(pixels, square, 1)).toMatchObject({ passed: false, score: 0.9999 });
  });

  test('finds what stands outside without the layout naming it, but calls a recoloured picture no type', () => {
    const sticker = { x: 4, y: 500, width: 30, height: 30 };
    expect(judgePlace(layoutOf(textBlock()), 1, (finished) => fillBoxes(finished, [sticker], '#14213f'))).toMatchObject(
      {
        passed: false,
        region: sticker,
      },
    );
    expect(judgePlace(layoutOf(textBlock()), 1, () => flat([20, 33, 63], 1080)).passed).toBe(true);
  });
});

const judgeFit = (...texts: TextBlock[]) => checkTextFit(compose(flat([246, 240, 223]), layoutOf(...texts)));

describe('checkTextFit', () => {
  const below = { x: 60, y: 120, width: 100, height: 40 };

  test('fails text under its smallest size and text that cannot be set', () => {
    expect(judgeFit(textBlock())).toMatchObject({ passed: true, score: 2.5 });
    expect(judgeFit(textBlock(), textBlock({ role: 'body', fitRatio: 0.8, boxes: [below] }))).toMatchObject({
      passed: false,
      score: 0.8,
    });
    const strange = judgeFit(textBlock({ unsettable: ['日', '本'] }));
    expect(strange).toMatchObject({ passed: false, score: 0 });
    expect(strange.reason).toContain('"日", "本"');
  });

  test('fails text that is cut off by the edge and texts that run into each other', () => {
    expect(judgeFit(textBlock({ boxes: [{ x: 150, y: 60, width: 60, height: 40 }] })).reason).toContain(
      'over the edge',
    );
    expect(judgeFit(textBlock(), textBlock({ role: 'body', boxes: [{ ...below, y: 90 }] })).reason).toContain(
      'into each other',
    );
  });
});

describe('checkTerms', () => {
  test('counts the forbidden terms and marks the text that says them', () => {
    expect(checkTerms(layoutOf(textBlock()), ['miracle'])).toMatchObject({ passed: true, score: 0, region: null });
    expect(
      checkTerms(layoutOf(textBlock({ text: 'A cheap miracle' })), ['miracle', 'cheap', 'superfood']),
    ).toMatchObject({ passed: false, score: 2, region: { x: 60, y: 60, width: 100, height: 40 } });
  });
});

const forbid = (...hexes: string[]) =>
  kit.logos.map((spec, at) => (at === 0 ? { ...spec, file: 'm.svg', forbiddenBackgrounds: hexes } : spec));

describe('checkLogo', () => {
  const logo: LogoPlacement = {
    name: 'mark',
    file: 'm.svg',
    box: { x: 20, y: 20, width: 40, height: 20 },
    ink: new Uint8Array(800).fill(255),
    minWidthPx: 30,
    clearSpacePx: 10,
    freeSpacePx: 20,
  };
  const ground = flat([246, 240, 223]);
  const inked = paintRaster(200, 200, (x, y) =>
    x >= 0.1 && x < 0.3 && y >= 0.1 && y < 0.2 ? [20, 33, 63] : [246, 240, 223],
  );
  const judged = (change: Partial<LogoPlacement>, delivered = inked): JudgedPixels => ({
    finished: inked,
    delivered,
    backdrop: ground,
    layout: { texts: [], logo: { ...logo, ...change } },
  });

  const placeOn = (file = '', lightness = 0) => ({
    ...judged({ file, ink: new Uint8Array(800) }, flat([lightness, lightness, lightness])),
  });

  test('passes a whole logo whose ink stands out', () => {
    expect(checkLogo(judged({}))).toMatchObject({ passed: true, score: 1, region: null });
  });

  test('fails a logo that is missing, painted over, recoloured or faint', () => {
    expect(checkLogo({ ...judged({}), layout: { texts: [], logo: null } })).toMatchObject({ passed: false, score: 0 });
    expect(checkLogo(judged({}, ground))).toMatchObject({ passed: false, score: 0, region: logo.box });
    const defaced = fillBoxes(inked, [{ x: 25, y: 22, width: 10, height: 16 }], '#f6f0df');
    expect(checkLogo(judged({}, defaced)).passed).toBe(false);
    const recoloured = fillBoxes(inked, [logo.box], '#7a1020');
    expect(checkLogo(judged({}, recoloured)).reason).toContain('covered or altered');
    const faint = paintRaster(200, 200, () => [230, 225, 205]);
    expect(checkLogo({ ...judged({}, faint), finished: faint }).passed).toBe(false);
  });

  test('counts ink outside of the picture as lost', () => {
    expect(checkLogo(judged({ box: { ...logo.box, x: 180 } }, flat([20, 33, 63]))).passed).toBe(false);
  });

  test('holds size and clear space against the kit', () => {
    expect(checkLogoSize(judged({})).passed).toBe(true);
    expect(checkLogoSize(judged({ minWidthPx: 60 }))).toMatchObject({ passed: false, score: 40, threshold: 60 });
    expect(checkLogoSpace(judged({})).passed).toBe(true);
    expect(checkLogoSpace(judged({ freeSpacePx: 4 }))).toMatchObject({ passed: false, score: 4 });
  });

  test('finds what stands in the clear space by its pixels', () => {
    const crowded = fillBoxes(inked, [{ x: 65, y: 25, width: 4, height: 4 }], '#f5775c');
    expect(checkLogoSpace(judged({}, crowded))).toMatchObject({ passed: false, score: 6, threshold: 10 });
  });

  test('asks for the variant that is made for the ground, where the kit has one', () => {
    const bare = new Uint8Array(800);
    const [forLight, forDark] = kit.logos;
    const place = (file: string | undefined, lightness: number) => ({
      ...judged({ file: file ?? '', ink: bare }, flat([lightness, lightness, lightness])),
    });
    expect(checkLogoVariant(place(forLight?.file, 240), kit.logos).passed).toBe(true);
    expect(checkLogoVariant(place(forLight?.file, 30), kit.logos).passed).toBe(false);
    expect(checkLogoVariant(place(forDark?.file, 30), kit.logos).passed).toBe(true);
    expect(checkLogoVariant(place(forDark?.file, 240), kit.logos).passed).toBe(false);
    expect(checkLogoVariant(place(forDark?.file, 240), kit.logos.slice(1)).passed).toBe(true);
  });

  test('gives the way to the border between light and dark, whichever ground the variant is for', () => {
    const [forLight, forDark] = kit.logos;
    for (const [logoFile, lightness, isGood] of [
      [forLight?.file, 255, true],
      [forLight?.file, 0, false],
      [forDark?.file, 0, true],
      [forDark?.file, 255, false],
    ] as const) {
      const { score, threshold, better } = checkLogoVariant(placeOn(logoFile, lightness), kit.logos);
      expect({ threshold, better }).toEqual({ threshold: 0, better: 'higher' });
      expect(score > 0).toBe(isGood);
    }
    expect(checkLogoVariant(placeOn(forLight?.file, 255), kit.logos).score).toBe(55);
  });

  test('fails a logo on a ground that the brand forbids, by the pixels under and around it', () => {
    const coral = (width: number) =>
      fillBoxes(inked, [{ x: logo.box.x - 4, y: logo.box.y - 4, width, height: 28 }], '#f5775c');
    const gap = new Uint8Array(800);
    expect(checkLogoGround(judged({ ink: gap }, coral(48)), forbid())).toMatchObject({ passed: true, score: 0 });
    expect(checkLogoGround(judged({ ink: gap }, coral(48)), forbid('#14213f', '#f5775c'))).toMatchObject({
      passed: false,
      better: 'lower',
      region: logo.box,
      reason: expect.stringContaining('#f5775c'),
    });
    expect(checkLogoGround(judged({ ink: gap }, coral(8)), forbid('#f5775c')).passed).toBe(true);
    expect(checkLogoGround(judged({}, coral(48)), forbid('#f5775c'))).toMatchObject({ passed: false, score: 1 });
    expect(checkLogoGround({ ...judged({}), layout: { texts: [], logo: null } }, forbid('#f5775c')).passed).toBe(true);
  });
});

describe('measureCompliance', () => {
  test('gives a valid report whose verdict is that of its checks', () => {
    const picture = flat([246, 240, 223]);
    const report = measureCompliance({
      pixels: compose(picture, layoutOf(textBlock())),
      kit,
      format: square,
      brandVersionId: brandVersionIdSchema.parse(numberedId(3)),
      forbiddenTerms: ['bottle'],
      measuredAtMs: 12,
    });
    expect(complianceReportSchema.parse(report)).toEqual(report);
    expect(report.passed).toBe(false);
    expect(report.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['logo', 'terms', 'format']);
  });
});
