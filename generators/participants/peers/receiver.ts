import { CODECS } from '../sending/performer.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { NativeMedia, NativeTrack } from './native.ts';
import { withoutExtensions } from './sdp.ts';
import { sent } from './sent.ts';

/**
 * The first check of ICE must not be there before the answer, which goes another way: it would be passed over, and sent
 * again no sooner than 200 ms later. Milliseconds.
 */
export const HEAD_START = 15;

/** A peer connection that somebody receives on. */
export class Receiver {
  readonly connection: Connection;
  readonly #parts: ConnectionParts;
  readonly #received: (datagram: Buffer) => void;
  readonly #tracks = new Set<NativeTrack>();

  constructor(parts: ConnectionParts, received: (datagram: Buffer) => void) {
    this.#parts = parts;
    this.#received = received;
    this.connection = new Connection(parts);
    this.connection.pc.onTrack((track) => this.#hold(track));
  }

  /** Offers to receive sound and a picture, and gives the offer. */
  offer(): string {
    const { native } = this.#parts;
    const [audio, video] = [new native.Audio('0', 'RecvOnly'), new native.Video('1', 'RecvOnly')];
    audio.addOpusCodec(CODECS.opus.payloadType);
    video.addVP8Codec(CODECS.vp8.payloadType);
    for (const media of [audio, video] satisfies NativeMedia[]) this.#hold(this.connection.pc.addTrack(media));
    return this.connection.describe('offer');
  }

  /** Takes an offer, also a new one of a connection that is there, and gives the answer. */
  offered(sdp: string, now: number): string {
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

  /** The library lets go of what nobody holds. */
  #hold(track: NativeTrack): void {
    this.#tracks.add(track);
    track.onMessage(this.#received);
    track.onClosed(() => this.#tracks.delete(track));
  }
}
