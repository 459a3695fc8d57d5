/** APCA's exponent for the glow of screens in the dark, which its author gives as 1.414. */
const BLACK_EXPONENT = 1414 / 1000;

/** The luminance by which APCA judges a grey of a WCAG luminance: it raises the sRGB value to 2.4 throughout, and lifts the blacks. */
function toScreenLuminance(luminance: number): number {
  const value = luminance <= 0.0031308 ? luminance * 12.92 : 1.055 * luminance ** (1 / 2.4) - 0.055;
  const screen = value ** 2.4;
  return screen < 0.022 ? screen + (0.022 - screen) ** BLACK_EXPONENT : screen;
}

/**
 * Lightness contrast Lc of text on ground by APCA-W3 0.1.9 (A. Somers), about -108 to 106; negative for light text on dark ground. Exact for greys and close for colours; it is
 * given as information only.
 */
export function measureApca(text: number, ground: number): number {
  const ink = toScreenLuminance(text);
  const behind = toScreenLuminance(ground);
  if (behind > ink) {
    const contrast = (behind ** 0.56 - ink ** 0.57) * 1.14;
    return contrast < 0.1 ? 0 : (contrast - 0.027) * 100;
  }
  const contrast = (behind ** 0.65 - ink ** 0.62) * 1.14;
  return contrast > -0.1 ? 0 : (contrast + 0.027) * 100;
}
