import { takeMatch } from '../cursor.ts';
import { type Line, malformed } from './line.ts';

const TOKEN = /[^ \t\r]+/y;
const REAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const WHOLE = /^[+-]?\d+$/;
const INT64 = 2n ** 63n;

/**
 * The number that both formats understand by a text: decimal, with or without exponent, `NaN`, `Inf` or `Infinity` in
 * any case. What Go's ParseFloat takes beyond that (hexadecimal, `1_000`) Prometheus refuses too, and so does it a
 * number that is out of range. Undefined when the text is none of these.
 */
export function numberOf(text: string): number | undefined {
  if (text.toLowerCase() === 'nan') return Number.NaN;
  if (INFINITE.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return finiteOf(text);
}

/** Reads the value of a sample. */
export function takeValue(line: Line): number {
  return taken(line, numberOf, 'a number that fits 64 bits of floating point, NaN, +Inf or -Inf');
}

/** Reads a timestamp of the Prometheus text format: whole milliseconds of 64 bits, exact up to 2^53. */
export function takeMilliseconds(line: Line): number {
  return taken(line, (text) => (isInt64(text) ? Number(text) : undefined), 'a timestamp in whole milliseconds');
}

/** Reads a timestamp of OpenMetrics, in seconds, and gives it in milliseconds. */
export function takeSeconds(line: Line): number {
  return taken(line, finiteOf, 'a timestamp in seconds') * 1_000;
}

function taken(line: Line, read: (text: string) => number | undefined, expected: string): number {
  const from = line.at;
  const value = read(takeMatch(line, TOKEN) ?? '');
  if (value === undefined) throw malformed(line, expected, from);
  return value;
}

function finiteOf(text: string): number | undefined {
  const value = REAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function isInt64(text: string): boolean {
  if (!WHOLE.test(text)) return false;
  const digits = text.replace(/^[+-]?0*/, '');
  // A BigInt of many digits would take more than linear time, and more than 19 never fit.
  if (digits.length > 19) return false;
  return BigInt(digits) < (text.startsWith('-') ? INT64 + 1n : INT64);
}
