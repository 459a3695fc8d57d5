const themeWords = /^(dark|night|dim|midnight|light|(?:(?:light|dark)-)?(?:high|medium|low|more|less)-contrast)$/;

/** The theme that a word names ("dark", "dark-mode", "theme-ocean", "Dark theme"), in lower case; null for other words. */
export function nameTheme(word: string): string | null {
  const tidy = word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  const [, before] = /^(.+?)-?(?:theme|mode|scheme)$/.exec(tidy) ?? [];
  const [, after] = /^(?:theme|mode|scheme)-(.+)$/.exec(tidy) ?? [];
  const name = before ?? after ?? (themeWords.test(tidy) ? tidy : null);
  return name === null ? null : name.slice(0, 40);
}

/** The theme of a file by its name: "Dark.tokens.json", "colors-dark.css". */
export function nameThemeOfFile(file: string): string | null {
  const [, dark] = /(?:^|[._\s/-])(dark|night)(?:[._\s-]|$)/i.exec(file) ?? [];
  return dark === undefined ? null : dark.toLowerCase();
}

/** What a palette of its own is compared with: the light theme is the brand's usual one. */
export function isUsualTheme(theme: string): boolean {
  return /^(light|day|default|base|root|white|value|mode-1)$/i.test(theme);
}
