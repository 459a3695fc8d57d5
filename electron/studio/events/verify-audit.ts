import { createReadStream } from 'node:fs';
import { StudioError } from '../../contract/errors.ts';
import { auditEndSchema, auditEventSchema, auditHeadSchema, hashLine } from './audit-line.ts';

/** Longer than any line that was ever written: ten thousand ids are 300 kB. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;

export type AuditVerdict =
  | {
      readonly ok: true;
      readonly events: number;
      /** Hash of the last line, which stands for the whole file. */ readonly seal: string;
    }
  | { readonly ok: false; /** From 1. */ readonly line: number; readonly reason: string };

/** Says whether every line of an audit file is as it was written, and in its place. @throws input.invalid for a file that cannot be read */
export async function verifyAudit(file: string, signal?: AbortSignal): Promise<AuditVerdict> {
  const chain = createChain();
  try {
    for await (const line of readLines(file)) {
      signal?.throwIfAborted();
      const broken = chain.add(line);
      if (broken !== null) return { ok: false, line: chain.count(), reason: broken };
    }
  } catch (error) {
    if (signal?.aborted || !(error instanceof Error) || !('code' in error)) throw error;
    throw new StudioError('input.invalid', `${file} cannot be read: ${error.message}`, {
      issues: [{ path: 'file', message: error.message }],
    });
  }
  return chain.end();
}

function createChain() {
  let count = 0;
  let events = 0;
  let sequence = 0;
  let previous: string | null = null;
  let isEnded = false;

  function add(text: string): string | null {
    count += 1;
    if (isEnded) return 'Something stands after the end.';
    const value = parse(text);
    if (value === undefined) return 'This is no line of an audit file.';
    if (previous === null) {
      if (!auditHeadSchema.safeParse(value).success) return 'The file does not begin with the head of an audit file.';
    } else {
      const broken = follow(value, previous);
      if (broken !== null) return broken;
    }
    previous = hashLine(text);
    return null;
  }

  function follow(value: unknown, hash: string): string | null {
    const end = auditEndSchema.safeParse(value);
    const event = auditEventSchema.safeParse(value);
    const line = end.data ?? event.data;
    if (line === undefined) return 'This is no line of an audit file.';
    if (line.previous !== hash) return `The line before it was changed, or one is missing or moved here.`;
    if (end.success) {
      isEnded = true;
      return end.data.events === events ? null : `It counts ${end.data.events} events, and there are ${events}.`;
    }
    if (event.success) {
      if (event.data.sequence <= sequence) return 'Its number does not follow the one before it.';
      sequence = event.data.sequence;
    }
    events += 1;
    return null;
  }

  function end(): AuditVerdict {
    if (!isEnded || previous === null) return { ok: false, line: count + 1, reason: 'The end of the file is missing.' };
    return { ok: true, events, seal: previous };
  }

  return { add, end, count: () => count };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lines without their line feed. A line that is too long for one of ours ends the reading as one that is none. */
async function* readLines(file: string): AsyncGenerator<string, void, void> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    rest += String(chunk);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_LINE_BYTES) break;
  }
  if (rest !== '') yield rest;
}
