import { createHash } from 'node:crypto';
import { z } from 'zod';

// An audit file is JSON Lines: a head, one line an event, an end. Each line after the head holds the SHA-256 of the line before it, without its line feed, so
// that none can be changed, taken out or moved without breaking the next; the end holds the number of events, so that none can be cut off.

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256');
const timeSchema = z.iso.datetime();

export const auditHeadSchema = z.strictObject({
  format: z.literal('housestyle-audit'),
  version: z.literal(1),
  library: z.string(),
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
});
export const auditEventSchema = z.strictObject({
  sequence: z.int().positive(),
  at: timeSchema,
  name: z.string(),
  by: z.string(),
  subject: z.array(z.string()),
  cause: z.string().nullable(),
  detail: z.record(z.string(), z.string()).nullable(),
  previous: hashSchema,
});
export const auditEndSchema = z.strictObject({
  end: z.literal(true),
  events: z.int().nonnegative(),
  previous: hashSchema,
});

type Line = z.infer<typeof auditHeadSchema> | z.infer<typeof auditEventSchema> | z.infer<typeof auditEndSchema>;

export function writeLine(line: Line): string {
  return JSON.stringify(line);
}

/** Of a line without its line feed, in hexadecimal digits. */
export function hashLine(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
