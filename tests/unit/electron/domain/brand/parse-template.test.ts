import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isStudioError } from '../../../../../electron/contract/errors.ts';
import { parseTemplate } from '../../../../../electron/domain/brand/parse-template.ts';
import { builtInTemplates } from '../../../../../electron/domain/brand/template-names.ts';

const readBuiltIn = (name: string) =>
  readFileSync(new URL(`../../../../../electron/studio/compose/templates/${name}.json`, import.meta.url), 'utf8');
const encode = (text: string) => new TextEncoder().encode(text);
const card = readBuiltIn('card');

function refusalOf(text: string): Record<string, unknown> {
  try {
    parseTemplate(encode(text), 'mine.json');
  } catch (error) {
    if (isStudioError(error)) return { code: error.code, ...error.data };
  }
  throw new Error('the template was taken');
}

describe('parseTemplate', () => {
  test.each(builtInTemplates.map(({ name, title }) => [name, title]))('reads %s under its own title', (name, title) => {
    expect(parseTemplate(encode(readBuiltIn(name)), `${name}.json`)).toMatchObject({ name, title });
  });

  test.each([
    ['a word for a number', card.replace('"version": 2', '"version": "one"'), 'version', 'a whole number from 1'],
    ['an unknown field', card.replace('"justify"', '"justfy"'), 'layouts[0].stacks[0].justfy', 'justify'],
    ['an unknown slot', card.replace('"slot": "body"', '"slot": "text"'), 'layouts[0].stacks[0].items[2].slot', 'body'],
    ['a format without a layout', card.replace('["skyscraper"]', '["story"]'), 'layouts', 'skyscraper'],
    ['a format with two layouts', card.replace('["skyscraper"]', '["skyscraper", "story"]'), 'layouts', 'each format'],
    [
      'a slot that stands twice',
      card.replace('"slot": "body"', '"slot": "headline"'),
      'layouts[0].stacks',
      'at most once',
    ],
    [
      'a layout without a logo',
      card.replace('"slot": "logo"', '"slot": "rule"'),
      'layouts[0].stacks',
      'a headline and a logo',
    ],
    ['a hug of nothing', card.replace('"stack": 0', '"stack": 3'), 'layouts[0].shapes[0].hug.stack', 'from 0 to 0'],
    [
      'a box of three numbers',
      card.replace('[0.115, 0.36, 0.66, 0.53]', '[0.115, 0.36, 0.66]'),
      'layouts[0].stacks[0].box',
      'left, top, width',
    ],
    ['a name that is no name', card.replace('"name": "card"', '"name": "My Card"'), 'name', 'lower-case words'],
    ['text that is no JSON', '{', '', 'a JSON object'],
    ['a huge file', ' '.repeat(200_001), '', 'at most 200000 bytes'],
  ])('refuses %s and names field and remedy', (_, text, field, remedy) => {
    const refusal = refusalOf(text);
    expect(refusal).toMatchObject({ code: 'brand.invalid', file: 'mine.json', field });
    expect(`${String(refusal['expected'])} ${String(refusal['reason'])}`).toContain(remedy);
  });
});
