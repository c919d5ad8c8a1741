/** Writes a share as a person would say it: .5 is `50 %`, .0312 is `3.1 %`. */
export function percent(share: number): string {
  return `${number(100 * share, 1)} %`;
}

/** Writes a number with at most so many decimals. */
export function number(value: number, decimals = 0): string {
  return String(Number(value.toFixed(decimals)));
}

/** Writes a survival score with one decimal, cut off rather than rounded: 79.97 must not look like 80. */
export function points(score: number): string {
  return (Math.floor(Number((score * 10).toFixed(6))) / 10).toFixed(1);
}

/** Writes milliseconds as seconds: `34 s`, `4.5 s`. */
export function seconds(ms: number): string {
  return `${number(ms / 1_000, 1)} s`;
}

/** Writes a count with its noun: `1 fault`, `3 faults`. */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}
