/**
 * `npm start [-- --browser] [--library <folder>] [--port <n>] [--host <address>] [--tls | --cert <file> --key <file>]`: opens the studio. In a desktop window where Electron and a display exist;
 * elsewhere it says so and serves the same studio to a browser.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build-freshness.ts';
import { findElectron, hasDisplay } from './electron-binary.ts';
import { root } from './project.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    library: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    tls: { type: 'boolean' },
    cert: { type: 'string' },
    key: { type: 'string' },
  },
});

/** A terminal's Ctrl-C reaches the host too; this process waits for how it ends. */
function serveBrowser(reason: string): void {
  console.log(`Housestyle serves a browser: ${reason}.`);
  for (const part of ['renderer', 'host'] as const) buildIfStale(part);
  const { browser: _chosen, ...options } = values;
  const given = Object.entries(options).flatMap(([name, value]) =>
    typeof value === 'string' ? [`--${name}`, value] : value ? [`--${name}`] : [],
  );
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'dist/host/server.js'),
      '--words',
      ...(hasDisplay() ? ['--open'] : []),
      ...given,
    ],
    { stdio: 'inherit' },
  );
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function openWindow(electronFile: string): void {
  for (const part of ['renderer', 'desktop', 'engine'] as const) buildIfStale(part);
  const { ELECTRON_RUN_AS_NODE: _unused, ...env } = process.env;
  const child = spawn(electronFile, [root], { stdio: 'inherit', env });
  child.on('exit', (code) => process.exit(code ?? 1));
}

const wantsBrowser =
  values.browser ||
  [values.port, values.host, values.tls, values.cert, values.key].some((value) => value !== undefined);
if (wantsBrowser) serveBrowser('as you asked');
else if (!hasDisplay()) serveBrowser('there is no display for a window');
else {
  const electron = findElectron({ mayFetch: true });
  if (electron.kind === 'absent') serveBrowser(electron.reason);
  else openWindow(electron.file);
}
