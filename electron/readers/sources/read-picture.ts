import sharp from 'sharp';
import { clusterColours } from '../../domain/brand/cluster-colours.ts';
import { makeColour } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import { nameFile } from './read-logo.ts';
import { refuseSource } from './refuse-source.ts';

const MAX_PIXELS = 100_000_000;
/** Colours are drawn from a picture of this long edge: grain and small things do not make a palette. */
const EDGE_PX = 96;
const MAX_COLOURS = 6;
/** A picture of which at least this share is transparent is taken for a logo. */
const LOGO_TRANSPARENCY = 0.15;

/** The main colours of a picture with the share that each fills. A PNG with much transparency is a logo, every other picture a style reference. */
export async function readPicture(bytes: Uint8Array, file: string): Promise<NewFinding[]> {
  const expected = 'a whole PNG, JPEG or WebP picture of at most 100 million pixels';
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .resize(EDGE_PX, EDGE_PX, { fit: 'inside' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const pixels: [number, number, number][] = [];
    for (let at = 0; at < data.length; at += info.channels)
      if ((data[at + 3] ?? 0) >= 128) pixels.push([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]);
    const isLogo = /\.png$/i.test(file) && pixels.length < info.width * info.height * (1 - LOGO_TRANSPARENCY);
    const source = (place: string) => ({ file, place });
    const colours = clusterColours(pixels, MAX_COLOURS).map(({ hex, share }) =>
      makeColour('', hex, source(`${Math.round(share * 100)} % of the picture`), { share }),
    );
    return [
      isLogo
        ? { kind: 'logo', name: nameFile(file), file, on: 'any', source: source('the picture') }
        : { kind: 'reference', file, source: source('the picture') },
      ...colours,
    ];
  } catch (cause) {
    return refuseSource(file, 'the picture is damaged, too large or of another kind', expected, cause);
  }
}
