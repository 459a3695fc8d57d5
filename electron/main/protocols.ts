import { open } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { respondWithFile } from './file-response.ts';

/** The page itself: `app://studio/`. Its pictures: `asset://library/<sha256>` and `asset://preview/<name>`. */
export const APP_ORIGIN = 'app://studio';

const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };

/** The page may load its own files and the library's pictures, and nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' asset: blob: data:",
  "font-src 'self' asset:",
  'media-src asset:',
  "connect-src 'self' asset:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Must run before the app is ready, and once. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges },
    { scheme: 'asset', privileges: { ...privileges, corsEnabled: true } },
  ]);
}

/** Tells what an object is from its first bytes: objects have no names. Anything that is not a known picture, font or sound is a download. */
export async function sniffContentType(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(16);
    await handle.read(head, 0, 16, 0);
    if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
    if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
    if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
    if (head.toString('latin1', 0, 4) === 'wOFF') return 'font/woff';
    if (head.toString('latin1', 0, 4) === 'wOF2') return 'font/woff2';
    if (head.toString('latin1', 0, 4) === 'OTTO') return 'font/otf';
    if (head.readUInt32BE(0) === 0x00010000) return 'font/ttf';
    return sniffSound(head) ?? 'application/octet-stream';
  } finally {
    await handle.close();
  }
}

function sniffSound(head: Buffer): string | null {
  const start = head.toString('latin1');
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WAVE') return 'audio/wav';
  if (start.startsWith('fLaC')) return 'audio/flac';
  if (start.startsWith('OggS')) return 'audio/ogg';
  if (/^ftyp(M4A |M4B |isom|mp42)/.test(start.slice(4, 12))) return 'audio/mp4';
  return start.startsWith('ID3') || /^\xff[\xfb\xfa\xf3\xf2]/.test(start) ? 'audio/mpeg' : null;
}

async function servePage(request: Request, pageFolder: string): Promise<Response> {
  const url = new URL(request.url);
  if (url.host !== 'studio') return new Response('not found', { status: 404 });
  const path = decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname);
  const file = normalize(join(pageFolder, path));
  const contentType = pageTypes[extname(file)];
  if (!file.startsWith(pageFolder + sep) || !contentType || path.includes('\0'))
    return new Response('not found', { status: 404 });
  return respondWithFile(request, file, {
    'content-type': contentType,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  });
}

async function serveObject(request: Request, libraryFolder: string): Promise<Response> {
  const hash = new URL(request.url).pathname.slice(1);
  if (!/^[0-9a-f]{64}$/.test(hash)) return new Response('not found', { status: 404 });
  const file = join(libraryFolder, 'objects', hash.slice(0, 2), hash.slice(2));
  const contentType = await sniffContentType(file).catch(() => null);
  if (contentType === null) return new Response('not found', { status: 404 });
  const attachment: Record<string, string> =
    contentType === 'application/octet-stream' ? { 'content-disposition': 'attachment' } : {};
  return respondWithFile(request, file, {
    ...attachment,
    'content-type': contentType,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': APP_ORIGIN,
  });
}

export interface ProtocolSources {
  readonly pageFolder: string;
  readonly libraryFolder: () => string;
  /** The bytes of a preview of a picture that is forming (WebP or PNG), or null when it is gone. */
  readonly preview: (name: string) => Promise<Uint8Array | null>;
}

async function servePreview(request: Request, preview: ProtocolSources['preview']): Promise<Response> {
  const name = new URL(request.url).pathname.slice(1);
  const bytes = /^[\w.-]{1,100}$/.test(name) ? await preview(name) : null;
  if (!bytes) return new Response('not found', { status: 404 });
  const isPng = bytes[0] === 0x89;
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': isPng ? 'image/png' : 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

/** Serves both schemes. Objects are addressed by hash alone, so no path ever comes from the page. */
export function handleProtocols(sources: ProtocolSources): void {
  protocol.handle('app', (request) => servePage(request, sources.pageFolder));
  protocol.handle('asset', (request) =>
    new URL(request.url).host === 'preview'
      ? servePreview(request, sources.preview)
      : serveObject(request, sources.libraryFolder()),
  );
}
