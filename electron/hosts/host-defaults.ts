import { readFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { personNameSchema } from '../contract/people.ts';
import { join } from 'node:path';
import type { EngineKind } from '../contract/engine-protocol.ts';
import type { EngineEntries, EngineEntry } from '../engines/engine-client.ts';
import { createFileReader } from '../studio/reading/file-reader.ts';
import type { FileReader, FileReaderOptions } from '../studio/reading/file-reader.ts';
import type { ModelFolder } from '../engines/models/model-folder.ts';

const root = join(import.meta.dirname, '..', '..');

/** In a packaged app: the folder of its extra resources, which the shell names. Elsewhere everything lies in the project. */
const resources = process.env['HOUSESTYLE_RESOURCES'];
const starterFolder = resources ? join(resources, 'starter') : join(root, 'native-models', 'starter');
const engineScript = resources
  ? join(resources, 'app.asar.unpacked', 'dist', 'engine', 'engine.js')
  : join(root, 'native-models', 'host', 'engine.ts');

const readerScript = resources
  ? join(resources, 'app.asar.unpacked', 'dist', 'reader', 'reader.js')
  : join(root, 'electron', 'readers', 'reader.ts');

/** Opens files of strangers; `nodePath` is the plain Node that readers run on. Dispose it to end them. */
export function openFileReader(
  nodePath: string = process.execPath,
  options: Pick<FileReaderOptions, 'limitMs' | 'onEnd'> = {},
): FileReader {
  return createFileReader({ nodePath, script: readerScript, ...options });
}

/** The folder that holds what the user made, by the custom of each system. */
export function dataFolder(): string {
  if (process.platform === 'win32')
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Housestyle');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Housestyle');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'housestyle');
}

/**
 * What the system calls who sits at the machine; some containers have no name for them. From the environment alone: the system's own list of users may lie on another machine,
 * and nothing here asks one.
 */
export function userName({ env = process.env }: { readonly env?: NodeJS.ProcessEnv } = {}): string {
  const name = personNameSchema.safeParse(env['USER'] ?? env['LOGNAME'] ?? env['USERNAME']);
  return name.success ? name.data : 'Owner';
}

export function defaultLibraryFolder(): string {
  return join(dataFolder(), 'library');
}

/** The built page. */
export const pageFolder: string = join(root, 'dist', 'renderer');

export const examplesFolder: string = join(resources ?? root, 'examples', 'lumen-oat');

/** The engines that come with the product. */
export function shippedEngines(): EngineEntries {
  return {
    text: shippedEngine('text'),
    image: shippedEngine('image'),
    vision: shippedEngine('vision'),
    devices: shippedDevices(),
  };
}

/** It also reads model files for imports, whatever engines a host has. */
export function shippedImageEngine(): EngineEntry {
  return shippedEngine('image');
}

/** Tries the devices of this machine. */
export function shippedDevices(): EngineEntry {
  return { script: engineScript, args: ['devices', 'all', String(defaultThreads())] };
}

function shippedEngine(kind: EngineKind): EngineEntry {
  return { script: engineScript, args: [kind] };
}

/** Where imports go. */
export function ownModelsFolder(): string {
  return join(dataFolder(), 'models');
}

/** The starter pack, the user's model folder and any others that were named. */
export function listModelFolders(own: readonly string[]): ModelFolder[] {
  const starter = { path: starterFolder, shipped: true };
  return [starter, ...[ownModelsFolder(), ...own].map((path) => ({ path, shipped: false }))];
}

/** One thread for each physical core: two on one core slow each other down. */
export function defaultThreads(): number {
  return Math.max(1, Math.floor(availableParallelism() / 2));
}

export function readVersion(): string {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof version === 'string' ? version : 'unknown';
}
