import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { Writable } from 'node:stream';
import { readVersion } from '../host-defaults.ts';
import type { HostStudio } from '../open-host-studio.ts';
import type { TerminalStreams } from '../commands/terminal.ts';
import { chooseDoorAddress, removeDoorFile, writeDoorFile } from './door-file.ts';
import { doorRequestSchema, readFrames, writeFrame } from './door-frames.ts';

export type DoorCall = {
  readonly opened: HostStudio;
  /** What relative paths start from. */
  readonly folder: string;
  readonly streams: TerminalStreams;
  /** Aborts when the caller stops the command or hangs up, and when the studio ends. */
  readonly signal: AbortSignal;
  readonly ending: AbortSignal;
};

/** Carries out one command of the command line and resolves to its exit code. Never rejects and never ends the process. */
export type RunArguments = (args: readonly string[], call: DoorCall) => Promise<number>;

export type OpenDoor = { close(): Promise<void> };

const MAX_CALLS = 16;
/** A command that is told to stop has this long to put back what it has in hand. */
const STOP_MS = 5000;

/**
 * Lets the command line of the same person work while a studio has the library open: a command is carried out in here, and what it says goes back. Whoever can read
 * the library can read the secret, and nobody else.
 */
async function openDoor(opened: HostStudio, runArguments: RunArguments): Promise<OpenDoor> {
  const { folder } = opened.studio.context.library;
  const address = chooseDoorAddress(folder);
  const secret = randomBytes(32).toString('base64url');
  const calls = new Map<Socket, Promise<void>>();
  const ending = new AbortController();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (calls.size >= MAX_CALLS || ending.signal.aborted) return void socket.destroy();
    const call = answer(socket, { opened, secret, runArguments, ending: ending.signal });
    calls.set(socket, call);
    void call.finally(() => calls.delete(socket));
  });
  // A socket that a killed studio left stands in the way of the next one; this process holds the library, so nobody listens there.
  if (process.platform !== 'win32') rmSync(address, { force: true });
  await listen(server, address);
  writeDoorFile(folder, { address, secret, version: readVersion() });
  return {
    async close() {
      ending.abort(new Error('the studio ends'));
      removeDoorFile(folder);
      const closed = new Promise<void>((done) => server.close(() => done()));
      const late = setTimeout(() => calls.forEach((_call, socket) => socket.destroy()), STOP_MS);
      await Promise.all(calls.values());
      clearTimeout(late);
      for (const socket of calls.keys()) socket.destroy();
      await closed;
    },
  };
}

/** A studio whose door cannot be opened, on a medium that takes no socket or no file, works without it and says so. */
export async function tryDoor(opened: HostStudio, runArguments: RunArguments | undefined): Promise<OpenDoor | null> {
  if (runArguments === undefined || opened.studio.context.library.readOnly !== null) return null;
  try {
    return await openDoor(opened, runArguments);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`housestyle: the command line cannot be used while this studio is open: ${why}\n`);
    return null;
  }
}

type Answering = {
  readonly opened: HostStudio;
  readonly secret: string;
  readonly runArguments: RunArguments;
  readonly ending: AbortSignal;
};

/** One connection, one command. Who hangs up stops it. */
function answer(socket: Socket, { opened, secret, runArguments, ending }: Answering): Promise<void> {
  const stop = new AbortController();
  const { promise, resolve } = Promise.withResolvers<void>();
  let isRunning = false;
  socket.on('close', () => {
    stop.abort(new Error('interrupted'));
    if (!isRunning) resolve();
  });
  readFrames(socket, doorRequestSchema, (request) => {
    if (request.type === 'stop') return stop.abort(new Error('interrupted'));
    if (isRunning || !isSame(request.secret, secret)) return void socket.destroy();
    isRunning = true;
    const streams = {
      stdout: sendTo(socket, 'output', 0),
      stderr: sendTo(socket, 'error', request.columns),
    };
    const signal = AbortSignal.any([stop.signal, ending]);
    void runArguments(request.args, { opened, folder: request.folder, streams, signal, ending })
      .then((exitCode) => writeFrame(socket, { type: 'end', exitCode }))
      .finally(() => {
        socket.end();
        resolve();
      });
  });
  return promise;
}

/** Looks like the terminal at the other end, so that bars draw themselves as they would there. */
function sendTo(socket: Socket, type: 'output' | 'error', columns: number): Writable {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      writeFrame(socket, { type, text: typeof chunk === 'string' ? chunk : chunk.toString('utf8') });
      done();
    },
  });
  return columns === 0 ? stream : Object.assign(stream, { isTTY: true, columns });
}

function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(hashText(given), hashText(secret));
}

function hashText(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function listen(server: Server, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(address, () => {
    server.off('error', reject);
    server.on('error', () => undefined);
    resolve();
  });
  return promise;
}
