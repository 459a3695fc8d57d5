import { fileURLToPath } from 'node:url';
import { createEngines, type EnginesOptions } from '../../electron/engines/create-engines.ts';
import type { Engines } from '../../electron/engines/engine-client.ts';
import { openModelStore } from '../../electron/engines/models/model-store.ts';

const SCRIPT = fileURLToPath(new URL('../../native-models/host/engine.ts', import.meta.url));
const STARTER = fileURLToPath(new URL('../../native-models/starter', import.meta.url));

function entryOf(kind: string) {
  return { script: SCRIPT, args: [kind] };
}

/** Real engine processes on the models that ship with the product. */
export function createStarterEngines(options: Partial<EnginesOptions> = {}): Engines {
  return createEngines({
    nodePath: process.execPath,
    entries: { image: entryOf('image'), text: entryOf('text'), vision: entryOf('vision') },
    models: openModelStore({ folders: [{ path: STARTER, shipped: true }] }),
    threads: 1,
    ...options,
  });
}
