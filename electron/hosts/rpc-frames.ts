import { z } from 'zod';

/** Between the JSON and the bytes of a frame that carries a file; it occurs in no UTF-8. */
const BYTES_FOLLOW = 0xff;

const requestFrameSchema = z.object({
  i: z.string().max(40),
  t: z.literal(1).optional(),
  p: z.object({
    u: z.string().startsWith('/').max(200),
    h: z.record(z.string(), z.unknown()).optional(),
    m: z.literal('POST').optional(),
  }),
});
/** The outside of a frame. Bodies are parsed by the procedures' own schemas. */
const frameSchema = z.union([
  requestFrameSchema,
  z.object({ i: z.string().max(40), t: z.union([z.literal(3), z.literal(4)]), p: z.unknown().optional() }),
]);
export type RequestFrame = z.infer<typeof requestFrameSchema>;
export type Frame = z.infer<typeof frameSchema>;

export function isRequest(frame: Frame): frame is RequestFrame {
  return frame.t === undefined || frame.t === 1;
}

/** The outside of a message, or null when it is no frame. */
export function readFrame(data: string | Uint8Array): Frame | null {
  try {
    return frameSchema.parse(JSON.parse(typeof data === 'string' ? data : readText(data)));
  } catch {
    // Not JSON, or not a frame.
    return null;
  }
}

function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(BYTES_FOLLOW);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
