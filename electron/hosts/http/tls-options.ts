import { StudioError } from '../../contract/errors.ts';
import type { StartServerOptions } from './start-server.ts';

/** How a command line asks for an encrypted line. */
export type TlsOptions = { readonly tls?: boolean; readonly cert?: string; readonly key?: string };

/** @throws input.invalid for a certificate without its key, a key without its certificate, or both kinds at once */
export function readTlsOptions({ tls, cert, key }: TlsOptions): Pick<StartServerOptions, 'tls'> {
  if (cert === undefined && key === undefined) return tls === true ? { tls: 'own' } : {};
  const missing = cert === undefined ? 'cert' : key === undefined ? 'key' : null;
  if (missing !== null) throw refuse(missing, 'is missing: a certificate and its key go together');
  if (tls === true) throw refuse('tls', 'makes a certificate, and --cert brings one: leave one of them out');
  return { tls: { certFile: cert ?? '', keyFile: key ?? '' } };
}

function refuse(option: string, reason: string): StudioError {
  return new StudioError('input.invalid', `--${option} ${reason}.`, { issues: [{ path: option, message: reason }] });
}
