import { describe, expect, test } from 'vitest';
import { complianceReportSchema } from '../../../../../electron/contract/compliance.ts';
import { brandVersionIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { checkContrast, measureContrast } from '../../../../../electron/domain/compliance/contrast-check.ts';
import type { LogoPlacement, PictureLayout, TextBlock } from '../../../../../electron/domain/compliance/layout.ts';
import { checkLogo } from '../../../../../electron/domain/compliance/logo-check.ts';
import { measureCompliance } from '../../../../../electron/domain/compliance/measure-compliance.ts';
import { checkPalette } from '../../../../../electron/domain/compliance/palette-check.ts';
import { checkSafeArea, checkTerms, checkTextFit } from '../../../../../electron/domain/compliance/placement-checks.ts';
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
    colour: '#14213f',
    sizePx: 100,
    minSizePx: 40,
    fitRatio: 2.5,
    unsettable: [],
    ...change,
  };
}
const layoutOf = (...texts: TextBlock[]): PictureLayout => ({ texts, logo: null });

describe('checkPalette', () => {
  test('is near zero on brand colours and counts all of the picture as within', () => {
    const check = checkPalette(paintGround('split'), kit.palette, 10);
    expect(check.passed).toBe(true);
    expect(check.score).toBeLessThan(1);
    expect(check.reason).toContain('100 %');
    expect(check.region).toBeNull();
  });

  test('fails off the palette and marks the place that is farthest away', () => {
    const picture = paintRaster(256, 256, (x, y) => (x > 0.75 && y > 0.75 ? [0, 200, 0] : [246, 240, 223]));
    const check = checkPalette(picture, kit.palette, 2);
    expect(check).toMatchObject({
      name: 'palette',
      passed: false,
      better: 'lower',
      region: { x: 192, y: 192, width: 32, height: 32 },
    });
    expect(check.reason).toMatch(/green|lime|emerald/);
  });

  test('is the share-weighted mean distance', () => {
    const far = checkPalette(flat([0, 200, 0]), kit.palette, 10).score;
    const quarter = checkPalette(
      paintRaster(200, 200, (x, y) => (x < 0.5 && y < 0.5 ? [0, 200, 0] : [246, 240, 223])),
      kit.palette,
      10,
    ).score;
    expect(Math.abs(quarter - far / 4)).toBeLessThan(0.6);
  });

  test('judges grain by the colour that the eye sees', () => {
    const grain = paintRaster(1024, 1024, (x, y) =>
      (Math.floor(x * 1024) + Math.floor(y * 1024)) % 2 === 0 ? [255, 255, 243] : [237, 225, 203],
    );
    expect(checkPalette(grain, kit.palette, 10).score).toBeLessThan(1);
  });

  test('copes with pictures of a single pixel, row or column', () => {
    for (const [width, height] of [
      [1, 1],
      [300, 1],
      [1, 300],
    ] as const)
      expect(
        checkPalette(
          paintRaster(width, height, () => [246, 240, 223]),
          kit.palette,
          10,
        ).passed,
      ).toBe(true);
  });
});

function paintGround(name: keyof typeof painters) {
  return paintRaster(256, 256, painters[name]);
}

const groundWithBad = (bad: number) => paintRaster(400, 400, (x) => (x < bad ? [20, 33, 63] : [246, 240, 223]));

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
    expect(checkContrast(groundWithBad(0.1), layoutOf(whole), 4.5)).toMatchObject({
      passed: false,
      region: { x: 0, y: 0, width: 400, height: 400 },
    });
    expect(checkContrast(groundWithBad(0.025), layoutOf(whole), 4.5).passed).toBe(true);
  });

  test('reports the worst of several texts by name', () => {
    const body = textBlock({ role: 'body', colour: '#bdb2ec' });
    const check = checkContrast(flat([246, 240, 223]), layoutOf(textBlock(), body), 4.5);
    expect(check.passed).toBe(false);
    expect(check.reason).toMatch(/^The body text in #bdb2ec reaches 1\.\d:1/);
  });

  test('passes without any text, and fails text that stands outside of the picture', () => {
    expect(checkContrast(flat([0, 0, 0]), layoutOf(), 4.5).passed).toBe(true);
    expect(
      checkContrast(flat([0, 0, 0]), layoutOf(textBlock({ boxes: [{ x: 900, y: 900, width: 10, height: 10 }] })), 4.5),
    ).toMatchObject({ passed: false, score: 1 });
  });
});

