import { spoken } from '../core/duration.ts';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Writes a count: `12,345`. */
export function count(value: number): string {
  return grouped.format(value);
}

/** Writes a number with three significant digits at most, in groups, without an exponent: `0.0412`, `7.25`, `12,300`. */
export function amount(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 100) return grouped.format(value);
  const decimals = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size))));
  return String(Number(value.toFixed(decimals)));
}

/** Writes a share: `38 %`, `0.4 %`. What is not all never reads as 100 %, and what is not nothing never as 0 %. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 99 && value < 100) return `${Math.min(99.9, Number(value.toFixed(1)))} %`;
  if (value > 0 && value < 1) return `${Math.max(0.1, Number(value.toFixed(1)))} %`;
  return `${Math.round(value)} %`;
}

/** Writes a survival score with one decimal, cut off rather than rounded: 79.97 must not look like 80. */
export function points(score: number): string {
  return (Math.floor(Number((score * 10).toFixed(6))) / 10).toFixed(1);
}

/** Writes a latency: `812 ms`, or `never` for somebody who did not succeed. */
export function latency({ ms, atLeast }: { readonly ms: number; readonly atLeast: boolean }): string {
  return atLeast ? 'never' : spoken(ms);
}

/** Writes a count of bytes: `78 MB`. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)));
  return `${amount(value / 1_000 ** power)} ${units[power]}`;
}

/** Makes words a sentence: a capital in front, a full stop behind. */
export function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

/** Writes a moment of the wall clock to the minute: `2026-11-24 02:10 UTC`; what is none is given back as it is. */
export function moment(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
