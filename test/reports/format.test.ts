import { expect, test } from 'vitest';
import { amount, bytes, count, latency, moment, percent, points, sentence } from '../../reports/format.ts';
import { printable, shortened } from '../../reports/printable.ts';

test('shares that are not all or nothing never read so', () => {
  expect([0, 0.0001, 0.004, 0.132, 0.9949, 0.99999, 1].map(percent)).toEqual([
    '0 %',
    '0.1 %',
    '0.4 %',
    '13 %',
    '99.5 %',
    '99.9 %',
    '100 %',
  ]);
});

test('a score just below the threshold does not read as the threshold', () => {
  expect([79.97, 80, 100, 12.34].map(points)).toEqual(['79.9', '80.0', '100.0', '12.3']);
});

test('numbers keep three digits and never an exponent', () => {
  expect([0, 0.00412, 0.5, 7.254, 99.96, 12_345.6].map(amount)).toEqual([
    '0',
    '0.00412',
    '0.5',
    '7.25',
    '100',
    '12,346',
  ]);
  expect(amount(1e-9)).toBe('0');
  expect(count(1_234_567)).toBe('1,234,567');
  expect([0, 78_100_000, 8e9].map(bytes)).toEqual(['0 B', '78.1 MB', '8 GB']);
});

test('a latency says when it never came', () => {
  expect(latency({ ms: 812.4, atLeast: false })).toBe('812 ms');
  expect(latency({ ms: 5_000, atLeast: true })).toBe('never');
});

test('a moment that is none is shown as it stands', () => {
  expect(moment('2026-03-09T08:00:00.000Z')).toBe('2026-03-09 08:00 UTC');
  expect(moment('yesterday')).toBe('yesterday');
});

test('words become a sentence', () => {
  expect(sentence('not recovered')).toBe('Not recovered.');
});

test('what cannot be seen is spelled out', () => {
  expect(printable('a\u001b[2Jb')).toBe('a\\u001b[2Jb');
  expect(printable('user\u202egnp.exe')).toBe('user\\u202egnp.exe');
  expect(printable('x\u0000y\u200bz\ud800')).toBe('x\\u0000y\\u200bz\\ud800');
  expect(printable('Zoë 😀 日本\nline')).toBe('Zoë 😀 日本 line');
});

test('a long name is shortened visibly, by characters and not by halves of them', () => {
  expect(shortened('😀😀😀😀', 3)).toBe('😀😀…');
  expect(shortened('short', 5)).toBe('short');
});