describe('checkSafeArea', () => {
  test('is one when all stands inside, and the share of the area otherwise', () => {
    expect(checkSafeArea(layoutOf(textBlock()), square, 1)).toMatchObject({ score: 1, passed: true, region: null });
    const half = textBlock({ boxes: [{ x: -2, y: 100, width: 100, height: 50 }] });
    expect(checkSafeArea(layoutOf(half), square, 1)).toMatchObject({
      score: 0.5,
      passed: false,
      region: { x: -2, y: 100, width: 100, height: 50 },
    });
    expect(checkSafeArea(layoutOf(half), square, 0.5).passed).toBe(true);
  });

  test('never rounds a sliver outside up to everything inside', () => {
    const sliver = textBlock({ boxes: [{ x: 47.99, y: 100, width: 900, height: 900 }] });
    expect(checkSafeArea(layoutOf(sliver), square, 1)).toMatchObject({ passed: false, score: 0.9999 });
  });
});

describe('checkTextFit', () => {
  test('fails text under its smallest size and text that cannot be set', () => {
    expect(checkTextFit(layoutOf(textBlock()))).toMatchObject({ passed: true, score: 2.5 });
    expect(checkTextFit(layoutOf(textBlock(), textBlock({ role: 'body', fitRatio: 0.8 })))).toMatchObject({
      passed: false,
      score: 0.8,
    });
    const strange = checkTextFit(layoutOf(textBlock({ unsettable: ['日', '本'] })));
    expect(strange).toMatchObject({ passed: false, score: 0 });
    expect(strange.reason).toContain('"日", "本"');
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
  const check = (change: Partial<LogoPlacement>, finished = inked) =>
    checkLogo({ finished, backdrop: ground, layout: { texts: [], logo: { ...logo, ...change } } });

  test('passes a logo whose ink stands out at its size with its clear space', () => {
    expect(check({})).toMatchObject({ passed: true, score: 1, region: null });
  });

  test('fails a logo that is missing, painted over, faint, too small or too close', () => {
    expect(checkLogo({ finished: ground, backdrop: ground, layout: { texts: [], logo: null } })).toMatchObject({
      passed: false,
      score: 0,
    });
    expect(check({}, ground)).toMatchObject({ passed: false, score: 0, region: logo.box });
    const faint = paintRaster(200, 200, () => [230, 225, 205]);
    expect(check({}, faint).passed).toBe(false);
    expect(check({ minWidthPx: 60 }).reason).toContain('needs 60 px');
    expect(check({ freeSpacePx: 4 })).toMatchObject({ passed: false, score: 0 });
  });

  test('counts ink outside of the picture as lost', () => {
    expect(check({ box: { ...logo.box, x: 180 } }, flat([20, 33, 63])).passed).toBe(false);
  });
});

describe('measureCompliance', () => {
  test('gives a valid report whose verdict is that of its checks', () => {
    const picture = flat([246, 240, 223]);
    const report = measureCompliance({
      pixels: { finished: picture, backdrop: picture, layout: layoutOf(textBlock()) },
      kit,
      format: square,
      brandVersionId: brandVersionIdSchema.parse(numberedId(3)),
      forbiddenTerms: ['bottle'],
      measuredAtMs: 12,
    });
    expect(complianceReportSchema.parse(report)).toEqual(report);
    expect(report.passed).toBe(false);
    expect(report.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['logo', 'terms']);
  });
});
