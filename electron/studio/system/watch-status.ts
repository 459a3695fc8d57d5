import type { SystemStatus } from '../../contract/system.ts';
import type { StudioContext } from './studio-context.ts';
import { watchValue } from '../streams/watch-value.ts';

/** At most four times a second. */
const EVERY_MS = 250;
const SECONDS_PER_MINUTE = 60;

/** What the machine does, now and after every change. */
export function watchStatus(
  context: StudioContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<SystemStatus, void, void> {
  return watchValue({ read: () => readStatus(context), subscribe: context.onStatusChange, everyMs: EVERY_MS, signal });
}

export function readStatus({ engines, library, rate, facts }: StudioContext): SystemStatus {
  const { waiting, running } = library.batches.countQueue();
  const secondsPerImage = rate.secondsPerImage();
  const left = waiting + running;
  return {
    engines: engines.status(),
    ledgers: engines.ledgers(),
    queue: {
      waiting,
      running,
      imagesPerMinute: secondsPerImage === null ? null : SECONDS_PER_MINUTE / secondsPerImage,
      remainingSeconds: left === 0 ? null : (rate.remaining(left)?.middle ?? null),
    },
    network: { offline: facts.listening() === null, listening: facts.listening() },
  };
}
