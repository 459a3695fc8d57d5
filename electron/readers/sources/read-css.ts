import { generate, parse, walk } from 'css-tree';
import { decodeUtf8 } from '../../domain/text/decode-utf8.ts';
import { makeColour, readColour, tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import { MAX_TEXT_SOURCE_BYTES, refuseSource } from './refuse-source.ts';

type Property = { readonly name: string; readonly value: string; readonly line: number };

/** How often one custom property may lead to another before it counts as a circle. */
const MAX_REFERENCES = 12;
const expected = 'a style sheet with custom properties such as --brand-blue: #2352d1';

/** Custom properties of a style sheet, a Tailwind 4 `@theme` among them: colours, and the families of `--font-*`. Nothing is fetched: imports are only counted. */
export function readCss(bytes: Uint8Array, file: string): { findings: NewFinding[]; notes: string[] } {
  if (bytes.length > MAX_TEXT_SOURCE_BYTES) refuseSource(file, 'it is too large', 'a style sheet of at most 4 MiB');
  const decoded = decodeUtf8(bytes);
  if (decoded.kind === 'refused') return refuseSource(file, decoded.reason, decoded.expected);
  const { properties, imports } = collectProperties(decoded.text, file);
  const byName = new Map(properties.map(({ name, value }) => [name, value]));
  const findings = new Map<string, NewFinding>();
  for (const { name, value, line } of properties) {
    const text = resolveReferences(value, byName);
    const source = { file, place: `line ${line}, ${name}`.slice(0, 200) };
    const hex = text === null ? null : readColour(text);
    if (hex !== null) findings.set(name, makeColour(nameProperty(name), hex, source));
    else if (text !== null && /^--(font|typeface)(-family)?(-|$)/.test(name) && !/-(size|weight)/.test(name)) {
      const family = tidyName(text.split(',')[0]?.replace(/["']/g, '') ?? '', 100);
      const face = /head|display|title/.test(name) ? 'headline' : /body|sans|text|copy/.test(name) ? 'body' : null;
      if (family !== '') findings.set(name, { kind: 'typeface', family, weight: 400, file: null, face, source });
    }
  }
  if (findings.size === 0) refuseSource(file, 'it holds no custom property with a colour or a font', expected);
  const notes = imports > 0 ? [`${file}: ${imports} references to other files were passed over.`] : [];
  return { findings: [...findings.values()], notes };
}

function collectProperties(text: string, file: string): { properties: Property[]; imports: number } {
  const properties: Property[] = [];
  let imports = 0;
  try {
    const sheet = parse(text, { positions: true, parseCustomProperty: false, parseValue: true });
    walk(sheet, (node) => {
      if (node.type === 'Url' || (node.type === 'Atrule' && node.name === 'import')) imports += 1;
      if (node.type !== 'Declaration' || !node.property.startsWith('--')) return;
      properties.push({ name: node.property, value: generate(node.value).trim(), line: node.loc?.start.line ?? 1 });
    });
  } catch (cause) {
    return refuseSource(file, 'it is no style sheet or nested too deeply', expected, cause);
  }
  return { properties, imports };
}

/** The value with every `var(--x)` put in; null for a circle or a property that is not there and has no fallback. */
function resolveReferences(value: string, properties: ReadonlyMap<string, string>): string | null {
  let text = value;
  for (let round = 0; round < MAX_REFERENCES && text.length < 2000; round++) {
    const reference = /var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\))?[^()]*))?\)/.exec(text);
    if (!reference) return text;
    const found = properties.get(reference[1] ?? '') ?? reference[2]?.trim();
    if (found === undefined) return null;
    text = text.slice(0, reference.index) + found + text.slice(reference.index + reference[0].length);
  }
  return null;
}

/** "--color-brand-blue" reads "brand blue". */
function nameProperty(name: string): string {
  return name.replace(/^--(?:colou?r-|clr-|c-)?/, '').replaceAll(/[-_]+/g, ' ');
}
