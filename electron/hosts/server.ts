import { parseArgs } from 'node:util';
import { defaultLibraryFolder } from './host-defaults.ts';
import { startServer } from './http/start-server.ts';

// Entry of the browser host on its own: node server.ts [--library folder] [--port n] [--host address] [--open]
const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    open: { type: 'boolean' },
  },
});
const server = await startServer({
  libraryFolder: values.library ?? defaultLibraryFolder(),
  open: values.open === true,
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
  ...(values.host === undefined ? {} : { host: values.host }),
});
console.log(server.url);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.close().then(() => process.exit(0)));
