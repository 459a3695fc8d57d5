import { createIdSource } from '../../electron/studio/system/create-id-source.ts';
import { randomBytes } from 'node:crypto';
import { assetFilterSchema } from '../../electron/contract/asset.ts';
import { systemClock } from '../../electron/library/database/clock.ts';
import { openLibrary } from '../../electron/library/open-library.ts';

// Decides on the pictures of a library, one after the other and for ever, until it is killed.

const [folder = ''] = process.argv.slice(2);
const newId = createIdSource({ nowMs: systemClock.nowMs, randomBytes });
const library = openLibrary({ folder, clock: systemClock, newId, mode: 'write' });
const assetIds = library.assets.ids(assetFilterSchema.parse({}), 'oldest');
process.stdout.write('begun\n');
for (let round = 0; ; round += 1) {
  const stars = ([1, 2, 3, 4, 5] as const)[round % 5] ?? 1;
  for (const assetId of assetIds) {
    library.verdicts.decide({
      assetIds: [assetId],
      decision: { axis: 'stars', value: stars },
      reason: '',
      reviewer: 'ada',
    });
  }
  if (round % 3 === 2) library.verdicts.undo('ada');
}
