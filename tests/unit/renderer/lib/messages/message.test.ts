import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { englishMessages } from '../../../../../renderer/lib/messages/en.ts';
import { fillMessage, message } from '../../../../../renderer/lib/messages/message.ts';

describe('message', () => {
  it('fills names and chooses the plural by count', () => {
    expect(message('ideate.produce', { count: 1 })).toBe('Produce 1 image…');
    expect(message('ideate.produce', { count: 12_000 })).toBe('Produce 12,000 images…');
    expect(message('action.goTo', { screen: 'Brand' })).toBe('Go to Brand');
  });

  it('leaves the words of a value alone, braces and all', () => {
    expect(fillMessage('Nothing matches "{text}".', { text: '{count} & <b>' })).toBe(
      'Nothing matches "{count} & <b>".',
    );
  });
});

/** Keys as they stand in the source: whole, or with a part that is filled in ("theme.${theme}"). */
function readUsedKeys(): RegExp[] {
  const folder = new URL('../../../../../renderer/', import.meta.url);
  const sources = globSync('**/*.{ts,tsx}', {
    cwd: fileURLToPath(folder),
    exclude: (name) => name.includes('messages/en'),
  }).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const patterns = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/['`]([a-z]+(?:\.(?:[\w-]+|\$\{[^}`]+\}))+)['`]/gi)].map(([, key]) => key ?? ''),
    ),
  );
  return [...patterns].map((key) => new RegExp(`^${key.replace(/\./g, '\\.').replace(/\$\{[^}]+\}/g, '[\\w-]+')}$`));
}

describe('englishMessages', () => {
  it('holds no text that nothing says', () => {
    const used = readUsedKeys();
    expect(Object.keys(englishMessages).filter((key) => !used.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  const texts = Object.entries(englishMessages).flatMap(([key, entry]) =>
    typeof entry === 'string'
      ? [[key, entry]]
      : [
          [key, entry.one],
          [key, entry.other],
        ],
  );

  it('has no empty text, no exclamation mark and no long dash', () => {
    expect(texts.filter(([, text]) => text?.trim() === '' || /[!\u2013\u2014]/.test(text ?? ''))).toEqual([]);
  });

  it('uses only words for placeholders', () => {
    expect(texts.filter(([, text]) => /\{[^}]*[^\w}][^}]*\}/.test(text ?? ''))).toEqual([]);
  });
});
