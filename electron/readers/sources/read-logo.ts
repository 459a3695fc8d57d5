import { measureSvg } from '../render-svg.ts';
import { sanitiseSvg } from '../sanitise-svg.ts';
import { toLuminance, parseHex } from '../../domain/brand/colour-space.ts';
import { makeColour, readColour, tidyName } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import { refuseSource } from './refuse-source.ts';

/** Luminance at which black and white are equally readable: a mark lighter than this is for dark grounds. */
const EVEN_LUMINANCE = 0.18;

/** A logo and the flat colours that stand in it. What could run, reach out or blow up is refused before anything reads it. */
export function readSvgLogo(bytes: Uint8Array, file: string): NewFinding[] {
  const svg = sanitiseSvg(bytes, file, 'the drawing');
  try {
    measureSvg(svg);
  } catch (cause) {
    return refuseSource(file, 'the drawing cannot be read', 'a well-formed SVG with a size or a view box', cause);
  }
  const text = typeof svg === 'string' ? svg : new TextDecoder().decode(svg);
  const counts = new Map<string, number>();
  for (const [, value = ''] of text.matchAll(/(?:fill|stroke|stop-color)\s*[:=]\s*["']?([^;"'>]+)/g)) {
    const hex = /^(none|url|currentcolor|inherit|context-)/i.test(value.trim()) ? null : readColour(value);
    if (hex !== null) counts.set(hex, (counts.get(hex) ?? 0) + 1);
  }
  const colours = [...counts.keys()];
  const luminances = (colours.length === 0 ? ['#000000'] : colours).map((hex) => toLuminance(parseHex(hex)));
  const mean = luminances.reduce((sum, luminance) => sum + luminance, 0) / luminances.length;
  return [
    {
      kind: 'logo',
      name: nameFile(file),
      file,
      on: mean > EVEN_LUMINANCE ? 'dark' : 'light',
      source: { file, place: 'the drawing' },
    },
    ...colours.map((hex) => makeColour('', hex, { file, place: `${counts.get(hex)} shapes of the drawing` })),
  ];
}

/** "fonts/word-mark_dark.svg" reads "Word mark dark". */
export function nameFile(file: string): string {
  const name = tidyName((file.split('/').at(-1) ?? file).replace(/\.[^.]+$/, '').replaceAll(/[-_]+/g, ' '));
  return name === '' ? 'Logo' : name.charAt(0).toUpperCase() + name.slice(1);
}
