import { parseArgs } from 'node:util';
import { StudioError } from '../contract/errors.ts';
import { runArguments } from './run-program.ts';
import { defaultLibraryFolder } from './host-defaults.ts';
import { announce } from './http/announce.ts';
import { startServer } from './http/start-server.ts';
import type { RunningServer } from './http/start-server.ts';
import { readTlsOptions } from './http/tls-options.ts';

// Entry of the browser host on its own: node server.ts [--library folder] [--port n] [--host address] [--tls | --cert file --key file] [--open] [--words]
const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    tls: { type: 'boolean' },
    cert: { type: 'string' },
    key: { type: 'string' },
    open: { type: 'boolean' },
    /** Says for people what it does, instead of the address alone. */
    words: { type: 'boolean' },
  },
});

try {
  const server = await startServer({
    libraryFolder: values.library ?? defaultLibraryFolder(),
    open: values.open === true,
    runArguments,
    ...readTlsOptions(values),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.host === undefined ? {} : { host: values.host }),
  });
  if (values.words === true)
    console.log(`\n${announce(server)}\n\nCtrl-C ends the studio; what was running goes on at the next start.`);
  else {
    console.log(server.url);
    if (server.others.length > 0 || server.fingerprint !== null) console.error(announce(server));
  }
  endBySignal(server, values.words === true);
} catch (error) {
  if (!(error instanceof StudioError)) throw error;
  console.error(`housestyle: ${error.message}`);
  process.exit(1);
}

/** The second signal does not wait. */
function endBySignal(server: RunningServer, says: boolean): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(130);
      ending = true;
      if (says) console.log('\nEnding; the image in hand is finished at the next start.');
      void server.close().then(() => process.exit(0));
    });
  }
}
