import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findLeftovers } from '../../../../../electron/hosts/commands/find-leftovers.ts';

it('names what the runtime left in the caches of any system, and nothing else', () => {
  const home = mkdtempSync(join(tmpdir(), 'leftovers-'));
  expect(findLeftovers(home, {})).toEqual([]);
  const left = ['.cache', 'Library/Caches', 'elsewhere'].map((cache) =>
    join(home, cache, 'Microsoft', 'DeveloperTools', '.onnxruntime'),
  );
  for (const folder of left) mkdirSync(folder, { recursive: true });
  expect(findLeftovers(home, {})).toEqual(left.slice(0, 2));
  expect(findLeftovers(home, { XDG_CACHE_HOME: join(home, 'elsewhere') })).toEqual([left[2], left[1]]);
  rmSync(home, { recursive: true });
});
