import decodeWoff2 from 'woff2-encoder/decompress';
import { openFace } from './font-face.ts';
import { loadFont } from './load-font.ts';
import { refuseKitFile } from './refuse-kit-file.ts';
import { unwrapWoff } from './unwrap-woff.ts';

/** The unpacked size that a WOFF2 file announces is believed up to here. */
const MAX_FONT_BYTES = 80 * 1024 * 1024;
const EXPECTED = 'a TrueType, OpenType, WOFF or WOFF2 font';

/** Reads a font as a picture would and returns the plain OpenType font inside. @throws brand.invalid naming the field */
export async function openFont(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  const plain = unwrap(await unpackFont(bytes, file, field), file, field);
  loadFont(plain, file, field);
  try {
    openFace(plain).shape('Hamburgefonstiv 0123', 0, 20, false, true);
  } catch (cause) {
    refuseKitFile(file, field, 'the font is damaged and cannot set a line', EXPECTED, cause);
  }
  return plain;
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
