import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Parses one `Range: bytes=` header (RFC 9110, section 14). Returns null for no usable range, 'unsatisfiable' for one outside the file. */
export function parseRange(header: string | null, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return start > end || start >= sizeBytes ? 'unsatisfiable' : { start, end };
}

/** Answers a request with a file, whole or by range. A file that is not there is a 404. */
export async function respondWithFile(
  request: Request,
  file: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const stats = await stat(file).catch(() => null);
  if (!stats?.isFile()) return new Response('not found', { status: 404 });
  const range = parseRange(request.headers.get('range'), stats.size);
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${stats.size}` } });
  const { start, end } = range ?? { start: 0, end: Math.max(0, stats.size - 1) };
  const lengthBytes = stats.size === 0 ? 0 : end - start + 1;
  const partial: Record<string, string> = range ? { 'content-range': `bytes ${start}-${end}/${stats.size}` } : {};
  const body =
    request.method === 'HEAD' || lengthBytes === 0 ? null : Readable.toWeb(createReadStream(file, { start, end }));
  return new Response(body as ReadableStream<Uint8Array> | null, {
    status: range ? 206 : 200,
    headers: { ...headers, ...partial, 'accept-ranges': 'bytes', 'content-length': String(lengthBytes) },
  });
}
