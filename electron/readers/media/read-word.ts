import { MAX_DOCUMENT_TEXT } from './media-file.ts';
import type { MediaFile } from './media-file.ts';
import { refuseMedia } from './refuse-media.ts';
import { readZipEntry } from './zip-entry.ts';

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Runs of text, tabs, breaks and ends of paragraphs; everything else is form. */
const part = /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:(tab|br|cr)\b[^>]*\/>|<\/w:(p)>/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The words of a Word document (DOCX). @throws library.unsupportedFile naming the file */
export function readWord(bytes: Uint8Array, name: string): MediaFile {
  let xml: Buffer | null;
  try {
    xml = readZipEntry(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'word/document.xml');
  } catch (cause) {
    return refuseMedia(name, 'it is a damaged archive or document', cause);
  }
  if (xml === null) return refuseMedia(name, 'it is an archive and no Word document; unpack it and bring in its files');
  return { medium: 'document', mediaType: MEDIA_TYPE, pages: null, text: findWords(xml.toString('utf8')) };
}

function findWords(xml: string): string {
  let text = '';
  for (const [, run, blank] of xml.matchAll(part)) {
    if (text.length >= MAX_DOCUMENT_TEXT) break;
    if (run !== undefined) text += decodeEntities(run);
    else text += blank === 'tab' ? '\t' : '\n';
  }
  return text.trim().slice(0, MAX_DOCUMENT_TEXT);
}

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, named) => {
    if (named !== undefined) return entities[String(named)] ?? whole;
    const point = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
