import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isStudioError } from '../../contract/errors.ts';
import { objectHashSchema } from '../../contract/identifiers.ts';
import type { Studio } from '../../studio/create-studio.ts';
import { parseByteRange } from './byte-range.ts';
import { OBJECT_SECURITY_POLICY } from './security-headers.ts';

/** Content of an address that names its bytes never changes. */
const FOR_EVER = 'private, max-age=31536000, immutable';
/** What a browser may show or play by itself. Everything else, SVG above all, is a download when it is opened outside of the page. */
const INLINE_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/avif',
  'audio/wav',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/flac',
];

/** `/assets/<sha256>` and `/previews/<name>`. Only hashes that a row names are served; no part of the address becomes a path. */
export function addObjectRoutes(server: FastifyInstance, { context, previews }: Studio): void {
  const { library } = context;

  async function serveObject(
    request: FastifyRequest<{ Params: { hash: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const parsed = objectHashSchema.safeParse(request.params.hash);
    const object = parsed.success ? library.objects.describe(parsed.data) : null;
    if (object === null) return reply.code(404).send('not found');
    const { hash, mediaType, sizeBytes } = object;
    void reply.headers({
      'content-type': mediaType,
      'cache-control': FOR_EVER,
      etag: `"${hash}"`,
      'accept-ranges': 'bytes',
      'content-security-policy': OBJECT_SECURITY_POLICY,
      'content-disposition': INLINE_TYPES.includes(mediaType) ? 'inline' : 'attachment',
    });
    if (request.headers['if-none-match'] === `"${hash}"`) return reply.code(304).send();
    const range = parseByteRange(request.headers.range, sizeBytes);
    if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send();
    const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
    if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${sizeBytes}`);
    void reply.header('content-length', end - start + 1);
    // Fastify would set the length of an answer without a body to 0.
    if (request.method === 'HEAD') return reply.send(Readable.from([]));
    try {
      return reply.send(await library.store.openStream(hash, { start, end }));
    } catch (error) {
      if (isStudioError(error) && error.code === 'library.objectMissing')
        return reply.code(404).removeHeader('cache-control').removeHeader('content-length').send('not found');
      throw error;
    }
  }

  server.get<{ Params: { hash: string } }>('/assets/:hash', (request, reply) => serveObject(request, reply));
  server.get<{ Params: { name: string } }>('/previews/:name', async (request, reply) => {
    const preview = await previews.get(request.params.name);
    if (preview === null) return reply.code(404).send('not found');
    return reply
      .headers({
        'content-type': preview.contentType,
        'cache-control': 'private, no-store',
        'content-security-policy': OBJECT_SECURITY_POLICY,
      })
      .send(preview.bytes);
  });
}
