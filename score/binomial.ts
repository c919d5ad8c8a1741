/** Up to so many expected hits or misses the exact distribution is walked; beyond, it is normal for all that matters. */
const WALKED = 30;

/** Draws how often something of probability `share` happens in so many tries. */
export function binomial(random: () => number, tries: number, share: number): number {
  if (share <= 0 || tries <= 0) return 0;
  if (share >= 1) return tries;
  if (share > 0.5) return tries - binomial(random, tries, 1 - share);
  return tries * share <= WALKED ? walked(random(), tries, share) : rounded(random, tries, share);
}

/** Inversion (Kachitvichyanukul and Schmeiser 1988, algorithm BINV): walks the distribution up to a point drawn on it. */
function walked(drawn: number, tries: number, share: number): number {
  const odds = share / (1 - share);
  let [hits, chance, rest] = [0, (1 - share) ** tries, drawn];
  while (rest > chance && hits < tries) {
    rest -= chance;
    hits += 1;
    chance *= (odds * (tries - hits + 1)) / hits;
  }
  return hits;
}

/** The normal distribution of the same mean and variance, by Box and Muller's method, to the nearest whole number. */
function rounded(random: () => number, tries: number, share: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const hits = Math.round(tries * share + normal * Math.sqrt(tries * share * (1 - share)));
  return Math.min(tries, Math.max(0, hits));
}
