import type { DeviceReport } from '../../contract/devices.ts';
import type { FreeMemory } from './memory-ledger.ts';
import { runForOutput } from '../process/run-for-output.ts';

const STALE_MS = 2000;
const LIMIT_MS = 5000;
const QUERY = ['--query-gpu=memory.total,memory.free', '--format=csv,noheader,nounits', '--id=0'];

/** A graphics card's memory, as its driver's own tool last said. A reading that is old is renewed behind the caller's back. */
export class CardMemory {
  #last: FreeMemory;
  #readAtMs = performance.now();
  #isReading = false;

  constructor(first: FreeMemory) {
    this.#last = first;
  }

  /** Null for devices whose memory cannot be read: what they hold is counted as main memory, through which it passes anyway. */
  static of(report: DeviceReport | undefined): CardMemory | null {
    if (report?.totalMiB == null || report.freeMiB === null) return null;
    return new CardMemory({ totalMiB: report.totalMiB, freeMiB: report.freeMiB });
  }

  read(): FreeMemory {
    if (!this.#isReading && performance.now() - this.#readAtMs > STALE_MS) void this.#renew();
    return this.#last;
  }

  async #renew(): Promise<void> {
    this.#isReading = true;
    try {
      const [totalMiB, freeMiB] = (await runForOutput('nvidia-smi', QUERY, LIMIT_MS)).split(',').map(Number);
      if (totalMiB !== undefined && freeMiB !== undefined && totalMiB > 0 && freeMiB >= 0)
        this.#last = { totalMiB, freeMiB };
    } catch {
      // The last reading stands; the next caller asks again.
    } finally {
      this.#isReading = false;
      this.#readAtMs = performance.now();
    }
  }
}
