import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The script file behind a package's command, so that it runs on this Node and not on the one that a shell would find. */
export function toolPath(packageName: string, command = packageName): string {
  const folder = join(root, 'node_modules', packageName);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin?: string | Record<string, string>;
  };
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command];
  if (!file) throw new Error(`Package ${packageName} has no command ${command}.`);
  return join(folder, file);
}
