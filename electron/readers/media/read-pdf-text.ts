import { openPdf } from '../open-pdf.ts';
import type { Pdf } from '../open-pdf.ts';
import { MAX_DOCUMENT_TEXT } from './media-file.ts';
import type { MediaFile } from './media-file.ts';
import { refuseMedia } from './refuse-media.ts';

/** Pages beyond are kept and counted; a search does not find their words. */
const MAX_READ_PAGES = 400;
/** Text of a page beyond this is no document's. */
const MAX_ITEMS = 20_000;

/** The words of a PDF and its number of pages. One of pictures alone has no words and is taken all the same. @throws library.unsupportedFile naming the file */
export async function readPdfText(bytes: Uint8Array, name: string): Promise<MediaFile> {
  const opened = await openPdf(bytes);
  if (opened.kind === 'damaged') return refuseMedia(name, 'the PDF is damaged and cannot be read', opened.cause);
  if (opened.kind !== 'open')
    return refuseMedia(name, 'the PDF is encrypted; save it without a password', opened.cause);
  const { pdf } = opened;
  try {
    const pages: string[] = [];
    let length = 0;
    for (let number = 1; number <= Math.min(pdf.numPages, MAX_READ_PAGES) && length < MAX_DOCUMENT_TEXT; number++) {
      const text = await readPage(pdf, number);
      pages.push(text);
      length += text.length + 2;
    }
    const text = pages.join('\n\n').trim().slice(0, MAX_DOCUMENT_TEXT);
    return { medium: 'document', mediaType: 'application/pdf', pages: pdf.numPages, text };
  } catch (cause) {
    return refuseMedia(name, 'the PDF is damaged and cannot be read', cause);
  } finally {
    await pdf.cleanup();
  }
}

async function readPage(pdf: Pdf, number: number): Promise<string> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  let text = '';
  for (const item of items.slice(0, MAX_ITEMS)) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
  page.cleanup();
  return text.replaceAll('\0', '');
}
