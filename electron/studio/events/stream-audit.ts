import { setImmediate as breathe } from 'node:timers/promises';
import type { AuditChunk, AuditRange } from '../../contract/event.ts';
import type { Library } from '../../library/library.ts';
import type { StoredEvent } from '../../library/repositories/event-repository.ts';
import { hashLine, writeLine } from './audit-line.ts';

/** Events read between two turns of the event loop. */
const WINDOW = 500;

/**
 * The audit trail of a time, chunk by chunk. What happens after it was asked for is not in it. It is told by the wall clock, which somebody may have put
 * back, so every event is looked at. Ends with the signal's reason on abort.
 */
export async function* streamAudit(
  { events, name }: Pick<Library, 'events' | 'name'>,
  { fromMs, toMs }: AuditRange,
  signal: AbortSignal | undefined,
): AsyncGenerator<AuditChunk, void, void> {
  const total = events.latest().sequence;
  const [from, to] = [fromMs, toMs].map((ms) => (ms === null ? null : tellTime(ms)));
  const head = writeLine({ format: 'housestyle-audit', version: 1, library: name, from: from ?? null, to: to ?? null });
  let previous = hashLine(head);
  let written = 0;
  yield { text: `${head}\n`, done: 0, total };
  for (let done = 0; done < total;) {
    signal?.throwIfAborted();
    const upTo = Math.min(total, done + WINDOW);
    let text = '';
    for (const event of events.list({ after: done, upTo, limit: WINDOW })) {
      if ((fromMs !== null && event.atMs < fromMs) || (toMs !== null && event.atMs >= toMs)) continue;
      const line = describe(event, previous);
      previous = hashLine(line);
      text += `${line}\n`;
      written += 1;
    }
    done = upTo;
    yield { text, done, total };
    await breathe();
  }
  yield { text: `${writeLine({ end: true, events: written, previous })}\n`, done: total, total };
}

function describe({ sequence, atMs, name, by, subject, cause, detail }: StoredEvent, previous: string): string {
  return writeLine({ sequence, at: tellTime(atMs), name, by, subject, cause, detail, previous });
}

function tellTime(ms: number): string {
  return new Date(ms).toISOString();
}
