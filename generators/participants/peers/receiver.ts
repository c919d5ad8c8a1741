import type { Payloads } from '../engine/listener.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { NativeTrack } from './native.ts';
import { partnersIn, payloadsIn, withoutExtensions } from './sdp.ts';
import { sent } from './sent.ts';

/**
 * The first check of ICE must not be there before the answer, which goes another way: it would be passed over, and sent
 * again no sooner than 200 ms later. Milliseconds.
 */
export const HEAD_START = 15;

/** The peer connection that somebody receives on; the target offers anew whenever there is more, or less, to be received. */
export class Receiver {
  readonly connection: Connection;
  /** What the last offer says of the streams; the same maps for good. */
  readonly partners = new Map<number, number>();
  readonly payloads = new Map<number, 'audio' | 'video'>();
  readonly #tracks = new Set<NativeTrack>();

  constructor(parts: ConnectionParts, received: (datagram: Buffer) => void) {
    this.connection = new Connection(parts);
    this.connection.pc.onTrack((track) => {
      // The library lets go of what nobody holds.
      this.#tracks.add(track);
      track.onMessage(received);
      track.onClosed(() => this.#tracks.delete(track));
    });
  }

  /** Takes an offer, and gives the answer. */
  offered(sdp: string, now: number): string {
    copied(partnersIn(sdp), this.partners);
    copied(payloadsIn(sdp), this.payloads satisfies Payloads);
    this.connection.described('offer', sdp);
    const answer = withoutExtensions(this.connection.describe('answer'));
    if (this.connection.isDescribed) this.connection.open(now);
    else setTimeout(() => this.connection.open(now), HEAD_START);
    return answer;
  }

  /** Sends reports to the target; dropped while nothing is received. */
  report(datagram: Buffer): void {
    for (const track of this.#tracks) {
      if (!track.isOpen()) continue;
      sent(track, datagram);
      return;
    }
  }
}

function copied<K, V>(from: ReadonlyMap<K, V>, to: Map<K, V>): void {
  for (const [key, value] of from) to.set(key, value);
}
