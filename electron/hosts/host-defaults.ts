import { readFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import type { EngineEntries } from '../engines/engine-client.ts';
import type { ModelFolder } from '../engines/model-store.ts';

const root = join(import.meta.dirname, '..', '..');

/** The folder that holds what the user made, by the custom of each system. */
export function dataFolder(): string {
  if (process.platform === 'win32')
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Housestyle');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Housestyle');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'housestyle');
}

export function defaultLibraryFolder(): string {
  return join(dataFolder(), 'library');
}

export const examplesFolder: string = join(root, 'examples', 'lumen-oat');

/** The engines that come with the product. */
export function shippedEngines(): EngineEntries {
  const script = join(root, 'native-models', 'host', 'engine.ts');
  const entryOf = (kind: string) => ({ script, args: [kind] });
  return { text: entryOf('text'), image: entryOf('image'), vision: entryOf('vision') };
}

/** The starter pack, the user's model folder and any others that were named. */
export function listModelFolders(own: readonly string[]): ModelFolder[] {
  const starter = { path: join(root, 'native-models', 'starter'), shipped: true };
  return [starter, ...[join(dataFolder(), 'models'), ...own].map((path) => ({ path, shipped: false }))];
}

/** One thread for each physical core: two on one core slow each other down. */
export function defaultThreads(): number {
  return Math.max(1, Math.floor(availableParallelism() / 2));
}

export function readVersion(): string {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof version === 'string' ? version : 'unknown';
}
