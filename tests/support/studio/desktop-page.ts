// Plays Electron around the desktop entry: a parent port that hands a page's port over, the page on the other end, and the order to stop.
// Prints what the page got as one JSON object. Arguments are those of the entry.
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { StudioClient } from './connect-client.ts';

const replies: unknown[] = [];
const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => void replies.push(message) });
Object.defineProperty(process, 'parentPort', { value: parentPort });
await import('../../../electron/hosts/desktop-studio.ts');

/** Electron's ports give an event where Node's give the message itself, and keep what comes before they are started. */
function wrap(port: MessagePort): EventEmitter {
  const wrapped = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => void port.on('message', (data: unknown) => wrapped.emit('message', { data })),
  });
  port.on('close', () => wrapped.emit('close'));
  return wrapped;
}

const { port1, port2 } = new MessageChannel();
const client: StudioClient = createORPCClient(new RPCLink({ port: port1 }));
port1.start();
parentPort.emit('message', { data: { type: 'nonsense' }, ports: [] });
parentPort.emit('message', { data: { type: 'connect' }, ports: [wrap(port2)] });
parentPort.emit('message', { data: { type: 'preview', requestId: 7, name: 'gone.webp' }, ports: [] });
const about = await client.system.about({});
const brands = (await client.brand.list({})).map(({ name }) => name);
const briefs = (await client.brief.list({})).length;
const refused: unknown = await client.brief.create({ text: 'x' }).then(
  () => null,
  (error: { code: string }) => error.code,
);
console.log(JSON.stringify({ about, brands, briefs, refused, replies }));
port1.close();
parentPort.emit('message', { data: { type: 'stop' }, ports: [] });
