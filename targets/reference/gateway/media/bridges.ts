import type { PeerTerms } from '../../media/order.ts';
import type { Bench, Held } from './bench.ts';

/** Keeps media servers that hold a meeting together told of each other: who sits where, and where its media go. */
export class Bridges {
  readonly #meetings = new Map<string, Map<Bench, Set<Held>>>();

  /** Somebody has a seat. */
  put(held: Held, bench: Bench): void {
    const places = this.#meetings.get(held.meeting) ?? new Map<Bench, Set<Held>>();
    this.#meetings.set(held.meeting, places);
    const here = places.get(bench) ?? new Set();
    const isNew = here.size === 0;
    places.set(bench, here.add(held));
    for (const other of places.keys()) if (other !== bench) other.tell({ type: 'guest', ...termsOf(held) });
    if (!isNew || places.size === 1) return;
    for (const [other, all] of places)
      if (other !== bench) for (const each of all) bench.tell({ type: 'guest', ...termsOf(each) });
    tellBridges(held.meeting, places);
  }

  /** Somebody has it no more. */
  drop(held: Held, bench: Bench): void {
    const places = this.#meetings.get(held.meeting);
    const here = places?.get(bench);
    if (!places || !here?.delete(held)) return;
    for (const other of places.keys()) if (other !== bench) other.tell({ type: 'give-up', key: held.key });
    if (here.size > 0) return;
    places.delete(bench);
    if (places.size === 0) this.#meetings.delete(held.meeting);
    else {
      bench.tell({ type: 'bridge', meeting: held.meeting, peers: [] });
      tellBridges(held.meeting, places);
    }
  }
}

function termsOf({ key, meeting, audio, video }: Held) {
  return { key, meeting, audio, video };
}

function tellBridges(meeting: string, places: ReadonlyMap<Bench, unknown>): void {
  for (const bench of places.keys()) {
    const others = [...places.keys()].filter((other) => other !== bench).map(({ server }) => server.name);
    const peers: readonly PeerTerms[] = bench.server.peers.filter(({ name }) => others.includes(name));
    bench.tell({ type: 'bridge', meeting, peers });
  }
}
