import { parseArgs } from 'node:util';
import { defaultLibraryFolder } from './host-defaults.ts';
import { announce } from './http/announce.ts';
import { startServer } from './http/start-server.ts';
import { readTlsOptions } from './http/tls-options.ts';

// Entry of the browser host on its own: node server.ts [--library folder] [--port n] [--host address] [--tls | --cert file --key file] [--open]
const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    tls: { type: 'boolean' },
    cert: { type: 'string' },
    key: { type: 'string' },
    open: { type: 'boolean' },
  },
});
const server = await startServer({
  libraryFolder: values.library ?? defaultLibraryFolder(),
  open: values.open === true,
  ...readTlsOptions(values),
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
  ...(values.host === undefined ? {} : { host: values.host }),
});
console.log(server.url);
if (server.others.length > 0 || server.fingerprint !== null) console.error(announce(server));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.close().then(() => process.exit(0)));
