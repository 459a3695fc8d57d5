import type { Token } from './token.ts';
import { isUsualTheme, nameTheme, nameThemeOfFile } from '../../domain/brand/theme-name.ts';
import { readFigmaVariables } from './figma-variables.ts';
import { isFields } from './json-fields.ts';
import { refuseSource } from './refuse-source.ts';

export type TokenFile = {
  readonly tokens: readonly Token[];
  /** The first part of each key is the name of a set, which aliases leave out. */
  readonly hasSets: boolean;
};

type Inherited = { readonly type: string; readonly theme: string | null; readonly isInSets: boolean };

const MAX_DEPTH = 40;
const MAX_TOKENS = 20_000;
export const expectedTokens = 'design tokens as JSON, with $type and $value';
const knownTypes =
  /^(colou?r|dimension|number|string|other|gradient|border|shadow|boxShadow|typography|duration|cubicBezier|opacity|sizing|spacing|border\w+|font\w*|letterSpacing|lineHeight\w*|strokeStyle|transition|asset|text\w+|paragraphSpacing)$/;
/** Groups that stand around themes: `themes.dark.background`, `color.dark.background`. */
const themeGroups = /^(colou?rs?|themes?|modes?|schemes?|palette|semantic|sys|alias|tokens?|sets?)$/i;
const setNames = /^(global|core|base|primitives?|ref|reference|semantic|foundations?|default)$/i;
/** Words of a key that a person does not need. */
const fillers = /^(colou?rs?|palette|schemes?|themes?|modes?|\$root)$/i;
/** A plain string without `$value` counts only when it can be nothing but a colour, a reference to one, or a gradient. */
const plainColour = /^(#[0-9a-f]{3,8}$|(rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix)a?\(|\{[\w.$ /-]+\}$)/i;

/**
 * Tokens of the community group's format (`$type`, `$value`, groups that hand their type down, `$root`), the older one with `type` and `value` (Style Dictionary,
 * Tokens Studio with its sets), variables as Figma gives them out, and plain objects of colours (Material, MUI).
 */
export function parseTokenFile(text: string, file: string): TokenFile {
  try {
    const json: unknown = JSON.parse(text);
    const theme = nameThemeOfFile(file);
    const figma = readFigmaVariables(json);
    if (figma !== null)
      return { tokens: figma.map((token) => ({ ...token, theme: token.theme ?? theme })), hasSets: false };
    const hasSets = isFields(json) && ('$themes' in json || '$metadata' in json);
    const tokens: Token[] = [];
    collect(json, [], { type: '', theme, isInSets: hasSets }, tokens);
    return { tokens, hasSets };
  } catch (cause) {
    return refuseSource(file, 'it is no JSON or nested too deeply', expectedTokens, cause);
  }
}

/** What aliases may call a token when the first part of its key is a set or a theme. */
export function shortKey(key: string, hasSets: boolean): string | null {
  const [first = '', ...rest] = key.split('.');
  const isSet = hasSets || setNames.test(first) || nameTheme(first) !== null;
  return isSet && rest.length > 0 ? rest.join('.') : null;
}

function collect(node: unknown, path: readonly string[], inherited: Inherited, tokens: Token[]): void {
  if (path.length > MAX_DEPTH || tokens.length > MAX_TOKENS) throw new RangeError('nested too deeply or too long');
  if (typeof node === 'string') {
    if (inherited.type === '' && plainColour.test(node.trim()) && path.length > 0)
      tokens.push(makeToken(path, inherited, node));
    return;
  }
  if (!isFields(node)) return;
  const ownType = node['$type'] ?? node['type'];
  const type = typeof ownType === 'string' && ('$type' in node || knownTypes.test(ownType)) ? ownType : inherited.type;
  const theme = themeOfGroup(path, node) ?? inherited.theme;
  const here = { ...inherited, type, theme };
  const value = node['$value'] ?? (isGroup(node['value']) ? undefined : node['value']) ?? pointer(node);
  if (value === undefined) {
    for (const [key, inner] of Object.entries(node)) {
      if (key === '$root') collect(inner, path, here, tokens);
      else if (!key.startsWith('$')) collect(inner, [...path, key], here, tokens);
    }
    return;
  }
  tokens.push(makeToken(path, here, value));
  for (const [mode, other] of modesOf(node))
    if (!isUsualTheme(mode))
      tokens.push(makeToken(path, { ...here, theme: nameTheme(mode) ?? mode.slice(0, 40) }, other));
}

function makeToken(path: readonly string[], { type, theme, isInSets }: Inherited, value: unknown): Token {
  const spoken = path.filter(
    (part, at) =>
      !fillers.test(part) &&
      !(at === 0 && isInSets) &&
      !(at < 2 && at < path.length - 1 && theme !== null && nameTheme(part) === theme),
  );
  return {
    key: path.join('.'),
    name: (spoken.length > 0 ? spoken : path).join(' '),
    type,
    value,
    theme: theme !== null && isUsualTheme(theme) ? null : theme,
  };
}

/** A group called "dark" at the top, or under a group that stands around themes; a ramp of shades ("dark.500") is none. */
function themeOfGroup(path: readonly string[], node: Readonly<Record<string, unknown>>): string | null {
  const [first = '', second = ''] = path;
  const word = path.length === 1 ? first : path.length === 2 && themeGroups.test(first) ? second : '';
  const theme = word === '' ? null : nameTheme(word);
  if (theme === null || '$value' in node || 'value' in node) return null;
  return Object.keys(node).some((key) => !/^[\d$]/.test(key)) ? theme : null;
}

/** A group may itself be called "value". */
function isGroup(value: unknown): boolean {
  return isFields(value) && ('$value' in value || 'value' in value);
}

/** `{ "$ref": "#/color/base/ink" }` leads where `{color.base.ink}` does. */
function pointer(node: Readonly<Record<string, unknown>>): string | undefined {
  const ref = node['$ref'];
  return typeof ref === 'string' && ref.startsWith('#/') ? `{${ref.slice(2).replaceAll('/', '.')}}` : undefined;
}

function modesOf(node: Readonly<Record<string, unknown>>): [string, unknown][] {
  const extensions = node['$extensions'];
  const modes = isFields(extensions) ? (extensions['mode'] ?? extensions['modes']) : undefined;
  return isFields(modes) ? Object.entries(modes).slice(0, 20) : [];
}
