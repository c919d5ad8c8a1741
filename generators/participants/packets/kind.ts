/** What a datagram of a media port is, by its first bytes (RFC 7983); undefined for what no participant speaks. */
export type DatagramKind = 'stun' | 'rtp' | 'rtcp';

/** Tells STUN, RTP and RTCP apart. */
export function kindOf(datagram: Buffer): DatagramKind | undefined {
  const [first = 255, second = 0] = datagram;
  if (datagram.length < 8) return undefined;
  if (first <= 3) return 'stun';
  if (first < 128 || first > 191) return undefined;
  return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
}
