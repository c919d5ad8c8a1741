import { parseAbsolute } from './absolute.ts';
import type { Operations, SystemDeclaration } from './declaration.ts';
import { hostsOf } from './hosts.ts';

/** Where load goes: to what is declared, and to what operations spell out where there are such. */
export type Stormed = Pick<SystemDeclaration, 'url' | 'hosts'> & { readonly operations?: Operations };

/** Addresses in operations, and whether one of them is only known when it is asked for. */
const SPELLED = /(?:https?|wss?):\/\/[^\s"\\]+/gi;
const MADE_UP = /"(?:request|websocket)":"(?:[A-Z]+ )?(?:\w+:\/\/[^/"]*)?\$\{/;

/**
 * Why nobody of the load connects to a host and port, in words; undefined when somebody does, or when that is not known
 * before the operations are carried out.
 */
export function strangerTo(hostAndPort: string, declaration: Stormed): string | undefined {
  const operations = JSON.stringify(declaration.operations ?? {});
  const spelled = [declaration.url, ...(operations.match(SPELLED) ?? [])].flatMap((url) => authorityOf(url) ?? []);
  if (spelled.includes(hostAndPort)) return undefined;
  const host = hostAndPort.replace(/:\d+$/, '');
  if (MADE_UP.test(operations) && hostsOf(declaration).includes(host)) return undefined;
  return `nobody connects to ${hostAndPort}: the load goes to ${[...new Set(spelled)].join(', ')}`;
}

/** Host and port of an address, in lower case; undefined when it is none. */
export function authorityOf(url: string): string | undefined {
  const { origin, scheme } = parseAbsolute(url) ?? {};
  if (origin === undefined) return undefined;
  const authority = origin.replace(/^\w+:\/\//, '');
  return /:\d+$/.test(authority) ? authority : `${authority}:${scheme === 'https' || scheme === 'wss' ? 443 : 80}`;
}
