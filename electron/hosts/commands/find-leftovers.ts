import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where ONNX Runtime keeps the device id and the queue of its reports, below the folder of each system for caches. */
const REPORTS = ['Microsoft', 'DeveloperTools', '.onnxruntime'];

/** Folders that earlier versions of this program, or other programs with the same runtime, left behind. Nothing here needs them. */
export function findLeftovers(
  home: string = homedir(),
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string[] {
  const caches = [
    environment['XDG_CACHE_HOME'] ?? join(home, '.cache'),
    join(home, 'Library', 'Caches'),
    join(home, 'Library', 'Application Support'),
    environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'),
  ];
  return [...new Set(caches.map((folder) => join(folder, ...REPORTS)))].filter((folder) => existsSync(folder));
}
