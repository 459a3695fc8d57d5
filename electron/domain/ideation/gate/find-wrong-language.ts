/** Scripts that text of a locale's script is written in. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  Latn: /\p{Script=Latin}/u,
  Cyrl: /\p{Script=Cyrillic}/u,
  Grek: /\p{Script=Greek}/u,
  Arab: /\p{Script=Arabic}/u,
  Hebr: /\p{Script=Hebrew}/u,
  Deva: /\p{Script=Devanagari}/u,
  Thai: /\p{Script=Thai}/u,
  Jpan: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u,
  Kore: /[\p{Script=Hangul}\p{Script=Han}]/u,
  Hans: /\p{Script=Han}/u,
  Hant: /\p{Script=Han}/u,
};
/** Words that are frequent in one language and in none of the others here. */
const TELLING: Readonly<Record<string, string>> = {
  en: 'the and with you your this that from are our they what when have will every for of to was not it its by get see know',
  de: 'der die das und mit ist nicht ein eine für dich wir sie auch wenn ihre auf',
  es: 'el los las una con para que más pero cuando tu sus esta del por como',
  fr: 'le les des est une pour avec vous votre dans qui plus nous sur cette mais',
  it: 'il gli della che per con più non sono una tuo questo anche dalla nel',
  pt: 'os uma não com para que mais você seu pela são quando isso dos nas',
  nl: 'het een van met voor niet zijn je ook wij maar als deze wordt naar bij',
};
const telling = new Map(Object.entries(TELLING).map(([language, words]) => [language, new Set(words.split(' '))]));

/** Least share of letters in the locale's script; names may stand in another. */
const LEAST_SHARE = 0.6;
/** Telling words of another language, over those of the locale's own, that decide. */
const LEAST_LEAD = 3;

/** Why the texts are not in the locale's language, or null. Words of `given`, such as names, do not count. */
export function findWrongLanguage(texts: readonly string[], locale: string, given: readonly string[]): string | null {
  const text = given.reduce((rest, name) => (name === '' ? rest : rest.replaceAll(name, ' ')), texts.join('\n'));
  const { language, script } = new Intl.Locale(locale).maximize();
  const letters = text.match(/\p{L}/gu) ?? [];
  const pattern = SCRIPTS[script ?? ''];
  if (pattern !== undefined && letters.length > 0) {
    const own = letters.filter((letter) => pattern.test(letter)).length;
    if (own / letters.length < LEAST_SHARE) return `it is not written in the script of ${locale}`;
  }
  if (!telling.has(language)) return null;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (known: ReadonlySet<string>) => words.filter((word) => known.has(word)).length;
  const own = count(telling.get(language) ?? new Set());
  const other = [...telling].find(([name, known]) => name !== language && count(known) >= own + LEAST_LEAD);
  return other === undefined ? null : `it is written in another language (${other[0]}) than the brief's (${language})`;
}
