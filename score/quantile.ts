/** The point below which a share (0..1, not its ends) of the standard normal distribution lies. */
export function normalQuantile(share: number): number {
  return bisected((x) => normalShare(x), share, -40, 40);
}

/** The point below which a share (0..1, not its ends) of Student's t distribution lies; whole degrees of freedom from 1. */
export function studentQuantile(share: number, degrees: number): number {
  const angle = bisected((theta) => 0.5 + studentBetween(theta, degrees) / 2, share, -Math.PI / 2, Math.PI / 2);
  return Math.sqrt(degrees) * Math.tan(angle);
}

/** Marsaglia's series for the normal distribution (Evaluating the Normal Distribution, 2004). */
function normalShare(x: number): number {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let [sum, term] = [x, x];
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * The share of Student's distribution between -t and t (negative for negative t), where t = tan(theta) * sqrt(degrees):
 * the finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4.
 */
function studentBetween(theta: number, degrees: number): number {
  const cosine = Math.cos(theta);
  const odd = degrees % 2 === 1;
  let [sum, term] = [0, odd ? cosine : 1];
  for (let n = odd ? 3 : 2; n <= degrees; n += 2) {
    sum += term;
    term *= (cosine * cosine * (n - 1)) / n;
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}

/** Where a rising function reaches a value, to the last bit worth having. */
function bisected(rising: (x: number) => number, value: number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
