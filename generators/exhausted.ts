/**
 * Thrown when the generator's own machine has no more to give: descriptors, ports, memory for sockets. It says nothing
 * about the target, so it counts as a dropped arrival and never as the target's failure.
 */
export class Exhausted extends Error {
  override readonly name = 'Exhausted';
}

/** Error codes of the generator's own limits. */
export const OWN_LIMITS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);
