import { networkInterfaces } from 'node:os';

/** This machine's addresses that another machine can type: no loopback, and no link-local ones, which need the name of a network card. */
export function listAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .toSorted((first, second) => first.family.localeCompare(second.family))
    .map(({ address }) => address);
}

function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address) || address.startsWith('169.254.');
}

/** As it stands in an address: IPv6 in brackets. */
export function inAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
