import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.ts';

export type ElectronBinary =
  | { readonly kind: 'found'; readonly file: string }
  | { readonly kind: 'absent'; readonly reason: string };

const fetchTimeoutMs = 5 * 60_000;

function installedBinary(): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const file = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(pathFile, 'utf8').trim(),
  );
  return existsSync(file) ? file : null;
}

/** Finds Electron's executable. Since version 42 its package fetches it on first use and not while it is installed. */
export function findElectron(options: { readonly mayFetch: boolean }): ElectronBinary {
  const installed = installedBinary();
  if (installed) return { kind: 'found', file: installed };
  if (!options.mayFetch) return { kind: 'absent', reason: 'the Electron binary is not installed' };
  console.error('housestyle: fetching the Electron binary (once)');
  const run = spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    encoding: 'utf8',
    timeout: fetchTimeoutMs,
  });
  const fetched = installedBinary();
  if (fetched) return { kind: 'found', file: fetched };
  const lastLine = `${run.stdout}\n${run.stderr}`.trim().split('\n').at(-1) ?? '';
  return { kind: 'absent', reason: `the Electron binary could not be fetched (${lastLine.slice(0, 200)})` };
}

/** A window needs a display; on Linux that is an X11 or Wayland session. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
