import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList } from 'node:net';
import { Failure, type FailureKind } from '../../core/failure.ts';
import { Exhausted, OWN_LIMITS } from '../exhausted.ts';
import type { Reach } from './wire.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Tells whether an IP address is this machine's own. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** A name look-up that remembers, and that refuses names leading out of reach at the moment of connecting. */
export function lookupWithin({ loopbackOnly }: Reach): (name: string, options: LookupOptions, found: Found) => void {
  const known = new Map<string, LookupAddress[]>();
  return (name, options, found) => {
    const answer = (addresses: LookupAddress[]) => {
      const [first] = addresses;
      if (!first) found(Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' }), '');
      else if (loopbackOnly && !addresses.every(({ address }) => isLoopback(address)))
        found(Object.assign(new Error(`${name} is not this machine`), { code: 'EACCES' }), '');
      else if (options.all) found(null, addresses);
      else found(null, first.address, first.family);
    };
    const remembered = known.get(name);
    if (remembered) return answer(remembered);
    lookup(name, { all: true }, (error, addresses) => {
      if (error) return found(error, '');
      known.set(name, addresses);
      answer(addresses);
    });
  };
}

const KINDS: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'protocol',
};

/** Says in the words of a Failure why a connection did not work; our own limits come back as Exhausted. */
export function failureOf(error: unknown): Failure | Exhausted {
  if (error instanceof Failure || error instanceof Exhausted) return error;
  const { code = '', message, name } = error as NodeJS.ErrnoException;
  if (OWN_LIMITS.has(code)) return new Exhausted(`the generator's machine is at its limit: ${code}`);
  const kind = KINDS[code] ?? (name === 'HTTPParserError' ? 'protocol' : 'unreachable');
  return new Failure(kind, code && !message.includes(code) ? `${code}: ${message}` : message);
}
