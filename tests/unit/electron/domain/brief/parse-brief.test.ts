import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_BRIEF_BYTES } from '../../../../../electron/contract/brief.ts';
import { isStudioError } from '../../../../../electron/contract/errors.ts';
import { parseBrief } from '../../../../../electron/domain/brief/parse-brief.ts';

const good = [
  '---',
  'name: Spring',
  'product: Lumen Oat',
  'what: oat drink',
  'audience: city families',
  'goal: try it',
  '---',
  '',
  'Notes.',
];
const utf8 = (text: string) => new TextEncoder().encode(text);

function refusalOf(source: Uint8Array | string): Record<string, unknown> {
  try {
    parseBrief(source, 'brief.md');
  } catch (error) {
    if (isStudioError(error) && error.code === 'brief.invalid') return { ...error.data };
    throw error;
  }
  throw new Error('the brief was accepted');
}

const withLine = (line: number, text: string) => good.toSpliced(line - 1, 1, text).join('\n');
const withExtra = (text: string) => good.toSpliced(6, 0, text).join('\n');

describe('parseBrief', () => {
  test('reads fields, defaults and notes', () => {
    expect(parseBrief(utf8(good.join('\n')), 'brief.md')).toEqual({
      fields: {
        name: 'Spring',
        product: 'Lumen Oat',
        what: 'oat drink',
        audience: 'city families',
        goal: 'try it',
        tone: 'plain, warm',
        avoid: [],
        facts: [],
        formats: ['square-post', 'portrait-post', 'story'],
        locales: ['en'],
      },
      notes: 'Notes.',
      text: good.join('\n'),
    });
  });

  test.each(['brief.md', 'brief-autumn.md'])('reads the example %s', (file) => {
    const { fields } = parseBrief(
      readFileSync(new URL(`../../../../../examples/lumen-oat/${file}`, import.meta.url)),
      file,
    );
    expect(fields.product).toBe('Lumen Oat');
    expect(fields.facts).toHaveLength(3);
  });

  test('takes a byte order mark and Windows line ends', () => {
    expect(parseBrief(utf8(`\uFEFF${good.join('\r\n')}`), 'brief.md').fields.product).toBe('Lumen Oat');
  });

  test('keeps markup, numbers and words like "no" in fields as plain text', () => {
    const text = good
      .join('\n')
      .replace('Spring', '"<b>Spring</b> {{x}}"')
      .replace('Lumen Oat', '2048')
      .replace('try it', 'no');
    expect(parseBrief(text, 'brief.md').fields).toMatchObject({
      name: '<b>Spring</b> {{x}}',
      product: '2048',
      goal: 'no',
    });
  });

  test('reads an optional field without a value as left out', () => {
    expect(parseBrief(withExtra('avoid:'), 'brief.md').fields.avoid).toEqual([]);
  });

  test.each([
    ['an empty file', '', null, null, 'empty'],
    ['white space only', ' \n\n', null, null, 'empty'],
    ['no front matter', '# Hello\n\ntext', 1, null, 'does not begin with front matter'],
    ['front matter without end', good.slice(0, 6).join('\n'), 1, null, 'has no end'],
    ['front matter without fields', '---\n---\n', 1, null, 'no fields'],
    ['broken YAML', withLine(3, 'product: "Lumen'), null, null, 'cannot be read'],
    ['a field that stands twice', withExtra('goal: again'), 7, 'goal', 'stands twice'],
    ['an anchor bomb', withExtra('avoid: &a [x]\nfacts: *a'), 1, null, 'aliases'],
    ['an empty field', withLine(3, 'product: ""'), 3, 'product', 'empty'],
    ['a list where text belongs', withLine(4, 'what: [a, b]'), 4, 'what', 'a list'],
    ['text where a list belongs', withExtra('facts: one'), 7, 'facts', 'text'],
    ['an unknown format', withExtra('formats: [sqare-post]'), 7, 'formats[0]', 'not allowed'],
    ['a wrong locale', withExtra('locales: [English]'), 7, 'locales[0]', 'does not fit'],
    ['a field that is too long', withLine(3, `product: ${'x'.repeat(81)}`), 3, 'product', '81 characters'],
    ['a missing field', good.toSpliced(2, 1).join('\n'), 1, 'product', 'missing'],
  ])('refuses %s', (_, source, line, field, reason) => {
    const refusal = refusalOf(source);
    expect(refusal['file']).toBe('brief.md');
    expect(refusal['field']).toBe(field);
    expect(refusal['reason']).toContain(reason);
    if (line !== null) expect(refusal['line']).toBe(line);
  });

  test('suggests the field and the format that were probably meant', () => {
    expect(refusalOf(withLine(5, 'audiance: x'))).toEqual({
      file: 'brief.md',
      line: 5,
      field: 'audiance',
      reason: '"audiance" is not a known field',
      expected: '"audience", probably',
    });
    expect(refusalOf(withExtra('formats: [sqare-post]'))['expected']).toMatch(/^"square-post", probably/);
  });

  test.each([
    ['UTF-16 with a mark', Uint8Array.of(0xff, 0xfe, ...Buffer.from(good.join('\n'), 'utf16le')), 'UTF-16', null],
    ['UTF-16 without a mark', new Uint8Array(Buffer.from(good.join('\n'), 'utf16le')), 'UTF-16', null],
    ['Latin-1', new Uint8Array(Buffer.from(good.join('\n').replace('Spring', 'Früh'), 'latin1')), 'Latin-1', 2],
    ['an overlong sequence', Uint8Array.of(0x2d, 0xc0, 0xaf), 'Latin-1', 1],
    [
      'zero bytes',
      Uint8Array.of(0x2d, 0x2d, 0x2d, 0x0a, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x00, 0x68, 0x69),
      'zero bytes',
      2,
    ],
  ])('names the encoding of %s', (_, bytes, encoding, line) => {
    const refusal = refusalOf(bytes);
    expect(refusal['reason']).toContain(encoding);
    expect(refusal['line']).toBe(line);
    expect(refusal['expected']).toContain('UTF-8');
  });

  test('refuses a huge file by its size alone', () => {
    expect(refusalOf(new Uint8Array(100 * 1024 * 1024))['reason']).toContain('102400 KiB');
    expect(refusalOf('x'.repeat(MAX_BRIEF_BYTES + 1))['expected']).toContain('256 KiB');
  });

  test('either reads any text or refuses it with brief.invalid', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(...good, '---', 'a: [', '&x', '*x', '!!js/function x', ': :', '{', '\t- x', '"', '🙂: é'),
        ),
        (lines) => {
          try {
            expect(parseBrief(lines.join('\n'), 'b.md').fields.name).toBeTruthy();
          } catch (error) {
            expect(isStudioError(error) && error.code).toBe('brief.invalid');
          }
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});
