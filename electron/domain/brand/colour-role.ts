import type { PaletteRole } from '../../contract/palette-role.ts';

/** A colour that is made for another one (on it, or a shade of it in some state) has no role of its own. */
const derived =
  /\b(inverse|inverted|container|subtle|emphasis|hover|hovered|active|pressed|focus|focused|visited|disabled|placeholder|contrast|link|links|shadow|overlay|scrim|ring|on)\b/;
const onGround = /\bon (background|surface|canvas|paper|base)\b(?! variant)/;
const level = '(?:primary|secondary|tertiary|accent|brand|success|warning|danger|error|info|destructive|neutral)';
/** "primary foreground", "accent content": what stands on that colour. */
const ink = new RegExp(`\\b${level} (?:foreground|fg|content)\\b`);

const roleWords: readonly (readonly [PaletteRole, RegExp])[] = [
  ['neutral', /\b(muted|border|outline|divider|line)\b/],
  ['background', /\b(background|bg|canvas|surface|paper|ground)\b/],
  ['text', /\b(text|foreground|fg|ink|body|copy)\b/],
  ['secondary', /\b(secondary|support|supporting)\b/],
  ['accent', /\b(accent|highlight|cta|action|tertiary)\b/],
  ['neutral', /\b(neutral|gr[ae]y|stone|slate)\b(?! (blue|green|teal))/],
  ['primary', /\b(primary|main|lead)\b/],
  // A brand's name stands before its levels ("brand secondary"), so it says least.
  ['primary', /\bbrand\b/],
];

/** The role that a name speaks of, or null: "color-brand-primary", "Background / light", "onSurface". */
export function guessRole(name: string): PaletteRole | null {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  if (onGround.test(words)) return 'text';
  if (derived.test(words) || ink.test(words)) return null;
  return roleWords.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
