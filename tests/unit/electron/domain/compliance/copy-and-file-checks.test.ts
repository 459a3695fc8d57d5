import { describe, expect, test } from 'vitest';
import { checkRequiredTerms, checkVoice } from '../../../../../electron/domain/compliance/copy-checks.ts';
import { checkFormat } from '../../../../../electron/domain/compliance/format-check.ts';
import type { PictureLayout } from '../../../../../electron/domain/compliance/layout.ts';
import { measureReading } from '../../../../../electron/domain/compliance/reading-level.ts';
import {
  checkSameness,
  compareFingerprints,
  fingerprintPicture,
} from '../../../../../electron/domain/compliance/sameness-check.ts';
import { getChannelFormat } from '../../../../../electron/domain/production/channel-formats.ts';
import { paintRaster, painters, readExampleBrand } from '../../../../support/example-brand.ts';

const { kit } = readExampleBrand();

function layoutOf(...texts: string[]): PictureLayout {
  return {
    logo: null,
    texts: texts.map((text) => ({
      role: 'body',
      text,
      lines: [text],
      boxes: [{ x: 1, y: 2, width: 3, height: 4 }],
      letters: [],
      colour: '#000000',
      sizePx: 30,
      minSizePx: 20,
      fitRatio: 1.5,
      unsettable: [],
    })),
  };
}

describe('measureReading', () => {
  test('is words a sentence plus the percentage of long words', () => {
    expect(measureReading(['The bottle comes back. We wash it and fill it again for you.'])).toEqual({
      lix: 13 / 2,
      longestSentence: 9,
    });
    const { lix } = measureReading([
      'Ten words stand here and exactly half carry considerable unnecessary weightiness',
    ]);
    expect(lix).toBeCloseTo(11 + (100 * 4) / 11, 5);
  });

  test('gives no number for short copy and for scripts without spaces', () => {
    expect(measureReading(['Try it']).lix).toBeNull();
    expect(measureReading(['瓶は戻ってくる。毎朝の一杯を、もう一度。 a b c d e f g h i j k']).lix).toBeNull();
  });
});

const judge = (...texts: string[]) => checkVoice(layoutOf(...texts), kit.voice, 50);

describe('checkVoice', () => {
  test('passes plain copy and names the tone words that it says', () => {
    const check = judge('The bottle comes back', 'Made from Baltic oats. We take it back at any shop near you.');
    expect(check).toMatchObject({ passed: true, score: 0 });
    expect(check.reason).toContain('"the bottle comes back"');
  });

  test.each([
    ['exclamation marks', 'Wow! Now!'],
    ['in capitals', 'GRAB YOUR bottle TODAY'],
    [
      'reading level',
      'Internationally institutionalised sustainability infrastructure considerations necessitate comprehensive multidimensional organisational transformation',
    ],
    ['a sentence has', `It ${'goes on and '.repeat(12)}on`],
  ])('fails copy for %s', (reason, text) => {
    const check = judge(text);
    expect(check.passed).toBe(false);
    expect(check.reason).toContain(reason);
  });
});

describe('checkRequiredTerms', () => {
  test('names what is missing', () => {
    expect(checkRequiredTerms(layoutOf('Drink responsibly. 18+'), ['drink responsibly']).passed).toBe(true);
    expect(checkRequiredTerms(layoutOf('Cheers'), ['drink responsibly'])).toMatchObject({ passed: false, score: 1 });
  });
});

describe('checkFormat', () => {
  const square = getChannelFormat('square-post');
  const good = { width: 1080, height: 1080, bytes: 1_000_000, madeAt: { width: 512, height: 512 } };

  test('passes a file of the format and counts each limit that is broken', () => {
    expect(checkFormat(good, square, 8).passed).toBe(true);
    expect(checkFormat({ ...good, width: 1079 }, square, 8).reason).toContain('1079 x 1080');
    expect(checkFormat({ ...good, bytes: 9 * 1024 * 1024 }, square, 8).reason).toContain('9.0 MiB');
    expect(checkFormat({ ...good, madeAt: { width: 128, height: 512 } }, square, 8).reason).toContain('8.4 times');
    expect(checkFormat({ width: 1, height: 1, bytes: 1e9, madeAt: { width: 1, height: 1 } }, square, 8).score).toBe(3);
  });
});

const print = (name: keyof typeof painters, size = 240) => fingerprintPicture(paintRaster(size, size, painters[name]));

describe('checkSameness', () => {
  test('knows a picture at another size and fails it, and lets another one pass', () => {
    expect(compareFingerprints(print('calm'), print('calm', 96))).toBeLessThan(0.01);
    expect(checkSameness(print('calm', 96), [{ name: 'take 1', fingerprint: print('calm') }], 0.02)).toMatchObject({
      passed: false,
    });
    expect(checkSameness(print('dark'), [{ name: 'take 1', fingerprint: print('calm') }], 0.02).passed).toBe(true);
    expect(checkSameness(print('dark'), [], 0.02)).toMatchObject({ passed: true, score: 1 });
  });
});
