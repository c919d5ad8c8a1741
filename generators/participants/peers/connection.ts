import { isIP } from 'node:net';
import { deferred } from '../../../core/deferred.ts';
import { Failure } from '../../../core/failure.ts';
import type { Line, PeerMessage } from '../../../core/media.ts';
import { type Detour, type Places, placesBy } from './detour.ts';
import type { Native, NativeConnection } from './native.ts';
import { candidatesIn, placeOf, withoutCandidates } from './sdp.ts';

/** What a peer connection is made with. */
export interface ConnectionParts {
  readonly native: Native;
  readonly line: Line;
  /** The only address to send from, when media must not leave this machine. */
  readonly bind: string | undefined;
  /** Whether media may go where a candidate of the target says. */
  readonly mayReach: (candidate: string) => boolean;
  readonly now: () => number;
  /** What media go by, when something has been put between. */
  readonly detour: Detour | undefined;
  /** Tells the target something, by its signalling. */
  readonly say: (message: PeerMessage) => void;
}

/** More candidates than this before there is a description are nobody's. */
const MOST_EARLY = 1_000;

/** When a connection came how far, in milliseconds of the clock it was made with. */
export interface Progress {
  described?: number;
  ice?: number;
  dtls?: number;
}

/**
 * A peer connection that is told of the other end's candidates only when it has its description: the library gives ICE the
 * remote credentials first, and on a way of less than a millisecond the other end's DTLS can be there before the
 * fingerprint it has to show is known.
 */
export class Connection {
  readonly pc: NativeConnection;
  readonly progress: Progress = {};
  readonly #mayReach: ConnectionParts['mayReach'];
  readonly #early: string[] = [];
  readonly #gathered = deferred<void>();
  #described = false;
  #closed = false;
  readonly #places: Places | undefined;
  readonly #tell: (candidate: string) => void;
  #own: string | undefined;
  /** Candidates that media must not go to. */
  strangers = 0;
  /** What keeps media from the detour that they have to go by. */
  trouble: string | undefined;
  #reached = 0;

  constructor({ native, line, bind, mayReach, now, detour, say }: ConnectionParts) {
    this.#tell = (candidate) => say({ line, is: 'candidate', candidate, mid: '0' });
    this.#mayReach = mayReach;
    this.#places = detour && placesBy(detour);
    this.pc = new native.PeerConnection(line, {
      iceServers: [],
      // Without it tracks open, and no RTP comes.
      forceMediaTransport: true,
      disableAutoNegotiation: true,
      ...(bind !== undefined && { bindAddress: bind }),
    });
    this.pc.onIceStateChange((state) => {
      if (state === 'connected' || state === 'completed') this.progress.ice ??= now();
      this.#watch();
    });
    this.pc.onGatheringStateChange((state) => {
      if (state === 'complete') this.#gathered.resolve();
    });
    this.pc.onStateChange((state) => {
      if (state !== 'connected') return;
      this.progress.dtls ??= now();
      this.#watch();
    });
  }

  get isConnected(): boolean {
    return this.progress.dtls !== undefined && !this.isOver;
  }

  get isOver(): boolean {
    const state = this.pc.state();
    return state === 'failed' || state === 'closed';
  }

  /** Whether it can still be told something. */
  get hears(): boolean {
    return !this.#closed && !this.isOver;
  }

  get isDescribed(): boolean {
    return this.#described;
  }

  /** All candidates that the target has told are out of reach. */
  get isUnreachable(): boolean {
    return this.#reached === 0 && this.strangers > 0;
  }

  /** Makes the description of our own end; that of an answer throws a Failure where there is nothing to be answered. */
  describe(type: 'offer' | 'answer'): string {
    if (type === 'answer') understood(() => this.pc.setLocalDescription(type));
    else this.pc.setLocalDescription(type);
    return this.#description();
  }

  /** Our own end with all addresses it can be reached at, after it was described. */
  async whole(): Promise<string> {
    await this.#gathered.promise;
    return this.#closed ? '' : this.#description();
  }

  #description(): string {
    const made = this.pc.localDescription();
    if (!made) throw new Error('a peer connection without a description');
    if (!this.#places) return made.sdp;
    // Who knows where we are goes there directly.
    this.#own = candidatesIn(made.sdp).find((candidate) => placeOf(candidate));
    return withoutCandidates(made.sdp);
  }

  /** Takes the description of the other end; throws a Failure when it is none, or comes when it cannot be. */
  described(type: 'offer' | 'answer', sdp: string): void {
    understood(() => this.pc.setRemoteDescription(withoutCandidates(sdp), type));
    this.#early.unshift(...candidatesIn(sdp));
  }

  /** From now on candidates are given to the library; those that came before are first. */
  open(now: number): void {
    if (!this.hears) return;
    this.#described = true;
    this.progress.described ??= now;
    for (const candidate of this.#early.splice(0)) this.candidate(candidate);
  }

  candidate(candidate: string): void {
    // The library does not speak TCP.
    if (!placeOf(candidate)) return;
    if (!this.#described) {
      if (this.#early.length < MOST_EARLY) this.#early.push(candidate);
    } else if (!this.#mayReach(candidate)) this.strangers += 1;
    else if (this.#places) {
      this.#reached += 1;
      void this.#goBy(this.#places, candidate);
    } else if (this.#isAdded(candidate)) this.#reached += 1;
  }

  /** What the library cannot read is no way to anybody. */
  #isAdded(candidate: string): boolean {
    try {
      this.pc.addRemoteCandidate(candidate, '0');
      return true;
    } catch {
      return false;
    }
  }

  hear(message: Extract<PeerMessage, { is: 'candidate' }>): void {
    if (message.candidate !== '') this.candidate(message.candidate);
  }

  close(): void {
    this.#closed = true;
    this.#places?.close();
    this.pc.close();
  }

  async #goBy(places: Places, candidate: string): Promise<void> {
    try {
      if (this.#own === undefined) throw new Error('a peer connection that is nowhere');
      const { there, back } = await places.of(candidate, this.#own);
      if (this.#closed) return;
      this.pc.addRemoteCandidate(there, '0');
      this.#tell(back);
    } catch (thrown) {
      this.trouble ??= (thrown as Error).message;
    }
  }

  /** The other end may call from anywhere, and who hears that could go there. */
  #watch(): void {
    const remote = this.#places && this.pc.getSelectedCandidatePair()?.remote;
    // The library does not always know yet; it names no address then.
    if (!remote || isIP(remote.address) === 0 || this.#places?.has(remote.address, remote.port)) return;
    this.trouble ??= `media go directly to ${remote.address}:${remote.port}, past the relay they have to go by`;
  }
}

/** Does what the library throws for when the target says what makes no sense; its words may be those of the target. */
function understood(work: () => void): void {
  try {
    work();
  } catch {
    throw new Failure('protocol', 'the target describes its media in a way that cannot be understood');
  }
}
