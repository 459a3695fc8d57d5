/** The parsers that there are, and films, which are known and not taken. */
export type MediaKind = 'picture' | 'sound' | 'pdf' | 'word' | 'text' | 'film';

const ascii = (bytes: Uint8Array, start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));

/** Brands of ISO media files that hold a still picture. */
const stillBrands = ['avif', 'avis', 'heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

/** Told from the first bytes; null for none of them, which leaves text. */
export function nameKind(bytes: Uint8Array): MediaKind | null {
  const start = ascii(bytes, 0, 16);
  if (start.startsWith('\x89PNG\r\n\x1a\n') || start.startsWith('\xff\xd8\xff')) return 'picture';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'picture';
  if (start.startsWith('RIFF')) return nameRiff(start.slice(8, 12));
  if (start.slice(4, 8) === 'ftyp') return nameIso(start.slice(8, 12));
  if (start.startsWith('fLaC') || start.startsWith('OggS') || start.startsWith('ID3') || isFrameOfLayerIII(bytes))
    return 'sound';
  if (start.startsWith('\x1a\x45\xdf\xa3')) return 'film';
  if (ascii(bytes, 0, 1024).includes('%PDF-')) return 'pdf';
  return start.startsWith('PK\x03\x04') ? 'word' : null;
}

function nameRiff(form: string): MediaKind | null {
  if (form === 'WEBP') return 'picture';
  if (form === 'WAVE') return 'sound';
  return form === 'AVI ' ? 'film' : null;
}

function nameIso(brand: string): MediaKind {
  // Whether another one holds a film or a sound alone stands in its tracks.
  return stillBrands.includes(brand) ? 'picture' : 'sound';
}

/** Eleven bits of a mark, then a layer and rates that exist. */
function isFrameOfLayerIII([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xe6) === 0xe2 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
}
