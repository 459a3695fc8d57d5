// Plays Electron around the desktop entry on a library that cannot be opened, and prints what the shell is told. Arguments are those of the entry.
import { EventEmitter } from 'node:events';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage(message: { type: string }) {
    if (message.type !== 'alive') console.log(JSON.stringify(message));
  },
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
await import('../../../electron/hosts/desktop-studio.ts');
