import { createHttpHost } from './create-http-host.ts';
import { openBrowser } from './open-browser.ts';
import { openHostStudio } from '../open-host-studio.ts';
import type { HostStudioOptions } from '../open-host-studio.ts';

export const DEFAULT_PORT = 4870;

export type StartServerOptions = HostStudioOptions & {
  /** 0 takes any free port. Default: 4870, or any free one when that is taken. */
  readonly port?: number;
  /** Address to listen on. Default: this machine only. */
  readonly host?: string;
  /** Show the page in the user's browser. */
  readonly open?: boolean;
};

export type RunningServer = {
  /** With the token: whoever has it gets in. */
  readonly url: string;
  close(): Promise<void>;
};

/** Opens the library, starts the studio and serves it to browsers. @throws library.locked and everything else that `openLibrary` throws */
export async function startServer({
  port,
  host = '127.0.0.1',
  open = false,
  ...options
}: StartServerOptions): Promise<RunningServer> {
  let listening: string | null = null;
  const opened = await openHostStudio({ ...options, listening: () => listening });
  try {
    const server = await createHttpHost({
      studio: opened.studio,
      port: port ?? DEFAULT_PORT,
      mayMove: port === undefined,
      host,
      ...(options.rendererFolder === undefined ? {} : { rendererFolder: options.rendererFolder }),
    });
    listening = server.reachable;
    if (open) openBrowser(server.url);
    return {
      url: server.url,
      async close() {
        await server.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
