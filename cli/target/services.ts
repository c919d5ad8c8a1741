import { parseAddress } from '../../chaos/probes/address.ts';
import type { Disturbance, Fault } from '../../core/fault.ts';
import type { FrontMeans, Means, Services } from '../../core/means.ts';
import type { Detours } from '../../generators/transports/wire.ts';
import type { Proxies } from '../faults/proxies.ts';

/** The services of a target with proxies where faults need them, and what the load has to go by then. */
export interface Reached {
  readonly services: Services;
  readonly detours: Detours;
}

/** Puts a proxy in every front that one of the faults goes through; fronts that none needs are left alone. */
export async function reached(services: Services, faults: readonly Fault[], proxies: Proxies): Promise<Reached> {
  const detours: Record<string, { host: string; port: number }> = {};
  const through = async (service: string, means: Means, index: number): Promise<Means> => {
    if (means.by !== 'front' || !isNeeded(service, services, faults, 'connections')) return means;
    const upstream = addressOf(means);
    const { listen, means: proxied } = await proxies.before(`${service}_${index}`, upstream);
    detours[`${upstream.host}:${upstream.port}`] = listen;
    const { part, speaks } = means;
    return { ...proxied, speaks, ...(part !== undefined && { part }) };
  };
  const ready: [string, readonly Means[]][] = [];
  for (const [service, all] of Object.entries(services))
    ready.push([service, await Promise.all(all.map((means, index) => through(service, means, index)))]);
  return { services: Object.fromEntries(ready), detours };
}

/** Whether a fault acts on what goes to a service: only then does something have to stand before it. */
export function isNeeded(
  service: string,
  services: Services,
  faults: readonly Fault[],
  on: 'connections' | 'datagrams',
): boolean {
  return faults.some(({ service: first, otherwise, does }) => {
    const chosen = services[first] === undefined ? otherwise : first;
    return chosen === service && (on === 'datagrams' ? does.kind === 'impairment' : isOnConnections(does));
  });
}

function isOnConnections({ kind }: Disturbance): boolean {
  return kind === 'latency' || kind === 'bandwidth' || kind === 'refusal' || kind === 'toxic';
}

function addressOf({ upstream }: FrontMeans) {
  const address = parseAddress(upstream);
  if (!address) throw new Error(`a front without host and port: ${upstream}`);
  return address;
}
