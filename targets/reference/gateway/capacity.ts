/** In milliseconds; at some 100 logins per second a shorter slice would count too coarsely. */
const SLICE = 400;
const SLICES = 5;

/**
 * Works at logins back to back, so many at once, for two seconds, and gives the logins per second of the middle one of
 * five slices: what the machine does on the whole, and not what it did while its neighbours were quiet.
 */
export async function measuredRate(atOnce: number, login: () => Promise<void>): Promise<number> {
  const rates: number[] = [];
  const began = performance.now();
  let [from, done] = [began, 0];
  const lane = async () => {
    while (rates.length < SLICES) {
      await login();
      done += 1;
      const now = performance.now();
      if (now - from < SLICE) continue;
      rates.push((done * 1_000) / (now - from));
      [from, done] = [now, 0];
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return rates.toSorted((a, b) => a - b)[Math.floor(SLICES / 2)] ?? 0;
}
