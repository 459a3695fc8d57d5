import { isStudioError } from '../../electron/contract/errors.ts';
import { systemClock } from '../../electron/library/database/clock.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { createCountingIds, preparePlan } from './library-fixtures.ts';
import { claimPicture } from '../../scripts/proof/picture-jobs.ts';

/** A process that opens the library given, takes one job in hand and holds both until it is killed. */
try {
  const library = openLibrary({
    folder: process.argv[2] ?? '',
    clock: systemClock,
    newId: createCountingIds(),
    mode: 'write',
  });
  const { planId, briefId } = await preparePlan(library);
  library.batches.start(planId, null, 'owner');
  const job = claimPicture(library, { worker: 'held', leaseMs: 60_000 });
  if (job !== null) library.jobs.begin(job);
  console.log(`opened ${briefId} ${job?.jobId ?? ''}`);
} catch (error) {
  console.log(isStudioError(error) ? error.code : String(error));
}
process.stdin.resume();
