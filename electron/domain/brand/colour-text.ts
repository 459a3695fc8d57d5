import { colorsNamed, converter, formatHex, interpolateWithPremultipliedAlpha, parse } from 'culori';
import type { Color } from 'culori';

/** How a hex differs from what was written: it lies outside of sRGB and was clipped, or it was see-through and is read as if it were not. */
export type ColourChange = 'clipped' | 'opaque';

/** A colour as # and six digits. */
export type ReadColour = { readonly hex: string; readonly change: ColourChange | null };

/** Half a step of 8 bits: what rounding leaves of a colour that lies on the border of sRGB. */
const GAMUT_TOLERANCE = 0.5 / 255;
/** Colours that let more than half of what is behind them through are no brand colours. */
const LEAST_ALPHA = 0.5;
const MAX_CHARACTERS = 2000;
const MAX_MIX_DEPTH = 4;
const toRgb = converter('rgb');
const named: Readonly<Record<string, unknown>> = colorsNamed;
const mixingSpaces = {
  srgb: 'rgb',
  'srgb-linear': 'lrgb',
  hsl: 'hsl',
  hwb: 'hwb',
  lab: 'lab',
  lch: 'lch',
  oklab: 'oklab',
  oklch: 'oklch',
  xyz: 'xyz65',
  'xyz-d65': 'xyz65',
  'xyz-d50': 'xyz50',
} as const;

/**
 * Any way to write a colour in CSS: with #, as a function (color-mix() too), by its name. Digits and letters without # are none, whatever a lenient parser makes of
 * them: `335` is a hue and `fade` an animation. Null for what is no colour, and for what can hardly be seen.
 */
export function readColourText(text: string): ReadColour | null {
  const colour = parseColour(text, 0);
  return colour === null ? null : toReadColour(colour);
}

export function toReadColour(colour: Color): ReadColour | null {
  const alpha = colour.alpha ?? 1;
  if (!(alpha >= LEAST_ALPHA)) return null;
  const { r, g, b } = toRgb(colour);
  const channels = [r, g, b];
  if (!channels.every(Number.isFinite)) return null;
  const isOutside = channels.some((channel) => channel < -GAMUT_TOLERANCE || channel > 1 + GAMUT_TOLERANCE);
  return { hex: formatHex({ mode: 'rgb', r, g, b }), change: isOutside ? 'clipped' : alpha < 1 ? 'opaque' : null };
}

/** Channels without their function ("222.2 47.4% 11.2%"), read by the function that they are put into. */
export function readChannels(channels: string, wrapper: string): ReadColour | null {
  const text = channels.trim();
  return /^[-+.\d][-+.\d\s%,/a-z]*$/i.test(text) ? readColourText(`${wrapper}(${text})`) : null;
}

/** Three channels of hsl() as component kits write them: a hue and two shares. */
export function looksLikeHslChannels(text: string): boolean {
  return /^[-+]?[\d.]+(deg|turn|rad)?(\s+|\s*,\s*)[\d.]+%(\s+|\s*,\s*)[\d.]+%(\s*\/\s*[\d.]+%?)?$/.test(text.trim());
}

function parseColour(text: string, depth: number): Color | null {
  const tidy = text.trim().toLowerCase();
  if (tidy.length > MAX_CHARACTERS) return null;
  if (tidy.startsWith('color-mix(')) return depth < MAX_MIX_DEPTH ? mixColours(tidy, depth) : null;
  const isWritten = tidy.startsWith('#') || /^[a-z][a-z0-9-]*\(/.test(tidy) || Object.hasOwn(named, tidy);
  if (!isWritten && tidy !== 'transparent') return null;
  try {
    // A missing channel counts as nothing of it.
    return parse(tidy.replaceAll(/\bnone\b/g, '0')) ?? null;
  } catch {
    return null;
  }
}

/** color-mix(in oklch longer hue, red 40%, blue), as CSS Color 5 says; null where it says something that is not read. */
function mixColours(text: string, depth: number): Color | null {
  if (!text.endsWith(')')) return null;
  const [method = '', first = '', second = '', ...more] = splitArguments(text.slice('color-mix('.length, -1));
  const space = /^in\s+([a-z0-9-]+)(?:\s+shorter\s+hue)?$/.exec(method)?.[1] ?? '';
  if (more.length > 0 || !Object.hasOwn(mixingSpaces, space)) return null;
  const [one, other] = [readShare(first), readShare(second)];
  const from = parseColour(one.colour, depth + 1);
  const to = parseColour(other.colour, depth + 1);
  if (from === null || to === null) return null;
  const fromShare = one.share ?? (other.share === null ? 0.5 : 1 - other.share);
  const toShare = other.share ?? 1 - fromShare;
  const sum = fromShare + toShare;
  if (!(sum > 0) || fromShare < 0 || toShare < 0) return null;
  const mode = mixingSpaces[space as keyof typeof mixingSpaces];
  const mixed = interpolateWithPremultipliedAlpha([from, to], mode)(toShare / sum);
  return { ...mixed, alpha: (mixed.alpha ?? 1) * Math.min(1, sum) };
}

function readShare(text: string): { readonly colour: string; readonly share: number | null } {
  const [, before, rest = text, after] = /^(?:([\d.]+)%\s+)?(.*?)(?:\s+([\d.]+)%)?$/s.exec(text.trim()) ?? [];
  const share = before ?? after;
  return { colour: rest, share: share === undefined ? null : Number(share) / 100 };
}

/** What stands between the commas outside of brackets. */
export function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** The colours of a gradient's stops in their order; null for what is no gradient. Stops that are no plain colours are left out. */
export function readGradientStops(text: string): ReadColour[] | null {
  const inner = /^(?:repeating-)?(?:linear|radial|conic)-gradient\((.*)\)$/is.exec(text.trim())?.[1];
  if (inner === undefined || text.length > MAX_CHARACTERS) return null;
  return splitArguments(inner).flatMap((part) => {
    // "rgb(1 2 3) 20% 40%": positions stand behind the colour.
    const stop = readColourText(part.replace(/(\s+[-\d.]+(%|[a-z]+)?)+$/i, ''));
    return stop === null ? [] : [stop];
  });
}
