import { isDuration, milliseconds } from '../../core/duration.ts';
import { Failure } from '../../core/failure.ts';
import { retryAfterOf } from '../../core/retry-after.ts';
import type { Transport } from '../../core/transport.ts';
import { parseAbsolute } from './absolute.ts';
import { type ASSETS, REGISTERS } from './compile/scope.ts';
import type { Base } from './compile/site.ts';
import { type Step, type Visit, walk } from './visit.ts';

/**
 * Opens a page, and fetches what it has named, if it has: its list, one after another; or, where that fails or takes longer
 * than the page waits, the other one.
 */
export async function fetched(steps: readonly Step[], visit: Visit, base: Base): Promise<void> {
  const { io, values } = visit;
  await walk(steps, visit);
  const named = (name: (typeof ASSETS)[number]) => values[REGISTERS[name]];
  const [list, wait, otherwise] = [named('assets.list'), named('assets.wait'), named('assets.otherwise')];
  if (list === undefined) return;
  if (otherwise === undefined) return fetchAll(io, addressesIn(list, base), waitOf(wait));
  try {
    await fetchAll(io, addressesIn(list, base), waitOf(wait));
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    await fetchAll(io, addressesIn(otherwise, base), undefined);
  }
}

async function fetchAll(io: Transport, urls: readonly string[], wait: number | undefined): Promise<void> {
  const began = Date.now();
  for (const url of urls) {
    const left = wait === undefined ? undefined : wait - (Date.now() - began);
    if (left !== undefined && left <= 0) throw new Failure('timeout', 'the assets have not come in time');
    const answer = await io.http({ method: 'GET', url, ...(left !== undefined && { within: left }) });
    if (SHED.has(answer.status)) throw new Failure('shed', `an asset: ${answer.status}`, retryAfterOf(answer));
    if (answer.status < 200 || answer.status > 299) throw new Failure('status', `an asset: ${answer.status}`);
  }
}

const SHED: ReadonlySet<number> = new Set([429, 503]);

function waitOf(wait: string | undefined): number | undefined {
  if (wait === undefined) return undefined;
  if (isDuration(wait)) return milliseconds(wait);
  throw new Failure('protocol', `assets.wait: "${wait}" is no time such as 700ms`);
}

/** Paths are below the target's own address; what it sends people to otherwise has to be one of its hosts. */
function addressesIn(list: string, base: Base): string[] {
  return list.split('\n').map((address) => {
    if (address.startsWith('/')) return base.url + address;
    const absolute = parseAbsolute(address);
    if (absolute?.scheme.startsWith('http') && base.hosts.has(absolute.host)) return address;
    throw new Failure('protocol', `assets: ${address} is at none of the hosts that the declaration names`);
  });
}
