/** Red, green and blue from 0 to 255, as in a picture. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** CIE L*a*b* for the D65 white: lightness 0 to 100, then the two colour axes. */
export type Lab = readonly [lightness: number, a: number, b: number];

export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function formatHex(colour: Rgb): string {
  return `#${colour
    .map((channel) =>
      Math.max(0, Math.min(255, Math.round(channel)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Linear light 0 to 1 of an sRGB channel value 0 to 255 (IEC 61966-2-1). */
export function linearise(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light of each of the 256 channel values. */
export const linearLight: Float64Array = Float64Array.from({ length: 256 }, (_, channel) => linearise(channel));

/** Most colours have whole channels, whose light is known. */
const lightOf = (channel: number) => linearLight[channel] ?? linearise(channel);

const DELTA = 6 / 29;
const bend = (value: number) => (value > DELTA ** 3 ? Math.cbrt(value) : value / (3 * DELTA ** 2) + 4 / 29);

/** sRGB to CIE L*a*b* by CIE 15 with the D65 white of sRGB. */
export function toLab([red, green, blue]: Rgb): Lab {
  const r = lightOf(red);
  const g = lightOf(green);
  const b = lightOf(blue);
  const x = bend((0.4123907993 * r + 0.3575843394 * g + 0.1804807884 * b) / 0.9504559271);
  const y = bend(0.2126390059 * r + 0.7151686788 * g + 0.0721923154 * b);
  const z = bend((0.0193308187 * r + 0.1191947798 * g + 0.9505321522 * b) / 1.0890577508);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Relative luminance 0 to 1 as WCAG 2.2 defines it. */
export function toLuminance([red, green, blue]: Rgb): number {
  return 0.2126 * lightOf(red) + 0.7152 * lightOf(green) + 0.0722 * lightOf(blue);
}

/** WCAG 2.2 contrast ratio, 1 to 21, of two relative luminances. */
export function contrastRatio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
