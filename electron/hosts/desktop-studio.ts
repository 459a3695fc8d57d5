import { parseArgs } from 'node:util';
import type { MessagePortMain, ParentPort } from 'electron';
import { z } from 'zod';
import { isStudioError } from '../contract/errors.ts';
import { ownerId } from '../contract/identifiers.ts';
import { runArguments } from './run-program.ts';
import { tryDoor } from './door/open-door.ts';
import { noteVisit } from '../studio/people/note-visit.ts';
import { openHostStudio } from './open-host-studio.ts';
import { createRpcServer } from './rpc-server.ts';
import type { Channel } from './rpc-server.ts';

// Entry of the studio in Electron's utility process. Privilege: plain Node; Electron's main process hands ports over and is asked nothing.

const { values } = parseArgs({
  options: { library: { type: 'string' }, node: { type: 'string' }, after: { type: 'string' } },
});
const parentPort: ParentPort | undefined = process.parentPort;
if (parentPort === undefined || values.library === undefined)
  throw new Error('this entry is started by the desktop application');

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('preview'), requestId: z.int(), name: z.string() }),
  z.object({ type: z.literal('stop') }),
]);

/** Main ends a studio that says nothing any more. While the library is opened it may be silent for longer. */
const ALIVE_MS = 1000;
let isOpen = false;
const sayAlive = () => parentPort.postMessage({ type: 'alive', isOpen });
sayAlive();
setInterval(sayAlive, ALIVE_MS).unref();

// Messages that come before the library is open wait here.
const opening = openHostStudio({
  libraryFolder: values.library,
  readsAhead: true,
  ...(values.node === undefined ? {} : { nodePath: values.node }),
  restartedAfter: values.after === 'frozen' || values.after === 'ended' ? values.after : null,
});
const serving = opening.then(async (opened) => {
  isOpen = true;
  return { opened, rpc: createRpcServer(opened.studio.router), door: await tryDoor(opened, runArguments) };
});

serving.catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  // Another try would meet the same library: main says what helps instead of starting this again.
  if (isStudioError(error)) {
    const remedy = 'remedy' in error.data ? error.data.remedy : '';
    parentPort.postMessage({ type: 'refused', message: error.message, remedy });
  }
  // What was posted has to leave first.
  setTimeout(() => process.exit(1), 100);
});

parentPort.on('message', (event) => {
  const parsed = messageSchema.safeParse(event.data);
  if (!parsed.success) return;
  const message = parsed.data;
  void serving.then(async ({ opened, rpc, door }) => {
    if (message.type === 'stop') {
      await door?.close();
      await opened.close();
      process.exit(0);
    }
    if (message.type === 'preview')
      parentPort.postMessage({
        type: 'preview',
        requestId: message.requestId,
        bytes: (await opened.studio.previews.get(message.name))?.bytes ?? null,
      });
    if (message.type === 'connect')
      for (const port of event.ports) {
        noteVisit(opened.studio.context.library, ownerId, null);
        rpc.serve(toChannel(port), { personId: ownerId, sharesMachine: true });
      }
  });
});

function toChannel(port: MessagePortMain): Channel {
  return {
    send: (data) => port.postMessage(data),
    onMessage(listener) {
      port.on('message', ({ data }: { data: string | Uint8Array }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}
