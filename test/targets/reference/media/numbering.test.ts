import { expect, test } from 'vitest';
import { sequence } from '../../../../core/random.ts';
import { freshNumbering, numberFor, pause, withhold } from '../../../../targets/reference/media/numbering.ts';

test('numbers pass unchanged, round the end of 16 bits, in any order', () => {
  const numbering = freshNumbering();
  const numbers = [65_534, 65_535, 1, 0, 2];
  expect(numbers.map((number) => numberFor(numbering, number))).toEqual(numbers);
});

test('what is withheld leaves no gap, what is lost leaves its own', () => {
  const numbering = freshNumbering();
  const passed: (number | undefined)[] = [];
  for (const number of [10, 11, 12, 13, 16, 17, 18])
    if (number % 2 === 1) withhold(numbering, number);
    else passed.push(numberFor(numbering, number));
  // 14 and 15 were lost on the way.
  expect(passed).toEqual([10, 11, 14, 15]);
});

test('one that comes late from before others were withheld is not passed on: its number is taken', () => {
  const numbering = freshNumbering();
  expect(numberFor(numbering, 5)).toBe(5);
  withhold(numbering, 7);
  expect(numberFor(numbering, 8)).toBe(7);
  expect(numberFor(numbering, 6)).toBeUndefined();
  expect(numberFor(numbering, 10)).toBe(9);
  expect(numberFor(numbering, 9)).toBe(8);
});

test('after a pause, however long, it goes on where it was', () => {
  const numbering = freshNumbering();
  expect(numberFor(numbering, 65_530)).toBe(65_530);
  for (const again of [3_000, 40_000, 12, 11_000]) {
    const last = numbering.newest - numbering.withheld;
    pause(numbering);
    withhold(numbering, again - 1);
    expect(numberFor(numbering, again)).toBe((last + 1) & 0xffff);
  }
});

test('of a stream without loss, whatever is withheld or paused of it, nothing is missing and nothing doubled', () => {
  const random = sequence(3);
  const numbering = freshNumbering();
  const passed: number[] = [];
  let isPaused = false;
  for (let number = 60_000; number < 160_000; number += 1) {
    if (random() < 0.01) {
      isPaused = !isPaused;
      if (isPaused) pause(numbering);
    }
    if (isPaused) continue;
    if (random() < 0.3) withhold(numbering, number & 0xffff);
    else passed.push(numberFor(numbering, number & 0xffff) ?? Number.NaN);
  }
  const [first = 0] = passed;
  expect(passed.findIndex((number, index) => number !== ((first + index) & 0xffff))).toBe(-1);
});
