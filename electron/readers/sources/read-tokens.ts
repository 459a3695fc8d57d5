import { readColourText, readGradientStops, toReadColour } from '../../domain/brand/colour-text.ts';
import type { ReadColour } from '../../domain/brand/colour-text.ts';
import { makeColour, tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import type { CssReferences } from './css-references.ts';
import { isFields } from './json-fields.ts';
import type { SourceName } from './read-css.ts';
import { refuseSource } from './refuse-source.ts';
import { SourceNotes } from './source-notes.ts';
import { expectedTokens } from './token-file.ts';
import type { TokenFile } from './token-file.ts';
import type { Token } from './token.ts';
import type { TokenReferences } from './token-references.ts';

type Links = {
  readonly tokens: TokenReferences;
  readonly css: CssReferences;
  readonly file: SourceName;
  readonly notes: SourceNotes;
};

/** Colours, stops of gradients and font families of design tokens. Aliases are followed, into other files that are read together too. */
export function readTokens(
  { tokens }: TokenFile,
  file: SourceName,
  { tokens: references, css }: { readonly tokens: TokenReferences; readonly css: CssReferences },
): { findings: NewFinding[]; notes: string[] } {
  const links: Links = { tokens: references, css, file, notes: new SourceNotes() };
  const findings = tokens.flatMap((token) => readToken(token, links));
  const { notes } = links;
  if (findings.length === 0 && notes.has('missing'))
    refuseSource(
      file.name,
      `its references lead nowhere: ${notes.list('missing')}`,
      'the file that defines them, read together with it',
    );
  if (findings.length === 0) refuseSource(file.name, 'it holds no colour or font token', expectedTokens);
  return { findings, notes: notes.toSentences(file.name) };
}

function readToken(token: Token, links: Links): NewFinding[] {
  const followed = links.tokens.follow(token, links.file.id);
  if (followed.kind !== 'token') {
    links.notes.add(followed.kind, followed.name);
    return [];
  }
  const { type, value } = followed.token;
  const { name, theme } = token;
  const source = { file: links.file.name, place: token.key.slice(0, 200) };
  const give = (colour: ReadColour, end = '') => {
    links.notes.addChange(name + end, colour);
    return makeColour(name + end, colour.hex, source, { theme, change: colour.change });
  };
  if (/^colou?r$/i.test(type) || type === '') {
    const colour = readTokenColour(value, token, links);
    if (colour !== null) return [give(colour)];
  }
  if (type === 'gradient' || type === '' || /^colou?r$/i.test(type)) {
    const stops = readStops(value, token, links);
    if (stops.length > 0) return stops.map((stop, index) => give(stop, ` stop ${index + 1}`));
  }
  if (/^colou?r$/i.test(type) && typeof value === 'string' && /[({]/.test(value)) links.notes.add('computed', name);
  return /^(fontFamily|fontFamilies|typography)$/.test(type) ? readFamily(value, token, source, links) : [];
}

/** A string as in CSS, a colour space with components, or red, green and blue as Figma gives them. */
function readTokenColour(value: unknown, token: Token, links: Links): ReadColour | null {
  if (typeof value === 'string') return readColourText(putReferences(value, token, links));
  if (!isFields(value)) return null;
  const { hex, colorSpace, components, alpha } = value;
  if (Array.isArray(components) && components.length === 3 && typeof colorSpace === 'string') {
    const channels = components.map((component) => (component === 'none' ? 0 : Number(component)));
    if (!channels.every(Number.isFinite)) return null;
    const [one = 0, two = 0, three = 0] = channels;
    const end = typeof alpha === 'number' ? ` / ${alpha})` : ')';
    if (/^(hsl|hwb)$/.test(colorSpace)) return readColourText(`${colorSpace}(${one} ${two}% ${three}%${end}`);
    if (/^(oklch|oklab|lch|lab)$/.test(colorSpace)) return readColourText(`${colorSpace}(${one} ${two} ${three}${end}`);
    return readColourText(`color(${colorSpace} ${one} ${two} ${three}${end}`);
  }
  if (typeof hex === 'string') return readColourText(hex);
  const [r, g, b] = [value['r'], value['g'], value['b']];
  if (typeof r !== 'number' || typeof g !== 'number' || typeof b !== 'number') return null;
  const scale = Math.max(r, g, b) > 1 ? 255 : 1;
  const a = value['a'];
  return toReadColour({ mode: 'rgb', r: r / scale, g: g / scale, b: b / scale, alpha: typeof a === 'number' ? a : 1 });
}

/** "rgba({color.ink}, 0.8)" with the colour put in, and `var(--x)` with what style sheets beside it say. */
function putReferences(text: string, token: Token, links: Links): string {
  const put = text.replaceAll(/\{([^{}]+)\}/g, (whole, alias: string) => {
    const place = links.tokens.find(alias.trim(), token.theme, links.file.id, token);
    const followed = place && links.tokens.follow(place.token, place.file);
    if (followed?.kind === 'token' && typeof followed.token.value === 'string') return followed.token.value;
    if (followed?.kind !== 'token') links.notes.add('missing', whole);
    return whole;
  });
  const channels = /^rgba?\(\s*(#[0-9a-f]{6})\s*,\s*([\d.]+%?)\s*\)$/i.exec(put.trim());
  if (channels) return `color-mix(in srgb, ${channels[1]} ${toPercent(channels[2] ?? '1')}%, transparent)`;
  if (!put.includes('var(')) return put;
  const resolved = links.css.resolve(put, token.theme, links.file.id);
  if (resolved.kind === 'text') return resolved.text;
  if (resolved.kind === 'missing') for (const missing of resolved.names) links.notes.add('missing', missing);
  return '';
}

function toPercent(alpha: string): number {
  return alpha.endsWith('%') ? Number(alpha.slice(0, -1)) : Number(alpha) * 100;
}

function readStops(value: unknown, token: Token, links: Links): ReadColour[] {
  if (typeof value === 'string') return readGradientStops(putReferences(value, token, links)) ?? [];
  const stops: unknown = isFields(value) ? value['stops'] : value;
  if (!Array.isArray(stops)) return [];
  return stops.slice(0, 32).flatMap((stop: unknown) => {
    const written: unknown = isFields(stop) ? stop['color'] : undefined;
    const followed = links.tokens.follow({ ...token, key: `${token.key} stop`, value: written }, links.file.id);
    if (followed.kind !== 'token') {
      links.notes.add(followed.kind, followed.name);
      return [];
    }
    const colour = readTokenColour(followed.token.value, token, links);
    return colour === null ? [] : [colour];
  });
}

function readFamily(value: unknown, token: Token, source: NewFinding['source'], links: Links): NewFinding[] {
  const fields = isFields(value) ? value : { fontFamily: value };
  const followed = links.tokens.follow(
    { ...token, key: `${token.key} family`, value: fields['fontFamily'] },
    links.file.id,
  );
  if (followed.kind !== 'token') {
    links.notes.add(followed.kind, followed.name);
    return [];
  }
  const listed: unknown = Array.isArray(followed.token.value) ? followed.token.value[0] : followed.token.value;
  const family = typeof listed === 'string' ? tidyName((listed.split(',')[0] ?? '').replace(/["']/g, ''), 100) : '';
  if (family === '' || family.startsWith('{')) return [];
  const weight = Number(fields['fontWeight'] ?? 400);
  const face = /head|display|title/i.test(token.name) ? 'headline' : /body|text|copy/i.test(token.name) ? 'body' : null;
  const isWeight = Number.isInteger(weight) && weight >= 1 && weight <= 1000;
  return [{ kind: 'typeface', family, weight: isWeight ? weight : 400, file: null, face, source }];
}
