/** Which of several steps it is after so many milliseconds, when they share `lasting` evenly; the last one stays. */
export function stepAt<T>(steps: readonly [T, ...T[]], lasting: number, elapsed: number): T {
  const index = Math.floor((elapsed / lasting) * steps.length);
  return steps[Math.max(0, Math.min(steps.length - 1, index))] ?? steps[0];
}

/** The mean of steps between two moments, in milliseconds after the first step began. */
export function meanOver(steps: readonly number[], lasting: number, from: number, to: number): number {
  const each = lasting / steps.length;
  const parts = steps.map((share, index) => {
    const ends = index === steps.length - 1 ? Number.POSITIVE_INFINITY : (index + 1) * each;
    const begins = index === 0 ? Number.NEGATIVE_INFINITY : index * each;
    return share * Math.max(0, Math.min(to, ends) - Math.max(from, begins));
  });
  return parts.reduce((sum, part) => sum + part, 0) / (to - from);
}
