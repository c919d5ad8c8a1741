/** A length of time as a person writes it: `500ms`, `90s`, `5m`, `1h`. */
export type Duration = `${number}${Unit}`;

type Unit = 'ms' | 's' | 'm' | 'h';

const MILLISECONDS: Readonly<Record<Unit, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/** Tells whether a text can be read as a duration. */
export function isDuration(text: string): text is Duration {
  return PATTERN.test(text);
}

/** Converts a duration to milliseconds; throws a TypeError when it is none. */
export function milliseconds(duration: Duration): number {
  const match = PATTERN.exec(duration);
  if (!match) throw new TypeError(`not a duration: "${duration}"`);
  return Number(match[1]) * MILLISECONDS[match[2] as Unit];
}

/** Writes milliseconds the way a person would say them: `850 ms`, `4.5 s`, `2 min 30 s`. */
export function spoken(ms: number): string {
  if (ms < 1_000) return `${round(ms, ms < 10 ? 1 : 0)} ms`;
  if (ms < 60_000) return `${round(ms / 1_000, 1)} s`;
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = [hours && `${hours} h`, minutes && `${minutes} min`, rest && `${rest} s`];
  return parts.filter(Boolean).join(' ');
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
