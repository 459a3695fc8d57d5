import { measureColourDifference } from './colour-difference.ts';
import { parseHex, toLab } from './colour-space.ts';
import type { Lab } from './colour-space.ts';

/** The colour words that the starter image model was taught. Same as `colours` in native-models/training/vocabulary.json; a test compares them. */
export const colourNames: Readonly<Record<string, string>> = {
  black: '#141414',
  charcoal: '#36393f',
  grey: '#8b8d91',
  silver: '#c3c6ca',
  white: '#fafafa',
  ivory: '#f6f0df',
  cream: '#fbe9c6',
  beige: '#dcc9a6',
  sand: '#cdb07c',
  tan: '#b48a5c',
  brown: '#6f4a2d',
  chocolate: '#43291a',
  rust: '#a8471f',
  terracotta: '#c9653f',
  coral: '#f5775c',
  salmon: '#f6a08c',
  peach: '#fac6a2',
  apricot: '#f8a95b',
  orange: '#f07c14',
  amber: '#f4ac11',
  gold: '#cf9c2a',
  mustard: '#bd8f16',
  yellow: '#f9d923',
  lemon: '#f7ef7a',
  lime: '#b5d832',
  olive: '#6f7a2d',
  moss: '#516b38',
  green: '#2f9546',
  emerald: '#0d9f6b',
  forest: '#1d5336',
  mint: '#a9e4c6',
  sage: '#a3b899',
  teal: '#137f80',
  turquoise: '#2fbfbd',
  cyan: '#22b5dc',
  sky: '#84c7f1',
  azure: '#2f86e8',
  blue: '#2352d1',
  cobalt: '#1a3f9c',
  navy: '#14213f',
  indigo: '#423aa7',
  lavender: '#bdb2ec',
  violet: '#7a44d1',
  purple: '#672c91',
  plum: '#66284f',
  magenta: '#c9238f',
  pink: '#f190b8',
  blush: '#f4cfcf',
  rose: '#dd5679',
  crimson: '#b3152f',
  red: '#dc2a25',
  burgundy: '#641627',
};

const labs: readonly (readonly [name: string, lab: Lab])[] = Object.entries(colourNames).map(([name, hex]) => [
  name,
  toLab(parseHex(hex)),
]);

/** The colour word that is nearest to a colour by CIEDE2000. */
export function nameColour(hex: string): string {
  const wanted = toLab(parseHex(hex));
  let nearest = '';
  let least = Number.POSITIVE_INFINITY;
  for (const [name, lab] of labs) {
    const distance = measureColourDifference(wanted, lab);
    if (distance < least) {
      nearest = name;
      least = distance;
    }
  }
  return nearest;
}
