/** The mark, the head of a block and the first block, which holds what the sound is. */
const STREAM_INFO_AT = 8;
const STREAM_INFO_BYTES = 34;

/**
 * Length of a FLAC as its head says it; null for other files, 0 where the head is cut off or does not say. Its frames are not looked at: a parser that seeks the last one in a file without
 * any does not come back.
 */
export function readFlacSeconds(bytes: Uint8Array): number | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 4).equals(Buffer.from('fLaC'))) return null;
  // A file that ends with its head holds no sound.
  if (file.length <= STREAM_INFO_AT + STREAM_INFO_BYTES) return 0;
  const rate = file.readUIntBE(STREAM_INFO_AT + 10, 3) >>> 4;
  const samples = (file.readUInt8(STREAM_INFO_AT + 13) & 0x0f) * 2 ** 32 + file.readUInt32BE(STREAM_INFO_AT + 14);
  return rate === 0 ? 0 : samples / rate;
}
