import sharp from 'sharp';
import { StudioError } from '../contract/errors.ts';
import { measureSvg, renderSvg } from './render-svg.ts';
import { refuseKitFile } from './refuse-kit-file.ts';
import { rewriteSvg } from './rewrite-svg.ts';
import { sanitiseSvg } from './sanitise-svg.ts';

/** Wider or taller than this no logo is meant to be used in a picture. */
const MAX_ASPECT = 20;
const MAX_PNG_PIXELS = 40_000_000;
/** Above this the time for packing counts more than the room. */
const LARGE_PNG_PIXELS = 4_000_000;
const PNG_MAGIC = '89504e470d0a1a0a';
/** As wide as a logo stands in a large picture: what can be drawn at this width can be drawn in a batch. */
const TRIAL_WIDTH_PX = 1024;

export function isPng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString('hex') === PNG_MAGIC;
}

/** Reads a logo, SVG or PNG by its content, and draws it once. Returns it made anew in its plain form. @throws brand.invalid naming the field */
export async function openLogo(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  return isPng(bytes) ? openPng(bytes, file, field) : openSvg(bytes, file, field);
}

export function assertAspect(width: number, height: number, file: string, field: string): number {
  const aspect = width / height;
  if (!(aspect >= 1 / MAX_ASPECT && aspect <= MAX_ASPECT))
    refuseKitFile(
      file,
      field,
      `the logo measures ${width} x ${height}`,
      `a logo at most ${MAX_ASPECT} times as long as wide`,
    );
  return aspect;
}

/** Width, height and straight RGBA of a PNG logo. @throws brand.invalid */
export async function readPngLogo(
  bytes: Uint8Array,
  file: string,
  field: string,
): Promise<{ readonly width: number; readonly height: number; readonly rgba: Uint8Array }> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PNG_PIXELS, failOn: 'error' })
      .ensureAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
  } catch (cause) {
    return refuseKitFile(
      file,
      field,
      'the picture is damaged or too large',
      `a PNG of at most ${MAX_PNG_PIXELS / 1_000_000} million pixels`,
      cause,
    );
  }
}

/** Pixels and nothing else: no profile, no words, no time. The same pixels give the same bytes. */
async function openPng(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  const { width, height, rgba } = await readPngLogo(bytes, file, field);
  assertAspect(width, height, file, field);
  const compressionLevel = width * height > LARGE_PNG_PIXELS ? 1 : 6;
  return new Uint8Array(
    await sharp(rgba, { raw: { width, height, channels: 4 } })
      .png({ compressionLevel })
      .toBuffer(),
  );
}

function openSvg(bytes: Uint8Array, file: string, field: string): Uint8Array {
  const svg = sanitiseSvg(bytes, file, field);
  try {
    const plain = rewriteSvg(svg, file, field);
    const { width, height } = measureSvg(plain);
    assertAspect(width, height, file, field);
    renderSvg(plain, TRIAL_WIDTH_PX);
    return new TextEncoder().encode(plain);
  } catch (cause) {
    return refuseDrawing(cause, file, field);
  }
}

/** What the renderer said of a drawing becomes a refusal that names the field; a refusal stays as it is. */
export function refuseDrawing(cause: unknown, file: string, field: string): never {
  if (cause instanceof StudioError) throw cause;
  return refuseKitFile(
    file,
    field,
    'the drawing cannot be read',
    'a well-formed SVG with a width and height or a view box',
    cause,
  );
}
