import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { authorisation } from '../../contract/authorisation.ts';
import { isStudioError } from '../../contract/errors.ts';
import { MAX_IMPORT_BYTES } from '../../contract/media.ts';
import { isAllowed } from '../../contract/role.ts';
import type { Studio } from '../../studio/create-studio.ts';
import { keepUpload } from '../../studio/media/keep-upload.ts';
import type { Connection } from '../../studio/people/caller.ts';

/** A large file over a slow line. */
const UPLOAD_TIMEOUT_MS = 30 * 60_000;

/**
 * `POST /uploads`: the bytes of one file as they are; the answer holds the hash that `media.import` is then given. Whoever may call that may send. The bytes go to the disk as they come
 * and end at the limit.
 */
export function addUploadRoutes(
  server: FastifyInstance,
  { context }: Studio,
  findConnection: (request: IncomingMessage) => Connection | null,
): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
    scope.post('/uploads', { bodyLimit: MAX_IMPORT_BYTES }, async (request, reply) => {
      const connection = findConnection(request.raw);
      if (connection === null || !isAllowed(connection.role, authorisation.media.import))
        return reply.code(403).send({ reason: 'this role may not bring in files' });
      request.raw.setTimeout(UPLOAD_TIMEOUT_MS);
      try {
        const hash = await keepUpload(context.library, request.body as AsyncIterable<Uint8Array>);
        return await reply.code(201).send({ hash });
      } catch (error) {
        if (!isStudioError(error)) throw error;
        const status = refusals[error.code];
        if (status === undefined) throw error;
        return reply.code(status).header('connection', 'close').send({ reason: error.message });
      }
    });
  });
}

const refusals: Readonly<Record<string, number>> = {
  'library.unsupportedFile': 413,
  'library.diskFull': 507,
  'library.readOnly': 409,
};
