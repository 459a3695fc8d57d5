import type { CommandEngines, CommonOptions } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { defaultLibraryFolder } from '../host-defaults.ts';
import { startServer } from '../http/start-server.ts';
import type { StartServerOptions } from '../http/start-server.ts';
import { createTerminal } from './terminal.ts';

export type ServeOptions = CommonOptions & { readonly port?: number; readonly host?: string; readonly open?: boolean };

/** Serves the studio to browsers until the signal. */
export async function serve(
  { library, json, models, port, host, open }: ServeOptions,
  engines: CommandEngines,
  signal: AbortSignal,
): Promise<number> {
  const terminal = createTerminal(json === true);
  const options: StartServerOptions = {
    libraryFolder: library ?? defaultLibraryFolder(),
    modelFolders: models ?? [],
    open: open === true,
    ...engines,
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  };
  const server = await startServer(options);
  terminal.say(`Housestyle is at\n\n  ${server.url}\n\nWhoever has this address gets in. Ctrl-C stops.`);
  terminal.result({ url: server.url });
  await new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await server.close();
  return exitCodes.ok;
}
