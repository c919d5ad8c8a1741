/** What a datagram is by its first bytes (RFC 7983, RFC 5761). */
export type DatagramKind = 'stun' | 'rtp' | 'rtcp' | 'other';

/** Tells apart what comes in on one socket. */
export function kindOf(datagram: Buffer): DatagramKind {
  const [first = 255, second = 0] = datagram;
  if (first <= 3) return 'stun';
  if (first < 128 || first > 191) return 'other';
  return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
}
