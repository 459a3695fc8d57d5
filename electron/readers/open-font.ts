import decodeWoff2 from 'woff2-encoder/decompress';
import { openFace } from './font-face.ts';
import { assertFont, loadFont } from './load-font.ts';
import { refuseKitFile } from './refuse-kit-file.ts';
import { rewriteFont } from './rewrite-font.ts';
import { unwrapWoff } from './unwrap-woff.ts';

/** The unpacked size that a WOFF2 file announces is believed up to here. */
const MAX_FONT_BYTES = 80 * 1024 * 1024;
const EXPECTED = 'a TrueType, OpenType, WOFF or WOFF2 font';

/** Reads a font as a picture would and returns it as a plain OpenType font, made anew. @throws brand.invalid naming the field */
export async function openFont(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  const unpacked = unwrap(await unpackFont(bytes, file, field), file, field);
  assertFont(unpacked, file, field);
  const plain = rewrite(unpacked, file, field);
  loadFont(plain, file, field);
  try {
    const face = openFace(plain);
    face.shape('Hamburgefonstiv 0123', 0, 20, false, true);
    face.assertOutlines();
  } catch (cause) {
    refuseKitFile(file, field, 'the font is damaged and cannot set a line', EXPECTED, cause);
  }
  return plain;
}

function rewrite(bytes: Uint8Array, file: string, field: string): Uint8Array {
  try {
    return rewriteFont(bytes);
  } catch (cause) {
    const reason = cause instanceof RangeError && /^(the|a) /.test(cause.message) ? cause.message : 'it is cut off';
    return refuseKitFile(file, field, `the font is damaged: ${reason}`, EXPECTED, cause);
  }
}

function unwrap(bytes: Uint8Array, file: string, field: string): Uint8Array {
  try {
    return unwrapWoff(bytes);
  } catch (cause) {
    return refuseKitFile(file, field, 'the font is damaged and cannot be unpacked', EXPECTED, cause);
  }
}

function isWoff2(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'wOF2';
}

/** The OpenType font inside a WOFF2 file; other fonts as they are. @throws brand.invalid */
async function unpackFont(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  if (!isWoff2(bytes)) return bytes;
  // Bytes 16 to 19 of the header: size of the font inside.
  const announced = bytes.length < 48 ? 0 : Buffer.from(bytes).readUInt32BE(16);
  if (announced === 0) refuseKitFile(file, field, 'the font is cut off', EXPECTED);
  if (announced > MAX_FONT_BYTES)
    refuseKitFile(file, field, `the font unpacks to ${Math.ceil(announced / 1024 ** 2)} MiB`, 'at most 80 MiB');
  try {
    return new Uint8Array(await decodeWoff2(bytes));
  } catch (cause) {
    return refuseKitFile(file, field, 'the font is damaged and cannot be unpacked', EXPECTED, cause);
  }
}
