import { describe, expect, test } from 'vitest';
import { findBreaks } from '../../../../../../electron/studio/compose/type/break-lines.ts';
import { fitParagraph } from '../../../../../../electron/studio/compose/type/fit-paragraph.ts';
import { openFace } from '../../../../../../electron/readers/font-face.ts';
import { shapeParagraph } from '../../../../../../electron/studio/compose/type/shape-paragraph.ts';
import { tidyText } from '../../../../../../electron/studio/compose/type/tidy-text.ts';
import { readExampleBrand } from '../../../../../support/example-brand.ts';

const { kit, files } = readExampleBrand();
const open = (file: string) => openFace(files.get(file) ?? new Uint8Array());
const chain = [open(kit.type.headline.file), open(kit.type.body.file)] as const;
const shape = (text: string, tracking = 0) => shapeParagraph(text, chain, tracking);
const rules = { maxWidth: 700, maxHeight: 400, maxLines: 4, maxSizePx: 90, minSizePx: 20, leading: 1.04 };

function splitAt(text: string, breaks: readonly number[]): string[] {
  return [0, ...breaks].map((start, index) => text.slice(start, breaks[index] ?? text.length));
}

describe('findBreaks', () => {
  test.each([
    ['words', 'one two three', ['one ', 'two ', 'three']],
    ['a hyphen between letters', 'fair-trade oats', ['fair-', 'trade ', 'oats']],
    ['a minus before a number', 'at -5 degrees', ['at ', '-5 ', 'degrees']],
    ['French signs that stay with their word', 'Vraiment ! Oui', ['Vraiment ! ', 'Oui']],
    ['a no-break space', '10\u00a0km weit', ['10\u00a0km ', 'weit']],
    ['a long German word', 'Donaudampfschifffahrt', ['Donaudampfschifffahrt']],
  ])('breaks %s', (_, text, pieces) => {
    expect(splitAt(text, findBreaks(text).preferred)).toEqual(pieces);
  });

  test('keeps Japanese signs off the start and the end of a line', () => {
    const text = '「瓶は、戻る。」ッケー';
    const starts = findBreaks(text).possible.map((at) => text[at]);
    expect(starts.filter((sign) => '、。」ッー'.includes(sign ?? ''))).toEqual([]);
    expect(findBreaks(text).possible).not.toContain(1);
    expect(starts).toContain('戻');
  });

  test('finds Thai words without spaces', () => {
    expect(findBreaks('ขวดกลับมาแล้ว').preferred.length).toBeGreaterThan(0);
  });

  test('does not tear an emoji apart', () => {
    const text = 'a👩‍👩‍👧b';
    expect(splitAt(text, findBreaks(text).possible)).toEqual(['a', '👩‍👩‍👧', 'b']);
  });
});

describe('shapeParagraph', () => {
  test('joins Arabic letters and runs from the right', () => {
    const whole = shape('بيت');
    const alone = ['ب', 'ي', 'ت'].reduce((sum, letter) => sum + shape(letter).widthOf(0, 1), 0);
    expect(whole.isRightToLeft).toBe(true);
    expect(whole.unsettable).toEqual([]);
    expect(whole.widthOf(0, 3)).toBeLessThan(alone * 0.9);
    const [first] = whole.shapeLine(0, 3).glyphs;
    expect(first?.glyph).toBe(shape('ات').shapeLine(0, 2).glyphs[0]?.glyph);
  });

  test('keeps numbers in order inside of right-to-left text', () => {
    const line = shape('עד 25 שקל').shapeLine(0, 9);
    const digits = ['2', '5'].map((digit) => shape(digit).shapeLine(0, 1).glyphs[0]?.glyph);
    const at = digits.map((glyph) =>
      line.glyphs.findIndex((entry) => entry.glyph === glyph && entry.face === chain[0]),
    );
    expect(at[0]).toBeGreaterThanOrEqual(0);
    expect(at[1]).toBe((at[0] ?? 0) + 1);
  });

  test('names what no font can write and draws nothing for it', () => {
    const paragraph = shape('Ein 日本 Tag');
    expect(paragraph.unsettable).toEqual(['日', '本']);
    expect(paragraph.shapeLine(0, paragraph.text.length).glyphs).toHaveLength(6);
  });

  test('takes signs from the spare fonts', () => {
    expect(shape('Ελλάδα Привет วันนี้ नमस्ते ☕ 👨‍👩‍👧').unsettable).toEqual([]);
  });

  test('kerns as the font says', () => {
    expect(shape('AVAVAV').widthOf(0, 6)).toBeLessThan(3 * (shape('A').widthOf(0, 1) + shape('V').widthOf(0, 1)));
  });

  test('moves letters apart by the tracking, but not letters that join', () => {
    expect(shape('abc', 0.1).widthOf(0, 3)).toBeCloseTo(shape('abc').widthOf(0, 3) + 0.2, 5);
    expect(shape('بيت', 0.1).shapeLine(0, 3).right).toBeCloseTo(shape('بيت').shapeLine(0, 3).right, 5);
  });
});

describe('fitParagraph', () => {
  test('sets as large as allowed and balances the lines', () => {
    const { sizePx, lines } = fitParagraph(shape('The bottle comes back'), rules);
    expect(sizePx).toBe(90);
    expect(lines.map(({ text }) => text)).toEqual(['The bottle', 'comes back']);
  });

  test('shrinks for a long word and never splits it', () => {
    const { sizePx, lines } = fitParagraph(shape('Donaudampfschifffahrtsgesellschaftskapitänsmütze'), rules);
    expect(lines).toHaveLength(1);
    expect(sizePx).toBeLessThan(90);
    expect(sizePx).toBeGreaterThan(20);
  });

  test('goes under the smallest size rather than out of its place', () => {
    const { sizePx, width, height } = fitParagraph(shape('W'.repeat(400)), rules);
    expect(sizePx).toBeLessThan(20);
    expect(width).toBeLessThanOrEqual(700);
    expect(height).toBeLessThanOrEqual(400);
  });

  test('gives way to what rises above and hangs below', () => {
    const plain = fitParagraph(shape('nnn'), rules);
    const tall = fitParagraph(shape('Ågj'), rules);
    expect(tall.height).toBeGreaterThan(plain.height * 1.3);
  });

  test('sets nothing for nothing', () => {
    expect(fitParagraph(shape(' \u202e '), rules)).toMatchObject({ lines: [], height: 0 });
  });
});

describe('tidyText', () => {
  test('drops overrides of direction and keeps joiners', () => {
    expect(tidyText(' a\u202eb\n\tc\u200dd\u00a0e ')).toBe('ab c\u200dd\u00a0e');
  });

  test('makes text with half a character whole', () => {
    expect(tidyText('a\ud800b')).toBe('a\ufffdb');
  });
});
