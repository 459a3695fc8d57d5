import { stripTypeScriptTypes } from 'node:module';
import { parse } from 'acorn';
import type { Program } from 'acorn';
import { decodeUtf8 } from '../../domain/text/decode-utf8.ts';
import { readColourText } from '../../domain/brand/colour-text.ts';
import { makeColour, tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import type { CssReferences } from './css-references.ts';
import { MAX_TEXT_SOURCE_BYTES, refuseSource } from './refuse-source.ts';
import { SourceNotes } from './source-notes.ts';
import { StaticReader } from './static-value.ts';
import type { StaticValue } from './static-value.ts';

const expected = 'a Tailwind configuration whose theme stands in it as plain objects';

/** Colours and font families of a Tailwind 3 configuration. The script is parsed and never run; what it would compute is left out. */
export function readTailwind(
  bytes: Uint8Array,
  file: string,
  references: CssReferences,
): { findings: NewFinding[]; notes: string[] } {
  if (bytes.length > MAX_TEXT_SOURCE_BYTES) refuseSource(file, 'it is too large', 'a configuration of at most 4 MiB');
  const decoded = decodeUtf8(bytes);
  if (decoded.kind === 'refused') return refuseSource(file, decoded.reason, decoded.expected);
  const program = parseScript(decoded.text, file);
  const reader = new StaticReader(program);
  const exported = findExport(program);
  const config = exported && reader.findObject(exported);
  if (!config) return refuseSource(file, 'it exports no plain object', expected);
  const theme = get(reader.read(config), 'theme');
  const findings: NewFinding[] = [];
  const notes = new SourceNotes();
  for (const part of [theme, get(theme, 'extend')]) {
    collectColours(get(part, 'colors'), [], (name, text) => {
      const resolved = references.resolve(text.replace(/\/\s*<alpha-value>/, ''), null, file);
      if (resolved.kind === 'missing') for (const missing of resolved.names) notes.add('missing', missing);
      if (resolved.kind === 'circle') notes.add('circle', resolved.name);
      const colour = resolved.kind === 'text' ? readColourText(resolved.text) : null;
      if (colour === null) return;
      notes.addChange(name, colour);
      const source = { file, place: `theme.colors.${name.replaceAll(' ', '.')}`.slice(0, 200) };
      findings.push(makeColour(name, colour.hex, source, { change: colour.change }));
    });
    findings.push(...collectFamilies(get(part, 'fontFamily'), file));
  }
  if (findings.length === 0 && notes.has('missing'))
    refuseSource(
      file,
      `its references lead nowhere: ${notes.list('missing')}`,
      'the style sheet that defines them, read together with it',
    );
  if (findings.length === 0) refuseSource(file, 'its theme holds no plain colour or font family', expected);
  const skipped =
    reader.skipped > 0 ? [`${file}: ${reader.skipped} values that a script would compute were left out.`] : [];
  return { findings, notes: [...skipped, ...notes.toSentences(file)] };
}

function parseScript(text: string, file: string): Program {
  try {
    // Types are blanked out by Node's own reader, which runs nothing either.
    const script = /\.[mc]?ts$/i.test(file) ? stripTypeScriptTypes(text) : text;
    const options = { ecmaVersion: 'latest', allowHashBang: true } as const;
    try {
      return parse(script, { ...options, sourceType: 'module' });
    } catch {
      return parse(script, { ...options, sourceType: 'script' });
    }
  } catch (cause) {
    const place = /\((\d+):\d+\)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    return refuseSource(file, `it is no script${place ? `: line ${place} cannot be read` : ''}`, expected, cause);
  }
}

/** What `export default` or `module.exports =` gives out. */
function findExport({ body }: Program) {
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const { left, right } = statement.expression;
    if (left.type === 'MemberExpression' && left.property.type === 'Identifier' && left.property.name === 'exports')
      return right;
  }
  return null;
}

function get(value: StaticValue, key: string): StaticValue {
  return typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, StaticValue>>)[key]
    : undefined;
}

function collectColours(value: StaticValue, path: readonly string[], add: (name: string, text: string) => void): void {
  if (typeof value === 'string') {
    add(path.filter((part) => part !== 'DEFAULT').join(' '), value);
  } else if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) collectColours(inner, [...path, key], add);
  }
}

function collectFamilies(value: StaticValue, file: string): NewFinding[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, families]) => {
    const first = Array.isArray(families) ? families[0] : families;
    const family = typeof first === 'string' ? tidyName((first.split(',')[0] ?? '').replace(/["']/g, ''), 100) : '';
    if (family === '') return [];
    const face = /head|display|title|serif$/.test(key) ? 'headline' : /body|sans|text/.test(key) ? 'body' : null;
    const source = { file, place: `theme.fontFamily.${key}`.slice(0, 200) };
    return [{ kind: 'typeface', family, weight: 400, file: null, face, source } as const];
  });
}
