import { setImmediate as breathe } from 'node:timers/promises';
import type { Emptied } from '../../contract/bin.ts';
import type { StudioContext } from '../system/studio-context.ts';

/** Pictures deleted between two turns of the event loop: in a library of a hundred thousand a step takes about ten milliseconds. */
const STEP = 50;

/** Deletes for good what was thrown away before that moment. Other work goes on between the steps; what a kill leaves is still in the bin. */
export async function emptyBin({ library }: StudioContext, binnedBeforeMs: number): Promise<Emptied> {
  const total = { assets: 0, deliverables: 0, objects: 0, bytes: 0 };
  for (;;) {
    const step = library.bin.empty({ binnedBeforeMs, atMost: STEP });
    total.assets += step.assets;
    total.deliverables += step.deliverables;
    total.objects += step.objects;
    total.bytes += step.bytes;
    if (step.assets < STEP) break;
    await breathe();
  }
  return total;
}
