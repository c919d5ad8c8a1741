import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Asks, HeardMessage, PeerMessage } from '../../../core/media.ts';
import { isLoopback } from '../../transports/reach.ts';
import type { Reach } from '../../transports/wire.ts';
import type { Entrance } from '../engine/member.ts';
import type { Detour } from './detour.ts';
import type { Native } from './native.ts';
import { Peer } from './peer.ts';
import { placeOf } from './sdp.ts';

/** A seat of WebRTC as it is told to the process of the participants: its signalling stays where it was. */
export interface PeerSeat {
  readonly id: number;
  readonly hosts: readonly string[];
  readonly asks?: Asks;
}

/** One that somebody is let go to, and when they were, on the clock of the engine. */
interface GivenSeat extends PeerSeat {
  readonly at: number;
}

/** Where people who speak WebRTC come in, and where they hear what is said to them. */
export interface PeerEntrance {
  readonly enter: Entrance<GivenSeat>;
  hear(id: number, message: HeardMessage): void;
}

const SSRCS = 0xffffffff;

/** By the name of a path of the relay, what goes by it. */
export type Detours = (path: string) => Detour;

/** Lets people in who speak WebRTC; `say` tells the target something for one of them. */
export function peerEntrance(
  native: Native,
  { loopbackOnly, media }: Reach,
  detours: Detours,
  say: (id: number, message: PeerMessage) => void,
): PeerEntrance {
  const peers = new Map<number, Peer>();
  // What is said to somebody who is still on their way in.
  const waiting = new Map<number, HeardMessage[]>();
  return {
    async enter({ id, hosts, asks, at }, welcome) {
      waiting.set(id, []);
      const addresses = loopbackOnly ? undefined : await addressesOf(hosts);
      const path = media && (media.paths[welcome.attendee.region ?? ''] ?? media.paths['']);
      const detour = path === undefined ? undefined : detours(path);
      const performer = welcome.performer(randomInt(1, SSRCS), randomInt(1, SSRCS));
      const peer = new Peer({
        ...welcome,
        ...(asks && { asks }),
        ...{ native, performer, detour, began: at, bind: loopbackOnly || detour ? '127.0.0.1' : undefined },
        mayReach: (candidate) => mayReach(candidate, addresses),
        say: (message) => say(id, message),
        gone: () => peers.delete(id),
      });
      peers.set(id, peer);
      for (const message of waiting.get(id) ?? []) peer.hear(message);
      waiting.delete(id);
      return peer;
    },
    hear(id, message) {
      const peer = peers.get(id);
      if (peer) peer.hear(message);
      else waiting.get(id)?.push(message);
    },
  };
}

/** Without addresses, on this machine only. */
function mayReach(candidate: string, addresses: ReadonlySet<string> | undefined): boolean {
  const address = placeOf(candidate)?.address ?? '';
  return isIP(address) !== 0 && (isLoopback(address) || (addresses?.has(address) ?? false));
}

async function addressesOf(hosts: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    hosts.map((host) => lookup(host.replace(/^\[|\]$/g, ''), { all: true }).catch(() => [])),
  );
  return new Set(found.flat().map(({ address }) => address));
}
