/** What a datagram of a media port is, by its first bytes (RFC 7983); undefined for what no participant speaks. */
export type DatagramKind = 'stun' | 'rtp' | 'rtcp';

/** Tells STUN, RTP and RTCP apart. */
export function kindOf(datagram: Buffer): DatagramKind | undefined {
  if (datagram.length < 8) return undefined;
  // By index: taking a buffer apart asks it for an iterator, for every packet there is.
  const first = datagram[0] ?? 255;
  const second = datagram[1] ?? 0;
  if (first <= 3) return 'stun';
  if (first < 128 || first > 191) return undefined;
  return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
}
