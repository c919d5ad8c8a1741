import type { Guard } from '../../chaos/guard.ts';
import { type Address, parseAddress } from '../../chaos/probes/address.ts';
import { type Relay, startRelay } from '../../chaos/relay/relay.ts';
import { addressText } from '../../chaos/toxiproxy/address.ts';
import { type ToxiproxyClient, ToxiproxyFailure, toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import { type EmbeddedToxiproxy, startEmbedded } from '../../chaos/toxiproxy/embedded.ts';
import { EXIT } from '../../core/exit.ts';
import type { RelayMeans, ToxiproxyMeans } from '../../core/means.ts';
import { Mistakes } from '../../core/mistake.ts';

/**
 * What stands before the services of a target in a run, made as it is needed: proxies in a Toxiproxy, our own or the one
 * that was named, and a relay of our own.
 */
export interface Proxies {
  /** Puts a proxy before an address; throws Mistakes when that cannot be done. */
  before(service: string, upstream: Address): Promise<Proxied>;
  /** Puts a relay for datagrams before an address, on a path of its own. */
  relayed(path: string, upstream: Address): Promise<Relayed>;
  /** A relay for datagrams of people who are told where to send by somebody else, with a path of a name. */
  rerouted(path: string): Promise<RelayMeans>;
  /** Removes every proxy, and ends what was started for them. */
  close(): Promise<void>;
}

/** Where to connect instead, and how faults reach it. */
export interface Proxied {
  readonly listen: Address;
  readonly means: Pick<ToxiproxyMeans, 'by' | 'api' | 'proxy'>;
}

/** Where to send datagrams to instead, and how faults reach them. */
export interface Relayed {
  readonly listen: Address;
  readonly means: RelayMeans;
}

export interface ProxyOptions {
  /** The API of a Toxiproxy that runs already; undefined for one of our own, in a child process. */
  readonly toxiproxy: string | undefined;
  readonly seed: number;
  readonly guard: Guard;
}

const A_DAY = 86_400_000;

/** The proxies of a run; nothing is started before one is needed. */
export function proxiesOf({ toxiproxy, seed, guard }: ProxyOptions): Proxies {
  let embedded: Promise<EmbeddedToxiproxy> | undefined;
  let relay: Promise<Relay> | undefined;
  const made: string[] = [];
  const client = async (): Promise<ToxiproxyClient> => {
    if (toxiproxy !== undefined) return toxiproxyClient(toxiproxy);
    embedded ??= startEmbedded({ seed });
    return toxiproxyClient((await embedded).url);
  };
  const relaying = () => {
    relay ??= startRelay({ seed });
    return relay;
  };
  return {
    async before(service, upstream) {
      const own = await client();
      const proxy = `st_${guard.run}_${service}`;
      const api = own.url;
      // One of our own goes with us, whatever happens.
      if (toxiproxy !== undefined) {
        const expiresAt = new Date(Date.now() + A_DAY).toISOString();
        guard.intend({
          name: proxy,
          says: `a proxy before ${service}`,
          undo: { kind: 'proxy', api, proxy },
          expiresAt,
        });
        made.push(proxy);
      }
      return { listen: await listening(own, proxy, upstream), means: { by: 'toxiproxy', api, proxy } };
    },
    async relayed(path, upstream) {
      const own = await relaying();
      const listen = parseAddress(await own.open(addressText(upstream), { path }));
      if (!listen) throw new Error('a relay that listens nowhere');
      return { listen, means: { by: 'relay', relay: own.url, path } };
    },
    async rerouted(path) {
      const own = await relaying();
      await own.begin(path);
      return { by: 'relay', relay: own.url, path };
    },
    async close() {
      if (toxiproxy !== undefined)
        await Promise.all(made.map((proxy) => removed(toxiproxyClient(toxiproxy), proxy, guard)));
      await (await embedded?.catch(() => undefined))?.stop();
      await (await relay?.catch(() => undefined))?.stop();
    },
  };
}

async function listening(client: ToxiproxyClient, name: string, upstream: Address): Promise<Address> {
  try {
    const { listen } = await client.createProxy({ name, upstream: addressText(upstream), listen: '127.0.0.1:0' });
    const address = parseAddress(listen);
    if (address) return address;
    throw Mistakes.of('--toxiproxy', `${client.url} says that it listens at "${listen}"`, undefined, EXIT.notReady);
  } catch (error) {
    if (!(error instanceof ToxiproxyFailure)) throw error;
    throw Mistakes.of('--toxiproxy', error.message, 'is it running?', EXIT.notReady);
  }
}

/** What cannot be removed now stays in the intent log. */
async function removed(client: ToxiproxyClient, proxy: string, guard: Guard): Promise<void> {
  try {
    await client.removeProxy(proxy);
    guard.undone(proxy);
  } catch (error) {
    if (!(error instanceof ToxiproxyFailure)) throw error;
    if (error.isGone) guard.undone(proxy);
  }
}
