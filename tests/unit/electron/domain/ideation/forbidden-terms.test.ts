import { expect, it } from 'vitest';
import { findForbiddenTerms } from '../../../../../electron/domain/ideation/forbidden-terms.ts';
import { cutText } from '../../../../../electron/domain/text/cut-text.ts';

it.each([
  ['a soft hyphen', 'che\u00ADap', 'cheap'],
  ['zero-width characters', 'ch\u200Bea\u200Dp', 'cheap'],
  ['look-alike letters', 'so сhеар it is', 'cheap'],
  ['wide letters', 'ｃｈｅａｐ', 'cheap'],
  ['accents in another encoding', 'sehr gu\u0308nstig', 'günstig'],
  ['Japanese without spaces', 'とても安い牛乳', '安い'],
  ['Japanese between other words', '今日だけ奇跡の一本', '奇跡'],
  ['an Arabic article', 'القهوة الرخيص هنا', 'رخيص'],
  ['an Arabic particle', 'وبالمعجزة', 'المعجزة'],
  ['Arabic vowel marks', 'رَخِيص', 'رخيص'],
  ['a declared inflection', 'the cheapest drink', 'cheap*'],
  ['a phrase over punctuation', 'a GUILT, free day', 'guilt-free'],
])('finds a term in spite of %s', (_, text, term) => {
  expect(findForbiddenTerms([text], [term])).toEqual([term]);
});

it.each([
  ['a longer word', 'cheaper', 'cheap'],
  ['a Russian word of letters that look Latin', 'это сор и пыль на полу', 'cop'],
  ['a Japanese word in another', '香水の瓶', '水'],
  ['a loan word in another', 'バスタオルを干す', 'バス'],
  ['an Arabic word that begins alike', 'رخيصون', 'رخيص'],
  ['a Hindi word cut at its vowel sign', 'किताब', 'क'],
])('does not find a term in %s', (_, text, term) => {
  expect(findForbiddenTerms([text], [term])).toEqual([]);
});

it('cuts at words, else between what is read as one letter, and says that it cut', () => {
  expect(cutText('the bottle comes back', 15)).toBe('the bottle…');
  expect(cutText('short', 15)).toBe('short');
  const family = '👩‍👩‍👧‍👦';
  expect(cutText(`${family}${family}`, family.length + 2)).toBe(`${family}…`);
  expect(cutText('瓶はまた帰ってくる', 6).endsWith('…')).toBe(true);
});
