import type { PageSeat } from './browser.ts';

/** A seat in the media of a meeting: of plain RTP, of WebRTC, or a page's. */
export type MediaSeat = RtpSeat | NegotiatedSeat | PageSeat;

/** A seat that WebRTC takes: both ends agree over the target's signalling on how. */
export interface NegotiatedSeat {
  readonly negotiation: Negotiation;
  /** Where its media may go besides to this machine: hosts by name or address. */
  readonly hosts: readonly string[];
  /** Where the participant offers everything; the target offers what can be received otherwise. */
  readonly asks?: Asks;
}

/** What somebody offers who is offered nothing: one connection to send on, and one for each thing they want to receive. */
export interface Asks {
  readonly sends: boolean;
  /** How many connections to receive on; each is named by its number from 0 on. */
  readonly receives: number;
  /** What everybody else says comes back as one stream of sound on the connection that sends; there are no pictures. */
  readonly isMixed?: true;
  /** Whether their own candidates are in the offer, or told when the answer is there. */
  readonly candidates: 'offered' | 'trickled';
}

/** The signalling of one participant, as far as it is about media. */
export interface Negotiation {
  say(message: PeerMessage): void;
  /** Hears what the target says, from the beginning on, and what it is when it does not come to that: a Failure of the target's. */
  hear(listener: (message: HeardMessage) => void, refused: (failure: Error) => void): void;
}

/**
 * What two ends of a peer connection tell each other (RFC 8829): descriptions, and where they can be reached; an empty candidate
 * is the end of them. `id` tells connections to receive on apart, or offers.
 */
export type PeerMessage =
  | { readonly line: Line; readonly is: 'offer' | 'answer'; readonly sdp: string; readonly id?: number }
  | {
      readonly line: Line;
      readonly is: 'candidate';
      readonly candidate: string;
      readonly mid: string;
      readonly id?: number;
    };

/** What somebody hears of a target: also that of what they want to receive there is nothing yet. */
export type HeardMessage = PeerMessage | { readonly line: 'receiving'; readonly is: 'nothing'; readonly id: number };

/** A participant sends on one peer connection, which it offers, and receives on others, which the target offers, or it does. */
export type Line = 'sending' | 'receiving';

/** A seat of plain RTP: where its server is, what takes it, and what is to be sent with. */
export interface RtpSeat {
  readonly host: string;
  readonly port: number;
  readonly key: string;
  /** The 32-bit SSRCs of this participant's sound and picture. */
  readonly audio: number;
  readonly video: number;
}

/** Who takes a seat, and among whom. */
export interface Attendee {
  /** What tells the meeting from others. */
  readonly meeting: string;
  /** How many are planned to be in it: the more, the less each of them speaks. */
  readonly size: number;
  /** Whether they send a picture. */
  readonly camera: boolean;
  /** They only listen and look on, and send nothing at all; of seats of WebRTC. */
  readonly audience?: true;
  /** A number of their own: whoever has the same sends the same. */
  readonly who: number;
  /** Where they are, where that is known. */
  readonly region?: string;
  /** How long they have been joining when they take the seat, in milliseconds; unknown for who goes over to another one. */
  readonly joining?: number;
  /** How long they had been when the target had accepted who they are; unknown where it does not tell. */
  readonly accepted?: number;
}

/**
 * How long somebody who joined took until: the target had accepted who they are (`auth`), it let them in (`signalling`), both
 * ends had described their connections (`description`), ICE had found ways, DTLS had agreed on keys, the first packet and the
 * first whole frame of anybody had come. Milliseconds since they began to join, so that each is in those that come after it;
 * missing what did not happen. `own` is the most of that which may have been the generator's and not the target's.
 */
export type Entry = Readonly<Partial<Record<EntryTime, number>>>;

export const ENTRY_PHASES = ['auth', 'signalling', 'description', 'ice', 'dtls', 'packet', 'frame'] as const;

export type EntryPhase = (typeof ENTRY_PHASES)[number];

/** All that is told of how somebody came in. */
export const ENTRY_TIMES = [...ENTRY_PHASES, 'own'] as const;

export type EntryTime = (typeof ENTRY_TIMES)[number];

/** Media of one virtual user. Absent where an engine has none. */
export interface MediaPort {
  /**
   * Takes a seat; resolves once the server has accepted it and, where somebody is there to be heard, the first packet is
   * in. Throws a Failure when it does not come to that within the person's patience.
   */
  attend(seat: MediaSeat, attendee: Attendee): Promise<Attendance>;
}

/** Somebody sends and receives media until they leave. */
export interface Attendance {
  /** Resolves with a reason when no media has come for so long that a client would join anew. */
  readonly lost: Promise<string>;
  /** What was measured in one of the last seconds of the run; undefined for seconds in which they were not there. */
  facts(second: number): MediaFacts | undefined;
  /** Resolves soon after they are in; absent where one step cannot be told from another. */
  readonly entry?: Promise<Entry>;
  leave(): void;
}

/** What one participant measured in one second. Delays are of one direction; all times are in milliseconds. */
export interface MediaFacts {
  readonly audio: StreamCounts;
  readonly video: StreamCounts;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** RFC 3550, 6.4.1; of the worst voice. */
  readonly jitter?: number;
  readonly roundTrip?: number;
  readonly audioDelay?: number;
  readonly videoDelay?: number;
  /** Positive when the sound is early. */
  readonly skew?: number;
  readonly mos?: number;
  /** What the server's reports say has become of what they sent. */
  readonly upstream?: StreamCounts;
  /** By the rule of W3C on complete frames, and how long pictures stood still; `watched` is how long there was one. */
  readonly freezes: number;
  readonly frozen: number;
  readonly watched: number;
  /** Frames that a decoder made of it; undefined for who has none. */
  readonly decoded?: number;
  /** Undefined when the quality floor held. */
  readonly breach?: Breach;
  /** Datagrams that said nothing anybody could use; missing where there were none. */
  readonly discarded?: number;
}

/** Packets of one kind of media; `lost` is signed, as what comes late makes up for what was missed before. */
export interface StreamCounts {
  readonly packets: number;
  readonly lost: number;
}

/** The share of packets lost, 0..1; undefined when there were none to lose. */
export function lossOf({ packets, lost }: StreamCounts): number | undefined {
  const missed = Math.max(0, lost);
  return packets + missed > 0 ? missed / (packets + missed) : undefined;
}

/**
 * What a second of media fell short of:
 * - `absent`: they were to be in the meeting and were not
 * - `unseated`: the media server did not answer any more
 * - `silent`: nothing was heard of anybody
 * - `loss`, `audio-delay`, `video-delay`: what came was too little, or too late
 * - `frozen`: a picture stood still
 */
export type Breach = 'absent' | 'unseated' | 'silent' | 'loss' | 'audio-delay' | 'video-delay' | 'frozen';
