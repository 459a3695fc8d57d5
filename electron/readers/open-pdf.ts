import { getDocumentProxy } from 'unpdf';

export type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
export type OpenedPdf =
  | { readonly kind: 'open'; readonly pdf: Pdf }
  /** `locked` asks for a password; `restricted` opens without one and forbids to read it. */
  | { readonly kind: 'locked' | 'restricted' | 'damaged'; readonly cause?: unknown };

export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/** Scripts, links, attachments and forms of the PDF are not touched. Whoever opens it cleans it up. */
export async function openPdf(bytes: Uint8Array): Promise<OpenedPdf> {
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), {
      // Nothing is fetched: no fonts of the system, no tables from elsewhere. Scripts of a PDF run in viewers only, and this is none.
      useSystemFonts: false,
      disableFontFace: true,
      stopAtErrors: false,
      verbosity: 0,
    });
    const { info } = await pdf.getMetadata();
    return 'EncryptFilterName' in info && info.EncryptFilterName !== null
      ? { kind: 'restricted' }
      : { kind: 'open', pdf };
  } catch (cause) {
    return { kind: cause instanceof Error && cause.name === 'PasswordException' ? 'locked' : 'damaged', cause };
  }
}
