import type { Mistake } from '../../core/mistake.ts';
import { parseAbsolute } from './absolute.ts';
import type { SystemDeclaration } from './declaration.ts';
import { hostsOf } from './hosts.ts';

/** Who says where their WebSocket is: a path below `url`, or an address. */
type Written = Pick<SystemDeclaration, 'url' | 'hosts'> & { readonly websocket?: string };

/**
 * The absolute address of a WebSocket, ws: or wss:; `otherwise` is its path where none is written, `such` one to be told as an
 * example. Load goes to the declared hosts and to no others: what is wrong with it is added to the mistakes.
 */
export function websocketOf(
  written: Written,
  { otherwise, such = otherwise }: { readonly otherwise: string; readonly such?: string },
  where: string,
  mistakes: Mistake[],
): string {
  const { url, websocket = otherwise } = written;
  const whole = websocket.startsWith('/') ? url.replace(/\/+$/, '') + websocket : websocket;
  const absolute = parseAbsolute(whole);
  const place = `${where}.websocket`;
  if (!absolute) mistakes.push({ where: place, what: 'is no address', mend: such });
  else if (!hostsOf(written).includes(absolute.host))
    mistakes.push({ where: place, what: `${absolute.host} is not among the hosts`, mend: 'add it to hosts' });
  return whole.replace(/^http/i, 'ws');
}
