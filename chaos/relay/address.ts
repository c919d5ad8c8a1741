import { isIPv6 } from 'node:net';

/** A host, by name or IP address, and a port of it. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` and `[::1]:port`; undefined when it is neither. */
export function parsedAddress(text: string): Address | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}

/** Writes an address so that it can be read again. */
export function addressText({ host, port }: Address): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}
