import { generate, parse, walk } from 'css-tree';
import type { CssNode } from 'css-tree';
import { nameTheme } from '../../domain/brand/theme-name.ts';
import { refuseSource } from './refuse-source.ts';

/** Where a custom property stands: for the whole page, for one part of it (a button), or under a condition that a palette does not know (print, a wider gamut). */
export type CssPlace = 'page' | 'part' | 'condition';
export type CssProperty = {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  readonly place: CssPlace;
  /** The theme of the rule around it ("dark"); null for the usual palette. */
  readonly theme: string | null;
};
export type CssSheet = { readonly properties: readonly CssProperty[]; readonly imports: number };

type Scope = Pick<CssProperty, 'place' | 'theme'>;

export const expectedSheet = 'a style sheet with custom properties such as --brand-blue: #2352d1';
const wholePage: Scope = { place: 'page', theme: null };
const rootParts = /:root|:host|\bhtml\b|\bbody\b|::?(?:before|after|backdrop)|\*/g;

/** The custom properties of a style sheet with the rules around them. Nothing is fetched: imports are only counted. */
export function parseSheet(text: string, file: string): CssSheet {
  const properties: CssProperty[] = [];
  const scopes: Scope[] = [wholePage];
  let imports = 0;
  try {
    const sheet = parse(text, { positions: true, parseCustomProperty: false, parseValue: true });
    walk(sheet, {
      enter(node: CssNode) {
        const outer = scopes.at(-1) ?? wholePage;
        if (opens(node)) scopes.push(narrow(outer, node));
        if (node.type === 'Url' || (node.type === 'Atrule' && node.name === 'import')) imports += 1;
        if (node.type !== 'Declaration' || !node.property.startsWith('--')) return;
        const value = generate(node.value).trim();
        properties.push({ name: node.property, value, line: node.loc?.start.line ?? 1, ...outer });
      },
      leave(node: CssNode) {
        if (opens(node)) scopes.pop();
      },
    });
  } catch (cause) {
    return refuseSource(file, 'it is no style sheet or nested too deeply', expectedSheet, cause);
  }
  return { properties, imports };
}

function opens(node: CssNode): boolean {
  return node.type === 'Rule' || (node.type === 'Atrule' && node.block !== null);
}

function narrow(outer: Scope, node: CssNode): Scope {
  const inner = node.type === 'Rule' ? scopeOfRule(generate(node.prelude)) : scopeOfAtrule(node);
  const theme = inner.theme ?? outer.theme;
  return { place: outer.place === 'page' ? inner.place : outer.place, theme };
}

function scopeOfAtrule(node: CssNode): Scope {
  if (node.type !== 'Atrule') return wholePage;
  if (/^(supports|container)$/.test(node.name)) return { place: 'condition', theme: null };
  if (/keyframes$|^(font-face|page|property)$/.test(node.name)) return { place: 'part', theme: null };
  const condition = node.prelude === null ? '' : generate(node.prelude);
  if (/^(variant|custom-variant)$/.test(node.name)) return { place: 'page', theme: nameTheme(condition) };
  if (node.name !== 'media') return wholePage;
  const scheme = /prefers-color-scheme\s*:\s*(dark|light)/.exec(condition)?.[1];
  if (scheme !== undefined) return { place: 'page', theme: scheme };
  return /prefers-contrast\s*:\s*more/.test(condition)
    ? { place: 'page', theme: 'high-contrast' }
    : { place: 'condition', theme: null };
}

/** Of several selectors the widest counts: ":root, .light" is the usual palette. */
function scopeOfRule(prelude: string): Scope {
  const scopes = prelude.split(',').map(scopeOfSelector);
  const [first = wholePage] = scopes;
  return scopes.find(({ place, theme }) => place === 'page' && theme === null) ?? first;
}

/** ":root", "html.dark", "[data-theme=dark]", ".dark .theme-rose"; everything else is a part of the page. */
function scopeOfSelector(selector: string): Scope {
  const themes: string[] = [];
  const rest = selector
    .replaceAll(/:not\([^)]*\)/g, '')
    .replaceAll(rootParts, '')
    .replaceAll(
      /\.([\w-]+)|\[([\w-]+)(?:[~|^$*]?=["']?([^\]"']*)["']?)?(?:\s+[is])?\]/g,
      (whole, name?: string, key = '', value = '') => {
        const theme =
          name !== undefined
            ? nameTheme(name)
            : /theme|mode|scheme/.test(String(key))
              ? (nameTheme(String(value)) ?? String(value).toLowerCase().slice(0, 40))
              : nameTheme(String(value) || String(key));
        if (theme === null || theme === '') return whole;
        themes.push(theme);
        return '';
      },
    )
    .replaceAll(/:(?:is|where)|[\s()>&]/g, '');
  if (rest !== '') return { place: 'part', theme: null };
  return { place: 'page', theme: themes.length === 0 ? null : themes.join(' ').slice(0, 40) };
}
