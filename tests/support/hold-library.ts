import { isStudioError } from '../../electron/contract/errors.ts';
import { systemClock } from '../../electron/library/clock.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { createCountingIds, preparePlan } from './library-fixtures.ts';

/** A process that opens the library given, takes one job in hand and holds both until it is killed. */
try {
  const library = openLibrary({
    folder: process.argv[2] ?? '',
    clock: systemClock,
    newId: createCountingIds(),
    mode: 'write',
  });
  const { planId, briefId } = await preparePlan(library);
  library.batches.start(planId, null);
  const job = library.jobs.claim({ worker: 'held', leaseMs: 60_000 });
  console.log(`opened ${briefId} ${job?.jobId ?? ''}`);
} catch (error) {
  console.log(isStudioError(error) ? error.code : String(error));
}
process.stdin.resume();
