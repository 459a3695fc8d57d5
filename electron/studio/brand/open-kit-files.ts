import sharp from 'sharp';
import decodeWoff2 from 'woff2-encoder/decompress';
import type { BrandKit } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import { listTypefaces } from '../../domain/brand/parse-kit.ts';
import { loadKitContent } from '../compose/kit-content.ts';
import { loadFont } from '../compose/load-font.ts';
import { refuseKitFile } from '../compose/refuse-kit-file.ts';

const MAX_REFERENCE_PIXELS = 100_000_000;
/** The unpacked size that a WOFF2 file announces is believed up to here. */
const MAX_FONT_BYTES = 80 * 1024 * 1024;

/**
 * Reads fonts, logos and references as a picture would, so that what cannot be drawn is refused now and not in the middle of a batch.
 * Returns the bytes to keep: WOFF2 fonts unpacked to the OpenType font inside, all else as it came.
 * @throws brand.fileMissing, brand.invalid naming the field
 */
export async function openKitFiles(
  kit: BrandKit,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const opened = new Map(files);
  for (const { face, field } of listTypefaces(kit)) {
    const bytes = opened.get(face.file);
    if (bytes) opened.set(face.file, await unpackFont(bytes, face.file, `${field}.file`));
  }
  await loadKitContent(kit, opened);
  for (const [index, face] of kit.type.fallbacks.entries()) {
    const field = `type.fallbacks[${index}].file`;
    loadFont(getFile(opened, face.file, field), face.file, field);
  }
  for (const [index, file] of kit.style.references.entries()) {
    const field = `style.references[${index}]`;
    await readReference(getFile(opened, file, field), file, field);
  }
  return opened;
}

function getFile(files: ReadonlyMap<string, Uint8Array>, file: string, field: string): Uint8Array {
  const bytes = files.get(file);
  if (bytes) return bytes;
  throw new StudioError('brand.fileMissing', `The kit names ${file} (${field}), which is not there.`, { file, field });
}

function isWoff2(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'wOF2';
}

/** The OpenType font inside a WOFF2 file; other fonts as they are. @throws brand.invalid */
export async function unpackFont(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  if (!isWoff2(bytes)) return bytes;
  const expected = 'a TrueType, OpenType, WOFF or WOFF2 font';
  // Bytes 16 to 19 of the header: size of the font inside.
  const announced = bytes.length < 48 ? 0 : Buffer.from(bytes).readUInt32BE(16);
  if (announced === 0) refuseKitFile(file, field, 'the font is cut off', expected);
  if (announced > MAX_FONT_BYTES)
    refuseKitFile(file, field, `the font unpacks to ${Math.ceil(announced / 1024 ** 2)} MiB`, 'at most 80 MiB');
  try {
    return new Uint8Array(await decodeWoff2(bytes));
  } catch (cause) {
    return refuseKitFile(file, field, 'the font is damaged and cannot be unpacked', expected, cause);
  }
}

async function readReference(bytes: Uint8Array, file: string, field: string): Promise<void> {
  const expected = 'a whole PNG, JPEG or WebP picture of at most 100 million pixels';
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_REFERENCE_PIXELS, failOn: 'error' });
    const { format } = await picture.metadata();
    if (!['png', 'jpeg', 'webp'].includes(format)) throw new TypeError(`the format is ${format}`);
    await picture.resize(64, 64, { fit: 'inside' }).raw().toBuffer();
  } catch (cause) {
    refuseKitFile(file, field, 'the picture is damaged, too large or of another kind', expected, cause);
  }
}
