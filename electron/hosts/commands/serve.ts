import type { CommandEngines, CommonOptions } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { defaultLibraryFolder } from '../host-defaults.ts';
import { announce } from '../http/announce.ts';
import { startServer } from '../http/start-server.ts';
import type { StartServerOptions } from '../http/start-server.ts';
import { readTlsOptions } from '../http/tls-options.ts';
import type { TlsOptions } from '../http/tls-options.ts';
import { createTerminal } from './terminal.ts';

export type ServeOptions = CommonOptions &
  TlsOptions & { readonly port?: number; readonly host?: string; readonly open?: boolean };

/** Serves the studio to browsers until the signal. */
export async function serve(
  { library, json, models, port, host, open, ...tls }: ServeOptions,
  { args: _args, runner: _runner, ...engines }: CommandEngines,
  signal: AbortSignal,
): Promise<number> {
  const terminal = createTerminal(json === true);
  const options: StartServerOptions = {
    libraryFolder: library ?? defaultLibraryFolder(),
    modelFolders: models ?? [],
    open: open === true,
    ...engines,
    ...readTlsOptions(tls),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  };
  const server = await startServer(options);
  terminal.say(`${announce(server)}\n\nCtrl-C stops.`);
  const { url, others, fingerprint } = server;
  terminal.result({ url, others, fingerprint });
  await new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await server.close();
  return exitCodes.ok;
}
