import type { Disturbance } from '../../core/fault.ts';
import type { ToxiproxyMeans } from '../../core/means.ts';
import { CannotInject, type Injector, type Prepared, type Task } from '../injector.ts';
import { type Address, parseAddress } from '../probes/address.ts';
import type { Heard } from '../probes/heard.ts';
import { speak } from '../probes/speak.ts';
import { type ProxyState, type ToxiproxyClient, ToxiproxyFailure, toxiproxyClient } from '../toxiproxy/client.ts';
import type { Undo } from '../undo.ts';
import {
  bandwidthFindings,
  type FlowFindings,
  latencyFindings,
  refusalFindings,
  toxicFindings,
} from './flow-findings.ts';

type Flow = Extract<Disturbance, { kind: 'latency' | 'bandwidth' | 'refusal' | 'toxic' }>;

/** How long a fault of ours stays when nobody renews it, in milliseconds; any other Toxiproxy does not know of it. */
const TTL = 5_000;
/** How long a look waits beyond what the fault itself takes, in milliseconds. */
const PATIENCE = 2_000;

/** Faults on connections, by a proxy of a Toxiproxy that they go through: ours or any other. */
export const toxiproxyInjector: Injector<'toxiproxy'> = {
  by: 'toxiproxy',
  can: (does) => isFlow(does),
  async prepare({ name, does, means }: Task<'toxiproxy'>) {
    if (!isFlow(does)) throw new CannotInject(`a proxy cannot do ${does.kind}`);
    const client = toxiproxyClient(means.api);
    const before = await proxyOf(client, means);
    if (does.kind === 'refusal' && !before.enabled)
      throw new CannotInject(`proxy ${means.proxy} at ${means.api} is disabled already`);
    const address = reachableAddress(before.listen, means.api);
    const isInPlace = async () => isIn(await client.proxy(means.proxy), does, name);
    return { ...acting(client, name, does, means), ...looking(address, does, means, isInPlace) };
  },
};

async function proxyOf(client: ToxiproxyClient, { api, proxy }: ToxiproxyMeans): Promise<ProxyState> {
  try {
    const state = await client.proxy(proxy);
    if (state) return state;
    throw new CannotInject(`the Toxiproxy at ${api} has no proxy "${proxy}"`);
  } catch (error) {
    throw error instanceof ToxiproxyFailure ? new CannotInject(error.message) : error;
  }
}

/** Where a proxy is reached; one that listens everywhere is where its API is. */
function reachableAddress(listen: string, api: string): Address {
  const address = parseAddress(listen);
  if (!address) throw new CannotInject(`the Toxiproxy at ${api} says that it listens at "${listen}"`);
  const isAnywhere = address.host === '0.0.0.0' || address.host === '::';
  return isAnywhere ? { ...address, host: new URL(api).hostname.replace(/^\[|\]$/g, '') } : address;
}

type Acting = Pick<Prepared, 'undo' | 'inject' | 'renew'>;

function acting(client: ToxiproxyClient, name: string, does: Flow, { api, proxy }: ToxiproxyMeans): Acting {
  if (does.kind === 'refusal') {
    let hasTtl = false;
    return {
      undo: { kind: 'enabled', api, proxy, enabled: true },
      async inject() {
        hasTtl = (await client.updateProxy(proxy, { enabled: false, ttl: TTL })).ttl !== undefined;
      },
      async renew() {
        if (hasTtl) await client.updateProxy(proxy, { ttl: TTL });
      },
    };
  }
  const undo: Undo = { kind: 'toxic', api, proxy, toxic: name };
  let hasTtl = false;
  return {
    undo,
    async inject() {
      hasTtl = (await client.addToxic(proxy, { name, ttl: TTL, ...toxicOf(does) })).ttl !== undefined;
    },
    async renew() {
      if (hasTtl) await client.updateToxic(proxy, name, { ttl: TTL });
    },
  };
}

function toxicOf(does: Exclude<Flow, { kind: 'refusal' }>) {
  const stream = 'downstream' as const;
  if (does.kind === 'latency')
    return { type: 'latency', stream, attributes: { latency: does.latency, jitter: does.jitter } };
  if (does.kind === 'bandwidth') return { type: 'bandwidth', stream, attributes: { rate: does.kilobytesPerSecond } };
  const { type, attributes } = does;
  return { type, stream: does.stream, attributes };
}

type Looking = Pick<Prepared, 'look' | 'bites' | 'gone' | 'close'>;

/** Whether a proxy has a fault, by what its Toxiproxy says. */
function isIn(state: ProxyState | undefined, { kind }: Flow, name: string): boolean {
  if (!state) return false;
  return kind === 'refusal' ? !state.enabled : state.toxics.some((toxic) => toxic.name === name);
}

type Seen = Heard & { readonly isIn: boolean | undefined };

/**
 * A fault is shown by two things together: the Toxiproxy says that it is there, and it is measured. A service that is slow
 * for another reason shows none.
 */
function looking(
  address: Address,
  does: Flow,
  { speaks, proxy }: ToxiproxyMeans,
  isInPlace: () => Promise<boolean>,
): Looking {
  const limit = PATIENCE + (does.kind === 'latency' ? does.latency + does.jitter : 0);
  const findings = findingsOf(does);
  return {
    async look(): Promise<Seen> {
      const heard = await speak(address, speaks, limit);
      return { ...heard, isIn: await isInPlace().catch(() => undefined) };
    },
    bites(before: readonly Seen[], during: readonly Seen[]) {
      const finding = findings.bites(before, during);
      const without = during.filter(({ isIn }) => isIn !== true).length;
      if (without === 0) return finding;
      return {
        holds: false,
        says: `${proxy} did not have it in ${without} of ${during.length} looks; ${finding.says}`,
      };
    },
    gone(before: readonly Seen[], after: readonly Seen[]) {
      const finding = findings.gone(before, after);
      if (after.some(({ isIn }) => isIn === true))
        return { holds: false, says: `${proxy} still has it; ${finding.says}` };
      const isKnown = after.every(({ isIn }) => isIn === false);
      // What the storm has done to the service stays when the fault goes: that is for the score to tell.
      if (isKnown && !finding.holds)
        return { holds: true, says: `${proxy} has it no more, but it is not as before: ${finding.says}` };
      return finding;
    },
    close: async () => undefined,
  } as Looking;
}

function findingsOf(does: Flow): FlowFindings {
  if (does.kind === 'latency') return latencyFindings(does);
  if (does.kind === 'bandwidth') return bandwidthFindings(does);
  return does.kind === 'refusal' ? refusalFindings : toxicFindings;
}

function isFlow(does: Disturbance): does is Flow {
  return ['latency', 'bandwidth', 'refusal', 'toxic'].includes(does.kind);
}
