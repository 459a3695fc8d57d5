// Plays Electron's utility process around the desktop entry, in a real process of its own: what comes over the channel goes to its parent port. "freeze" blocks its
// loop for good.
import { EventEmitter } from 'node:events';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: object) => void process.send?.(message),
});
process.on('message', (data: { type: string }) => {
  if (data.type === 'freeze') for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  parentPort.emit('message', { data, ports: [] });
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
await import('../../../electron/hosts/desktop-studio.ts');
