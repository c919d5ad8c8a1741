import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** A host and a port as they are used: the host an address or a name, the port a number. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** An address that cannot be understood or found; the message is that of Go's net package. */
class AddressError extends Error {
  override readonly name = 'AddressError';
}

/** Reads `host:port`; an empty host is this machine's loopback, an empty port a free one. Throws AddressError. */
export function readAddress(text: string): Address {
  if (text === '') return { host: LOOPBACK, port: 0 };
  const { host, port } = split(text);
  return { host: host || LOOPBACK, port: portIn(port) };
}

/** Reads `host:port` and finds the address of the host, of the fourth version of IP where there is one. */
export async function resolveAddress(text: string): Promise<Address> {
  const { host, port } = readAddress(text);
  if (isIP(host)) return { host, port };
  try {
    const found = await lookup(host, { all: true });
    const { address } = found.find(({ family }) => family === 4) ?? found[0] ?? { address: undefined };
    if (address !== undefined) return { host: address, port };
  } catch {
    // Why a name has no address is told in many ways, of which the user needs to know this one.
  }
  throw new AddressError(`lookup ${host}: no such host`);
}

/** Writes an address: `127.0.0.1:80`, `[::1]:80`. */
export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const LOOPBACK = '127.0.0.1';

function split(text: string): { readonly host: string; readonly port: string } {
  const refuse = (what: string): never => {
    throw new AddressError(`address ${text}: ${what}`);
  };
  const colon = text.lastIndexOf(':');
  if (colon < 0) refuse('missing port in address');
  const end = text.startsWith('[') ? text.indexOf(']') : undefined;
  if (end === -1) refuse("missing ']' in address");
  if (end !== undefined && end + 1 !== colon)
    refuse(text[end + 1] === ':' ? 'too many colons in address' : 'missing port in address');
  const host = end === undefined ? text.slice(0, colon) : text.slice(1, end);
  if (end === undefined && host.includes(':')) refuse('too many colons in address');
  if (text.includes('[', end === undefined ? 0 : 1)) refuse("unexpected '[' in address");
  if (text.includes(']', end === undefined ? 0 : end + 1)) refuse("unexpected ']' in address");
  return { host, port: text.slice(colon + 1) };
}

function portIn(text: string): number {
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) throw new AddressError(`lookup tcp/${text}: unknown port`);
  const port = Number(text);
  if (port < 0 || port > 65_535) throw new AddressError(`address ${text}: invalid port`);
  return port;
}

const MISHAPS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EACCES: 'permission denied',
};

/** Why nothing can listen at an address, in the words of Go's net package. */
export function listenMishap(address: Address, error: NodeJS.ErrnoException): string {
  return `listen tcp ${addressText(address)}: bind: ${MISHAPS[error.code ?? ''] ?? error.message}`;
}
