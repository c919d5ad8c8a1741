/** A link of a limited rate with a queue before it, as the moment until which it is taken; milliseconds. */
export interface Link {
  freeAt: number;
}

/** What UDP and IPv4 put before every datagram's content, in bytes. */
const HEADERS = 28;

/** What a datagram weighs on a link, in bits. */
export function weight(contentBytes: number): number {
  return (contentBytes + HEADERS) * 8;
}

/**
 * When so many bits that come at `at` have left the link. Undefined when they would wait for longer than `queue`: they
 * are dropped, and take no time of the link. Whoever finds the link free passes, however long that takes.
 */
export function pass(
  link: Link,
  bits: number,
  at: number,
  kilobitsPerSecond: number,
  queue: number,
): number | undefined {
  if (kilobitsPerSecond === Number.POSITIVE_INFINITY) return at;
  const begins = Math.max(at, link.freeAt);
  if (begins - at > queue) return undefined;
  // Kilobits per second are bits per millisecond.
  link.freeAt = begins + bits / kilobitsPerSecond;
  return link.freeAt;
}
