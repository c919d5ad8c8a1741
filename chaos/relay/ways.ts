import { type Address, parseAddress } from '../probes/address.ts';
import { addressText } from '../toxiproxy/address.ts';
import type { RelayClient } from './client.ts';

/** Gives where a client has to send to instead of to an upstream; rejects with a RelayFailure. */
export type Ways = (upstream: Address, client: Address) => Promise<Way>;

/** Where a relay listens for those who want to go to an upstream, until nobody does any more, and where that sees the client. */
export interface Way {
  readonly listen: Address;
  readonly from: Address;
  /** Whoever has taken it lets it go once. */
  release(): void;
}

interface Taken {
  readonly listen: Promise<string>;
  by: number;
}

/** The ways of one path of a relay: all who go to one upstream go by one listener, each in a flow of their own. */
export function waysBy(relay: Pick<RelayClient, 'open' | 'admit' | 'shut'>, path: string): Ways {
  const taken = new Map<string, Taken>();
  const release = (upstream: string, listen: string) => {
    const way = taken.get(upstream);
    if (!way) return;
    way.by -= 1;
    if (way.by > 0) return;
    taken.delete(upstream);
    // A relay that has ended listens nowhere.
    relay.shut(listen).catch(() => undefined);
  };
  return async (upstream, client) => {
    const name = addressText(upstream);
    const way = taken.get(name) ?? { listen: relay.open(name, { path }), by: 0 };
    taken.set(name, way);
    way.by += 1;
    try {
      const listen = await way.listen;
      const from = await relay.admit(listen, addressText(client));
      return { listen: addressIn(listen), from: addressIn(from), release: () => release(name, listen) };
    } catch (thrown) {
      taken.delete(name);
      throw thrown;
    }
  };
}

function addressIn(text: string): Address {
  const address = parseAddress(text);
  if (!address) throw new Error(`a relay that names "${text}" as an address`);
  return address;
}
