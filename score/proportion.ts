/** A share that was seen in so many tries, and between which bounds it is for all that is known. */
export interface Proportion {
  readonly hits: number;
  readonly tries: number;
  /** One-sided bounds of 95 % each (Wilson 1927); 0 and 1 when nothing was tried. */
  readonly least: number;
  readonly most: number;
}

/** The normal deviate that 5 % lie beyond. */
const Z = 1.6449;

/** Bounds a share by Wilson's score interval, which keeps its promise at shares near 1, where most are. */
export function proportion(hits: number, tries: number): Proportion {
  if (tries === 0) return { hits, tries, least: 0, most: 1 };
  const share = hits / tries;
  const whole = 1 + Z ** 2 / tries;
  const middle = share + Z ** 2 / (2 * tries);
  const spread = Z * Math.sqrt((share * (1 - share)) / tries + Z ** 2 / (4 * tries ** 2));
  return { hits, tries, least: Math.max(0, (middle - spread) / whole), most: Math.min(1, (middle + spread) / whole) };
}

/** How many tries, all of them good, it takes to show a share. */
export function triesToShow(share: number): number {
  return Math.ceil((Z ** 2 * share) / (1 - share));
}
