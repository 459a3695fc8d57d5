import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { isStudioError } from '../../contract/errors.ts';
import { deliveryIdSchema } from '../../contract/identifiers.ts';
import type { Studio } from '../../studio/create-studio.ts';
import { findDelivery } from '../../studio/deliver/find-delivery.ts';
import { zipFolder } from '../../studio/deliver/zip-folder.ts';

/** `/deliveries/<id>.zip`: an export as one file, for who does not sit at the machine that wrote it. No part of the address becomes a path. */
export function addDeliveryRoutes(server: FastifyInstance, { context }: Studio): void {
  server.get<{ Params: { id: string } }>('/deliveries/:id.zip', async (request, reply) => {
    const parsed = deliveryIdSchema.safeParse(request.params.id);
    const found = parsed.success ? await findDelivery(context, parsed.data).catch(toNothing) : null;
    if (found === null || found.folder === null) return reply.code(404).send('not found');
    const { folderName } = found.delivery;
    return reply
      .headers({
        'content-type': 'application/zip',
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="${folderName.replace(/[^\w.-]/g, '-')}.zip"`,
      })
      .send(Readable.from(zipFolder(found.folder, folderName)));
  });
}

function toNothing(error: unknown): null {
  if (isStudioError(error) && error.code === 'delivery.notFound') return null;
  throw error;
}
