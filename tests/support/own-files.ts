import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';

/** A JPEG of 30 x 20 pixels that was held sideways, with a camera, an artist and a place in its EXIF. */
export function makePhotograph(seed = 0): Promise<Buffer> {
  return sharp({ create: { width: 30, height: 20, channels: 3, background: { r: 200, g: (80 + seed) % 256, b: 40 } } })
    .withExif({
      IFD0: { Make: 'Secret Camera', Artist: 'Somebody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

/** 16-bit mono at 8 kHz: a tone. */
export function makeWav(seconds: number): Buffer {
  const rate = 8000;
  const samples = Math.round(rate * seconds);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples * 2, 40);
  const tone = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at += 1) tone.writeInt16LE(Math.round(8000 * Math.sin(at / 4)), at * 2);
  return Buffer.concat([head, tone]);
}

/** Paragraphs as they stand in XML. */
export function makeWordDocument(paragraphs: readonly string[]): Buffer {
  const runs = paragraphs.map((text) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`).join('');
  return makeZip(
    'word/document.xml',
    Buffer.from(`<?xml version="1.0"?><w:document><w:body>${runs}</w:body></w:document>`),
  );
}

/** An archive of one entry, packed. */
export function makeZip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const named = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(named.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, named, packed]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, Buffer.alloc(14), named]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}
