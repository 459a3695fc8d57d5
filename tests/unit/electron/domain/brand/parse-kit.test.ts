import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isStudioError } from '../../../../../electron/contract/errors.ts';
import { listKitFiles, parseKit } from '../../../../../electron/domain/brand/parse-kit.ts';

const exampleText = readFileSync(new URL('../../../../../examples/lumen-oat/brand.json', import.meta.url), 'utf8');
type Json = Record<string, unknown>;

function refusalOf(source: Uint8Array | string): Record<string, unknown> {
  try {
    parseKit(source, 'brand.json');
  } catch (error) {
    if (isStudioError(error) && error.code === 'brand.invalid') return { ...error.data };
    throw error;
  }
  throw new Error('the kit was accepted');
}

/** The example kit with one text replaced, so that its line stays known. */
function changed(from: string, to: string): string {
  expect(exampleText).toContain(from);
  return exampleText.replace(from, to);
}

function edited(
  edit: (kit: Json & { palette: Json[]; logos: Json[]; type: Record<'headline' | 'body', Json>; voice: Json }) => void,
): string {
  const kit = JSON.parse(exampleText);
  edit(kit);
  return JSON.stringify(kit, null, 2);
}

describe('parseKit', () => {
  test('reads the example kit and fills in defaults', () => {
    const kit = parseKit(exampleText, 'brand.json');
    expect(kit.palette.map(({ role }) => role)).toEqual(['background', 'primary', 'secondary', 'accent', 'text']);
    const face = { family: 'Bare', file: 'fonts/bare.woff', minSizePx: 24 };
    const bare = parseKit(
      edited((raw) => {
        delete raw['style'];
        delete raw['thresholds'];
        raw['type'] = { headline: face, body: face };
      }),
      'brand.json',
    );
    expect(bare.style).toEqual({
      promptParts: [],
      negativeTerms: [],
      model: null,
      loras: [],
      references: [],
      paletteGuidance: 0.6,
    });
    expect(bare.policy).toEqual({ requiredLines: [], forbiddenClaims: [] });
    expect(bare.palette[0]?.share).toEqual({ min: 0, max: 1 });
    expect(bare.type).toMatchObject({ fallbacks: [], scale: 1.25, headline: { weight: 400 } });
    expect(bare.thresholds).toMatchObject({ paletteDistance: 10, contrast: 4.5, safeArea: 1, tries: 3 });
  });

  test('names the line of a syntax error', () => {
    const refusal = refusalOf(changed('"name": "Lumen Oat",', '"name": "Lumen Oat"'));
    expect(refusal).toMatchObject({ file: 'brand.json', field: '' });
    expect(refusal['reason']).toMatch(/^line 4: the file is not valid JSON/);
    expect(refusalOf(exampleText.slice(0, 400))['reason']).toMatch(/^line \d+: .*(ends too early|cannot stand)/);
  });

  test.each([
    ['an empty file', '', '', 'empty'],
    ['a list', '[]', '', 'a list'],
    ['an unknown field', changed('"voice"', '"voise"'), 'voise', '"voise" is not a known field'],
    ['an unknown field inside', changed('"clearSpace"', '"clearspace"'), 'logos[0].clearspace', 'not a known field'],
    ['an impossible colour', changed('#2352d1', '#2352dg'), 'palette[1].hex', 'does not fit'],
    ['a colour as function', changed('#2352d1', 'rgb(300, 0, 0)'), 'palette[1].hex', 'does not fit'],
    ['an unknown role', changed('"role": "accent"', '"role": "acent"'), 'palette[3].role', 'not allowed'],
    ['a missing typeface', edited((kit) => Reflect.deleteProperty(kit.type, 'body')), 'type.body', 'missing'],
    [
      'no logo',
      edited((kit) => {
        kit.logos = [];
      }),
      'logos',
      '0 entries',
    ],
    ['a path out of the kit', changed('logo-dark.svg', '../secret.svg'), 'logos[0].file', 'does not fit'],
    ['an absolute path', changed('logo-dark.svg', '/etc/logo.svg'), 'logos[0].file', 'does not fit'],
    [
      'a tolerance out of range',
      changed('"tolerance": 14', '"tolerance": 400'),
      'palette[1].tolerance',
      'out of range',
    ],
    ['two colours of one name', changed('"Delivery blue"', '"oat CREAM"'), 'palette[1].name', 'two colours'],
    [
      'two logos of one name',
      changed('"Word mark, oat cream"', '"Word mark, night ink"'),
      'logos[1].name',
      'two logos',
    ],
    [
      'no background',
      changed('"role": "background"', '"role": "neutral"'),
      'palette',
      'no colour has the role background',
    ],
    ['no text colour', changed('"role": "text"', '"role": "neutral"'), 'palette', 'no colour has the role text'],
    ['a logo that is no picture', changed('logo-dark.svg', 'logo-dark.exe'), 'logos[0].file', 'no logo file'],
    [
      'a font that cannot be read',
      changed('instrument-sans-500.woff', 'instrument-sans-500.pfb'),
      'type.body.file',
      'no font file',
    ],
    ['a phrase said and never said', changed('"oat drink"', '"Superfood"'), 'voice.say[1]', 'neverSay'],
    ['an unknown template', changed('"template": "headline-stack"', '"template": "poster"'), 'template', 'no template'],
    ['a field that stands twice', changed('"template": "headline-stack"', '"name": "Lumen Oat"'), '', 'stands twice'],
  ])('refuses %s', (_, source, field, reason) => {
    const refusal = refusalOf(source);
    expect(refusal['field']).toBe(field);
    expect(refusal['reason']).toContain(reason);
    expect(String(refusal['expected']).length).toBeGreaterThan(3);
  });

  test('says what was probably meant', () => {
    expect(refusalOf(changed('"voice"', '"voise"'))['expected']).toBe('"voice", probably');
    expect(refusalOf(changed('#2352d1', '#2352D1'))['expected']).toBe('#2352d1');
    expect(refusalOf(changed('#2352d1', 'fA0'))['expected']).toBe('#ffaa00');
  });

  test('names the line of a field', () => {
    const line = exampleText.slice(0, exampleText.indexOf('#2352d1')).split('\n').length;
    expect(refusalOf(changed('#2352d1', 'blue'))['reason']).toMatch(new RegExp(`^line ${line}: `));
  });

  test('refuses what is too large, deep or wrongly encoded without falling over', { timeout: 60_000 }, () => {
    expect(refusalOf('x'.repeat(1_000_001))['reason']).toContain('1000001 characters');
    expect(refusalOf('['.repeat(200_000) + ']'.repeat(200_000))['field']).toBe('');
    expect(refusalOf(Uint8Array.of(0xff, 0xfe, 0x7b, 0))['reason']).toContain('UTF-16');
  });
});

