import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { exitCodes } from '../commands/exit-codes.ts';
import type { TerminalStreams } from '../commands/terminal.ts';
import { readVersion } from '../host-defaults.ts';
import { readDoorFile } from './door-file.ts';
import { doorReplySchema, readFrames, writeFrame } from './door-frames.ts';

export type DoorQuestion = {
  readonly libraryFolder: string;
  readonly args: readonly string[];
  readonly streams: TerminalStreams;
  /** Asks the studio to stop the command, and goes on listening to how it ends. */
  readonly signal: AbortSignal;
};

/**
 * Has a command carried out by the studio that has the library open, and shows what it says. Resolves to the exit code, or to null where no studio of this
 * version answers.
 */
export async function askDoor({ libraryFolder, args, streams, signal }: DoorQuestion): Promise<number | null> {
  const door = readDoorFile(libraryFolder);
  if (door === null || door.version !== readVersion()) return null;
  const socket = await reach(door.address);
  if (socket === null) return null;
  const { promise, resolve } = Promise.withResolvers<number>();
  const stop = () => writeFrame(socket, { type: 'stop' });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    streams.stderr.write('\nhousestyle: the studio that has the library open ended; run the command again.\n');
    resolve(signal.aborted ? exitCodes.interrupted : exitCodes.library);
  });
  readFrames(socket, doorReplySchema, (reply) => {
    if (reply.type === 'end') {
      socket.removeAllListeners('close');
      socket.end();
      resolve(reply.exitCode);
    } else streams[reply.type === 'output' ? 'stdout' : 'stderr'].write(reply.text);
  });
  signal.addEventListener('abort', stop, { once: true });
  writeFrame(socket, {
    type: 'run',
    secret: door.secret,
    args: [...args],
    folder: process.cwd(),
    columns: process.stderr.isTTY ? process.stderr.columns : 0,
  });
  if (signal.aborted) stop();
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Null where nobody listens: a studio that was killed leaves its file. */
function reach(address: string): Promise<Socket | null> {
  const { promise, resolve } = Promise.withResolvers<Socket | null>();
  const socket = connect(address);
  socket.once('connect', () => {
    socket.removeAllListeners('error');
    resolve(socket);
  });
  socket.once('error', () => resolve(null));
  return promise;
}
