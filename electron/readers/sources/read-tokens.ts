import { formatHex } from 'culori';
import { decodeUtf8 } from '../../domain/text/decode-utf8.ts';
import { makeColour, readColour, tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import { MAX_TEXT_SOURCE_BYTES, refuseSource } from './refuse-source.ts';

const MAX_DEPTH = 40;
const MAX_ALIASES = 20;
const expected = 'design tokens as JSON, with $type and $value';

type Token = { readonly path: readonly string[]; readonly type: string; readonly value: unknown };
type Fields = Readonly<Record<string, unknown>>;

/** Design tokens in the format of the community group (`$type`, `$value`, aliases in braces), and the older one with `type` and `value`. */
export function readTokens(bytes: Uint8Array, file: string): NewFinding[] {
  if (bytes.length > MAX_TEXT_SOURCE_BYTES) refuseSource(file, 'it is too large', 'tokens of at most 4 MiB');
  const decoded = decodeUtf8(bytes);
  if (decoded.kind === 'refused') return refuseSource(file, decoded.reason, decoded.expected);
  const tokens: Token[] = [];
  try {
    collectTokens(JSON.parse(decoded.text), [], '', tokens);
  } catch (cause) {
    return refuseSource(file, 'it is no JSON or nested too deeply', expected, cause);
  }
  const byPath = new Map(tokens.map((token) => [token.path.join('.'), token]));
  const findings = tokens.flatMap((token) => readToken(token, byPath, file));
  return findings.length > 0 ? findings : refuseSource(file, 'it holds no colour or font token', expected);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function collectTokens(node: unknown, path: readonly string[], inherited: string, tokens: Token[]): void {
  if (!isFields(node)) return;
  if (path.length > MAX_DEPTH) throw new RangeError('nested too deeply');
  const ownType = node['$type'] ?? node['type'];
  const type = typeof ownType === 'string' ? ownType : inherited;
  const value = node['$value'] ?? node['value'];
  if (value !== undefined) tokens.push({ path, type, value });
  else
    for (const [key, inner] of Object.entries(node))
      if (!key.startsWith('$')) collectTokens(inner, [...path, key], type, tokens);
}

/** Follows aliases such as "{colour.brand.blue}". Null for a circle or a name that is not there. */
function resolveAlias(token: Token, byPath: ReadonlyMap<string, Token>): Token | null {
  let current = token;
  for (let step = 0; step < MAX_ALIASES; step++) {
    const alias = typeof current.value === 'string' ? /^\{([^{}]+)\}$/.exec(current.value)?.[1] : undefined;
    if (alias === undefined) return current;
    const next = byPath.get(alias);
    if (!next) return null;
    current = { ...next, type: next.type === '' ? current.type : next.type };
  }
  return null;
}

function readToken(token: Token, byPath: ReadonlyMap<string, Token>, file: string): NewFinding[] {
  const resolved = resolveAlias(token, byPath);
  if (resolved === null) return [];
  const source = { file, place: token.path.join('.').slice(0, 200) };
  const name = token.path.filter((part) => !/^colou?rs?$/i.test(part)).join(' ');
  if (/^colou?r$/.test(resolved.type) || resolved.type === '') {
    const hex = readTokenColour(resolved.value);
    if (hex !== null) return [makeColour(name, hex, source)];
  }
  const isFont = /^(fontFamily|fontFamilies|typography)$/.test(resolved.type);
  if (!isFont) return [];
  const fields = isFields(resolved.value) ? resolved.value : { fontFamily: resolved.value };
  const listed: unknown = Array.isArray(fields['fontFamily']) ? fields['fontFamily'][0] : fields['fontFamily'];
  const family = typeof listed === 'string' ? tidyName(listed.replace(/["']/g, ''), 100) : '';
  const weight = Number(fields['fontWeight'] ?? 400);
  const face = /head|display|title/i.test(name) ? 'headline' : /body|text|copy/i.test(name) ? 'body' : null;
  return family === '' || family.startsWith('{')
    ? []
    : [
        {
          kind: 'typeface',
          family,
          weight: Number.isInteger(weight) && weight >= 1 && weight <= 1000 ? weight : 400,
          file: null,
          face,
          source,
        },
      ];
}

/** A string as in CSS, or an object of colour space and components. */
function readTokenColour(value: unknown): string | null {
  if (typeof value === 'string') return readColour(value);
  if (!isFields(value)) return null;
  const { hex, colorSpace, components, alpha } = value;
  if (typeof hex === 'string') return readColour(hex);
  if (!Array.isArray(components) || components.length !== 3 || typeof colorSpace !== 'string') return null;
  if (typeof alpha === 'number' && alpha < 0.5) return null;
  const [one = 0, two = 0, three = 0] = components.map(Number);
  if (![one, two, three].every(Number.isFinite)) return null;
  if (colorSpace === 'srgb') return formatHex({ mode: 'rgb', r: one, g: two, b: three });
  if (colorSpace === 'hsl') return readColour(`hsl(${one} ${two}% ${three}%)`);
  if (/^(oklch|oklab|lch|lab|hwb)$/.test(colorSpace)) {
    const percent = colorSpace === 'hwb' ? `${one} ${two}% ${three}%` : `${one} ${two} ${three}`;
    return readColour(`${colorSpace}(${percent})`);
  }
  return readColour(`color(${colorSpace} ${one} ${two} ${three})`);
}