describe('listKitFiles', () => {
  test('names each file once with the field that asks for it', () => {
    const kit = parseKit(changed('"file": "logo-light.svg"', '"file": "logo-dark.svg"'), 'brand.json');
    expect(listKitFiles(kit)).toEqual([
      { file: 'fonts/bricolage-grotesque-700.woff', field: 'type.headline.file' },
      { file: 'fonts/instrument-sans-500.woff', field: 'type.body.file' },
      { file: 'logo-dark.svg', field: 'logos[0].file' },
    ]);
  });

  test.each([
    [
      'a smallest share above the largest',
      (kit: Json) => ({ ...kit, palette: sharing(kit, { min: 0.5, max: 0.2 }) }),
      'palette[0].share',
    ],
    [
      'smallest shares of more than a picture',
      (kit: Json) => ({ ...kit, palette: sharing(kit, { min: 0.3, max: 1 }) }),
      'palette',
    ],
    [
      'a fallback face that is no font',
      (kit: Json) => ({ ...kit, type: { ...(kit['type'] as Json), fallbacks: [{ family: 'x', file: 'x.pfb' }] } }),
      'type.fallbacks[0].file',
    ],
    [
      'a reference that is no picture',
      (kit: Json) => ({ ...kit, style: { references: ['mood.svg'] } }),
      'style.references[0]',
    ],
    [
      'a required line that makes a forbidden claim',
      (kit: Json) => ({
        ...kit,
        policy: { requiredLines: [{ market: 'DE', line: 'Cures colds.' }], forbiddenClaims: ['cures'] },
      }),
      'policy.requiredLines[0].line',
    ],
    [
      'a market that is neither country nor language',
      (kit: Json) => ({ ...kit, policy: { requiredLines: [{ market: 'Germany', line: 'x' }] } }),
      'policy.requiredLines[0].market',
    ],
  ])('refuses %s', (_, edit, field) => {
    expect(refusalOf(JSON.stringify(edit(JSON.parse(exampleText))))['field']).toBe(field);
  });

  test('lists the files of fallback faces and references too', () => {
    const kit = parseKit(exampleText, 'brand.json');
    const more = {
      ...kit,
      type: { ...kit.type, fallbacks: [{ ...kit.type.body, file: 'fonts/arabic.ttf' }] },
      style: { ...kit.style, references: ['mood.jpg'] },
    };
    expect(listKitFiles(more)).toEqual(
      expect.arrayContaining([
        { file: 'fonts/arabic.ttf', field: 'type.fallbacks[0].file' },
        { file: 'mood.jpg', field: 'style.references[0]' },
      ]),
    );
  });
});

function sharing(kit: Json, share: Json): Json[] {
  return (kit['palette'] as Json[]).map((colour) => ({ ...colour, share }));
}
