export type DecodedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly line: number | null; readonly reason: string; readonly expected: string };

const EXPECTED = 'a text file saved as UTF-8';

function refuse(line: number | null, reason: string): DecodedText {
  return { kind: 'refused', line, reason, expected: EXPECTED };
}

/** Says which encoding a file without UTF-16 mark is likely to have when every other byte is zero. */
function guessWideEncoding(bytes: Uint8Array): string | null {
  const seen = Math.min(bytes.length, 400);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < seen; index++) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) evenZeros++;
    else oddZeros++;
  }
  if (oddZeros > seen * 0.3) return 'UTF-16 (little endian)';
  if (evenZeros > seen * 0.3) return 'UTF-16 (big endian)';
  return null;
}

/** Length of the well-formed UTF-8 sequence at `at`, or 0. Follows the table of well-formed sequences in the Unicode standard (3.9). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const continues = (offset: number) => ((bytes[at + offset] ?? 0) & 0xc0) === 0x80;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  if (length === 1) return byte(0);
  if (length === 2) return ((byte(0) & 0x1f) << 6) | (byte(1) & 0x3f);
  if (length === 3) return ((byte(0) & 0x0f) << 12) | ((byte(1) & 0x3f) << 6) | (byte(2) & 0x3f);
  return ((byte(0) & 0x07) << 18) | ((byte(1) & 0x3f) << 12) | ((byte(2) & 0x3f) << 6) | (byte(3) & 0x3f);
}

/** Decodes UTF-8 strictly; a byte order mark is dropped. What is refused names the encoding it looks like and the line of the first wrong byte. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return refuse(null, 'the file is encoded as UTF-16 (little endian)');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return refuse(null, 'the file is encoded as UTF-16 (big endian)');
  const wide = guessWideEncoding(bytes);
  if (wide !== null) return refuse(null, `the file looks as if it is encoded as ${wide}`);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const parts: string[] = [];
  let pending: number[] = [];
  let line = 1;
  for (let at = hasMark ? 3 : 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      const hex = (bytes[at] ?? 0).toString(16).padStart(2, '0');
      return refuse(line, `byte 0x${hex} is not UTF-8; the file looks as if it is encoded as Latin-1 or Windows-1252`);
    }
    const codePoint = codePointAt(bytes, at, length);
    if (codePoint === 0) return refuse(line, 'the file holds zero bytes, so it is not text');
    if (codePoint === 10) line++;
    pending.push(codePoint);
    if (pending.length === 4096) {
      parts.push(String.fromCodePoint(...pending));
      pending = [];
    }
    at += length;
  }
  parts.push(String.fromCodePoint(...pending));
  return { kind: 'text', text: parts.join('') };
}
