import type { Region } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';

/** What is drawn as one sign, a letter with its marks or a ligature, and the tight box around its ink. */
export type Letter = { readonly sign: string; readonly box: Region };

/** One text as a template set it. Pixels of the finished picture. */
export type TextBlock = {
  readonly role: 'headline' | 'body' | 'callToAction' | 'legal';
  readonly text: string;
  /** The lines as they were broken. */
  readonly lines: readonly string[];
  /** Tight boxes around the ink of each line. */
  readonly boxes: readonly Region[];
  /** The letters of each line, in the order of `boxes`. */
  readonly letters: readonly (readonly Letter[])[];
  readonly colour: string;
  readonly sizePx: number;
  /** Smallest size that the kit allows in this picture. */
  readonly minSizePx: number;
  /** The size at which the text fits its place, as a share of `minSizePx`; under 1 it was set smaller than allowed, and never clipped. */
  readonly fitRatio: number;
  /** Characters that the font has no sign for, or whose script the template cannot set. */
  readonly unsettable: readonly string[];
};

/** The logo as a template placed it. `ink` is its coverage, one byte a pixel over `box`, row by row. */
export type LogoPlacement = {
  readonly name: string;
  readonly file: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly ink: Uint8Array;
  /** Smallest width that the kit allows in this picture. */
  readonly minWidthPx: number;
  /** Room that the kit wants on every side, and the room that there is. */
  readonly clearSpacePx: number;
  readonly freeSpacePx: number;
};

export type PictureLayout = { readonly texts: readonly TextBlock[]; readonly logo: LogoPlacement | null };

/**
 * A composed picture: the finished pixels, and the pixels behind type and logo. Whatever a template draws that is neither text nor logo (panels, veils, buttons, lines)
 * belongs to both, so that what differs between them is type and logo.
 */
export type ComposedPixels = { readonly finished: Raster; readonly backdrop: Raster; readonly layout: PictureLayout };

/** What the checks judge: `delivered` are the pixels of the file as it is, which nobody says are still those that were composed. */
export type JudgedPixels = ComposedPixels & { readonly delivered: Raster };

/** The smallest box around some boxes. */
export function uniteRegions(boxes: readonly Region[]): Region | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Largest difference of a channel between two pictures at a byte position, 0 to 255. */
export function channelStep(one: Uint8Array, other: Uint8Array, at: number): number {
  const red = Math.abs((one[at] ?? 0) - (other[at] ?? 0));
  const green = Math.abs((one[at + 1] ?? 0) - (other[at + 1] ?? 0));
  const blue = Math.abs((one[at + 2] ?? 0) - (other[at + 2] ?? 0));
  return red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
}
