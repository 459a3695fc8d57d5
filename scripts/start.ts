/**
 * `npm start [-- --browser] [--library <folder>] [--port <n>] [--host <address>] [--tls | --cert <file> --key <file>]`: opens the studio. In a desktop window where Electron and a display exist;
 * elsewhere it says so and serves the same studio to a browser.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { StudioError } from '../electron/contract/errors.ts';
import { defaultLibraryFolder } from '../electron/hosts/host-defaults.ts';
import { announce } from '../electron/hosts/http/announce.ts';
import { startServer } from '../electron/hosts/http/start-server.ts';
import { readTlsOptions } from '../electron/hosts/http/tls-options.ts';
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

async function serveBrowser(reason: string): Promise<void> {
  console.log(`Housestyle serves a browser: ${reason}.`);
  buildIfStale('renderer');
  const server = await startServer({
    libraryFolder: values.library ?? defaultLibraryFolder(),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...readTlsOptions(values),
    rendererFolder: join(root, 'dist', 'renderer'),
    open: hasDisplay(),
  });
  console.log(`\n${announce(server)}\n\nCtrl-C ends the studio; what was running goes on at the next start.`);
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(130);
      ending = true;
      console.log('\nEnding; the image in hand is finished at the next start.');
      void server.close().then(() => process.exit(0));
    });
  }
}

function openWindow(electronFile: string): void {
  for (const part of ['renderer', 'desktop', 'engine'] as const) buildIfStale(part);
  const { ELECTRON_RUN_AS_NODE: _unused, ...env } = process.env;
  const child = spawn(electronFile, [root], { stdio: 'inherit', env });
  child.on('exit', (code) => process.exit(code ?? 1));
}

try {
  const wantsBrowser =
    values.browser ||
    [values.port, values.host, values.tls, values.cert, values.key].some((value) => value !== undefined);
  if (wantsBrowser) await serveBrowser('as you asked');
  else if (!hasDisplay()) await serveBrowser('there is no display for a window');
  else {
    const electron = findElectron({ mayFetch: true });
    if (electron.kind === 'absent') await serveBrowser(electron.reason);
    else openWindow(electron.file);
  }
} catch (error) {
  if (!(error instanceof StudioError)) throw error;
  console.error(`housestyle: ${error.message}`);
  process.exit(1);
}
