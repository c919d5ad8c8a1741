/** Far more than what adding up shares in another order changes, far less than one person in a billion. */
const ROUNDING = 1e-9;

/** Whether a value misses a limit; the last bits of a sum must not decide over a verdict. */
export function isBelow(value: number, limit: number): boolean {
  return value < limit - ROUNDING;
}
