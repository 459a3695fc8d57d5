import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';

/** What the command line asks of a studio that is open already: one line of JSON, then perhaps `stop`. */
export const doorRequestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run'),
    secret: z.string(),
    /** As they stand on the command line, without node and script. */
    args: z.array(z.string()),
    /** Absolute; what relative paths start from. */
    folder: z.string(),
    /** Of the terminal that shows standard error; 0 where it is none. */
    columns: z.int().min(0),
  }),
  z.object({ type: z.literal('stop') }),
]);
export type DoorRequest = z.infer<typeof doorRequestSchema>;

export const doorReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['output', 'error']), text: z.string() }),
  z.object({ type: z.literal('end'), exitCode: z.int() }),
]);
export type DoorReply = z.infer<typeof doorReplySchema>;

const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;

/** Calls back with each line of JSON. A peer that sends anything else, or a line without end, is cut off. */
export function readFrames<Schema extends z.ZodType>(
  socket: Socket,
  schema: Schema,
  onFrame: (frame: z.infer<Schema>) => void,
): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  socket.on('data', (bytes) => {
    const lines = (rest + decoder.write(bytes)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARACTERS) socket.destroy();
    for (const line of lines) {
      const frame = schema.safeParse(readJson(line));
      if (!frame.success) return void socket.destroy();
      onFrame(frame.data);
    }
  });
}

export function writeFrame(socket: Socket, frame: DoorRequest | DoorReply): void {
  if (socket.writable) socket.write(`${JSON.stringify(frame)}\n`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
