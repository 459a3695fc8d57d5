import { networkInterfaces } from 'node:os';
import { inAddress } from './own-addresses.ts';

/** The part of a request that says where it was made. Header names in lower case, as Node gives them. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type OriginRules = { readonly allowedHosts: ReadonlySet<string>; readonly scheme: 'http' | 'https' };

/** The names under which a host may be asked for: always the loopback names, and this machine's own addresses when it listens on all of them. */
export function createOriginRules(listenHost: string, port: number, scheme: OriginRules['scheme']): OriginRules {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  if (!isLoopback(listenHost)) {
    if (listenHost === '0.0.0.0' || listenHost === '::') names.push(...ownAddresses());
    else names.push(inAddress(listenHost.toLowerCase()));
  }
  const standardPort = scheme === 'https' ? 443 : 80;
  // Browsers leave the standard port away.
  const hosts = names.flatMap((name) => (port === standardPort ? [`${name}:${port}`, name] : [`${name}:${port}`]));
  return { allowedHosts: new Set(hosts), scheme };
}

export function isLoopback(listenHost: string): boolean {
  return listenHost === '127.0.0.1' || listenHost === 'localhost' || listenHost === '::1';
}

/** Whether the other end of a socket is on this machine; by its address, because headers can say anything. */
export function isLoopbackPeer(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address);
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => inAddress(address)),
  );
}

/**
 * Why a request is refused, or null. A page of another site must not reach the studio: not by a name that resolves to this
 * machine (Host), not from a script or form of its own (Origin, Sec-Fetch-Site). `needsOrigin` holds for the socket: every
 * browser sends an Origin there, so a request without one is not from a browser page and needs no cookie.
 */
export function refuseOrigin(
  headers: RequestHeaders,
  { allowedHosts, scheme }: OriginRules,
  needsOrigin: boolean,
): string | null {
  const host = single(headers['host'])?.toLowerCase();
  if (host === undefined || !allowedHosts.has(host)) return 'unknown host';
  const site = single(headers['sec-fetch-site']);
  if (headers['sec-fetch-site'] !== undefined && site !== 'same-origin' && site !== 'none')
    return 'request from another site';
  const origin = single(headers['origin']);
  if (headers['origin'] === undefined) return needsOrigin ? 'no origin' : null;
  return origin === `${scheme}://${host}` ? null : 'foreign origin';
}

/** What says who asks. Node keeps the first or joins them when one comes twice, and two readers could believe different ones. */
const saidOnce = new Set(['host', 'origin', 'sec-fetch-site']);

/** Whether a request says twice who asks. `rawHeaders`: names and values in turn, as they came. */
export function hasRepeatedHeader(rawHeaders: readonly string[]): boolean {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return names.some((name, index) => saidOnce.has(name) && names.indexOf(name) < index);
}

/** A header that came twice counts as none: two proxies could each believe another one. */
function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value of one cookie of a Cookie header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
