import { parseAddress } from '../../chaos/probes/address.ts';
import type { Disturbance, Fault, ServiceName } from '../../core/fault.ts';
import type { CandidatesMeans, FrontMeans, Means, Services } from '../../core/means.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Detours, MediaDetour } from '../../generators/transports/wire.ts';
import type { Proxies } from '../faults/proxies.ts';

/** The services of a target with proxies where faults need them, and what the load has to go by then. */
export interface Reached {
  readonly services: Services;
  readonly detours: Detours;
  /** What media of WebRTC have to go by. */
  readonly media: MediaDetour | undefined;
}

/**
 * Puts a proxy in every front that one of the faults goes through, and a relay where media of WebRTC go by one; where none
 * needs them, they are left alone.
 */
export async function reached(services: Services, faults: readonly Fault[], proxies: Proxies): Promise<Reached> {
  const detours: Record<string, { host: string; port: number }> = {};
  const paths: Record<string, string> = {};
  let relay: string | undefined;
  const relayed = async (
    service: string,
    means: CandidatesMeans & Pick<Means, 'part'>,
    index: number,
  ): Promise<Means> => {
    const { part = '' } = means;
    const own = faults.filter((fault) => isFor(part, fault, services[service as ServiceName] ?? []));
    if (!isNeeded(service, services, own, 'datagrams')) return means;
    const made = await proxies.rerouted(`${service}_${index}`);
    relay = made.relay;
    paths[part] = made.path;
    return { ...made, ...(part !== '' && { part }) };
  };
  const through = async (service: string, means: Means, index: number): Promise<Means> => {
    if (means.by === 'candidates') return relayed(service, means, index);
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
  const media = relay === undefined ? undefined : { relay, paths };
  return { services: Object.fromEntries(ready), detours, media };
}

/** A relay stands before media of WebRTC: others would not be told of it. Throws Mistakes. */
export function checkRelays(services: Services, isRelayed: boolean, where: string): void {
  const all = Object.entries(services).flatMap(([service, means]) => means.map((one) => ({ service, one })));
  const found = all.filter(({ one }) => one.by === 'candidates');
  if (found.some(({ service }) => service !== 'media'))
    throw Mistakes.of(`${where}.services`, 'has a relay before something else than media', 'put it under media');
  if (found.length > 0 && !isRelayed)
    throw Mistakes.of(
      `${where}.services.media`,
      'has a relay, and media of its kind go by none',
      'kind: livekit or janus',
    );
}

/** Who is in no region that is named goes by the relay that names none; where there is none, by no relay at all. */
function isFor(part: string, fault: Fault, all: readonly Means[]): boolean {
  const isGeneral = all.some((means) => means.by === 'candidates' && means.part === undefined);
  return fault.part === undefined ? part === '' || !isGeneral : fault.part === part;
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
