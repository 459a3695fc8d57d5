import { join } from 'node:path';
import { dataFolder } from '../host-defaults.ts';
import type { Announced } from './announce.ts';
import { ownCertificate, readCertificate } from './certificate.ts';
import { createHttpHost } from './create-http-host.ts';
import { tryDoor } from '../door/open-door.ts';
import type { RunArguments } from '../door/open-door.ts';
import { openBrowser } from './open-browser.ts';
import { openHostStudio } from '../open-host-studio.ts';
import type { HostStudioOptions } from '../host-studio-options.ts';

export const DEFAULT_PORT = 4870;

export type StartServerOptions = HostStudioOptions & {
  /** 0 takes any free port. Default: 4870, or any free one when that is taken. */
  readonly port?: number;
  /** Address to listen on. Default: this machine only. */
  readonly host?: string;
  /** Encrypts the line: with files of one's own, or with a certificate that the studio makes and keeps. Default: not encrypted. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | 'own';
  /** Where the studio keeps its own certificate. */
  readonly tlsFolder?: string;
  /** Carries out what the command line asks of the running studio; without it no door opens for it. */
  readonly runArguments?: RunArguments;
  /** Show the page in the user's browser. */
  readonly open?: boolean;
};

export type RunningServer = Announced & {
  close(): Promise<void>;
};

/** Opens the library, starts the studio and serves it to browsers. @throws input.invalid for a certificate that cannot be used, library.locked and everything else that `openLibrary` throws */
export async function startServer({
  port,
  host = '127.0.0.1',
  open = false,
  tls,
  tlsFolder = join(dataFolder(), 'tls'),
  runArguments,
  ...options
}: StartServerOptions): Promise<RunningServer> {
  const certificate =
    tls === undefined
      ? undefined
      : tls === 'own'
        ? await ownCertificate(tlsFolder, Date.now())
        : await readCertificate(tls.certFile, tls.keyFile, Date.now());
  let listening: string | null = null;
  let addresses: readonly string[] = [];
  const opened = await openHostStudio({
    readsAhead: true,
    ...options,
    listening: () => listening,
    addresses: () => addresses,
  });
  try {
    const server = await createHttpHost({
      studio: opened.studio,
      port: port ?? DEFAULT_PORT,
      mayMove: port === undefined,
      host,
      ...(certificate === undefined ? {} : { certificate }),
      ...(options.rendererFolder === undefined ? {} : { rendererFolder: options.rendererFolder }),
    });
    listening = server.reachable;
    addresses = server.addresses;
    const door = await tryDoor(opened, runArguments);
    if (open) openBrowser(server.url);
    return {
      url: server.url,
      others: server.others,
      fingerprint: certificate?.fingerprint ?? null,
      isOwnCertificate: tls === 'own',
      async close() {
        await door?.close();
        await server.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
