const signatures: readonly { readonly mediaType: string; readonly bytes: readonly number[]; readonly at?: number }[] = [
  { mediaType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/webp', bytes: [0x57, 0x45, 0x42, 0x50], at: 8 },
  { mediaType: 'font/woff', bytes: [0x77, 0x4f, 0x46, 0x46] },
  { mediaType: 'font/woff2', bytes: [0x77, 0x4f, 0x46, 0x32] },
  { mediaType: 'font/otf', bytes: [0x4f, 0x54, 0x54, 0x4f] },
  { mediaType: 'font/ttf', bytes: [0x00, 0x01, 0x00, 0x00] },
  { mediaType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'audio/wav', bytes: [0x57, 0x41, 0x56, 0x45], at: 8 },
  { mediaType: 'audio/flac', bytes: [0x66, 0x4c, 0x61, 0x43] },
  { mediaType: 'audio/ogg', bytes: [0x4f, 0x67, 0x67, 0x53] },
  // Films are not taken in, so what is of these brands is a sound.
  ...['M4A ', 'M4B ', 'isom', 'mp42'].map((brand) => ({
    mediaType: 'audio/mp4',
    bytes: [...Buffer.from(`ftyp${brand}`)],
    at: 4,
  })),
  { mediaType: 'audio/mpeg', bytes: [0x49, 0x44, 0x33] },
  // The head of a frame of layer III without a tag before it: MPEG 1 and 2, with and without a checksum.
  ...[0xfb, 0xfa, 0xf3, 0xf2].map((second) => ({ mediaType: 'audio/mpeg', bytes: [0xff, second] })),
];

/** How many bytes from the start `detectMediaType` wants. */
export const MEDIA_TYPE_BYTES = 1024;

/** Told from the content, never from a name: a file must not choose how a browser treats it. */
export function detectMediaType(start: Uint8Array): string {
  for (const { mediaType, bytes, at = 0 } of signatures) {
    if (bytes.every((byte, index) => start[at + index] === byte)) {
      return mediaType;
    }
  }
  const text = new TextDecoder().decode(start).trimStart();
  return text.startsWith('<svg') || (text.startsWith('<') && /<svg[\s>]/.test(text))
    ? 'image/svg+xml'
    : 'application/octet-stream';
}
