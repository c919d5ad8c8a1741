/** What packets are counted by. */
export const KINDS = ['audio', 'video', 'rtcp', 'stun'] as const;
export type PacketKind = (typeof KINDS)[number];

/**
 * Why a datagram was not made use of: `unbound` came from nobody who has a seat; `foreign` carries another stream than
 * its sender was given; `malformed` is broken; `queue` was the oldest of a full queue; `late` came when its place in
 * the order was taken; `gone` waited for somebody who has left; `unsent` was not taken by the operating system.
 */
export const DROPS = ['unbound', 'foreign', 'malformed', 'queue', 'late', 'gone', 'unsent'] as const;
type DropCause = (typeof DROPS)[number];

/** Everything a media server counts; plain numbers, since most of it is counted for every packet. */
export interface Tally {
  readonly packetsIn: Record<PacketKind, number>;
  readonly bytesIn: Record<PacketKind, number>;
  readonly packetsOut: Record<PacketKind, number>;
  readonly bytesOut: Record<PacketKind, number>;
  /** What the network link has carried, headers included. */
  egressBytes: number;
  readonly drops: Record<DropCause, number>;
  /** Packets that did not arrive, as far as participants report shares of them. */
  undelivered: number;
  /** Packets that were not forwarded on purpose, by what they carried: once for each participant who did not get them. */
  readonly withheld: { audio: number; video: number };
  readonly bindings: { accepted: number; refused: number };
  /** How seats ended. */
  readonly ends: { left: number; silent: number };
}

/** Everything at 0. */
export function freshTally(): Tally {
  const byKind = () => ({ audio: 0, video: 0, rtcp: 0, stun: 0 });
  return {
    packetsIn: byKind(),
    bytesIn: byKind(),
    packetsOut: byKind(),
    bytesOut: byKind(),
    egressBytes: 0,
    undelivered: 0,
    drops: { unbound: 0, foreign: 0, malformed: 0, queue: 0, late: 0, gone: 0, unsent: 0 },
    withheld: { audio: 0, video: 0 },
    bindings: { accepted: 0, refused: 0 },
    ends: { left: 0, silent: 0 },
  };
}
