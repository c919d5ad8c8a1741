import { expect, test } from 'vitest';
import { heed, noBrevity } from '../../../../targets/reference/media/brevity.ts';

/** Looks twice a second; tells how many voices fewer there are after each of these waits. */
function watched() {
  const brevity = noBrevity();
  let now = 0;
  return (...waits: readonly number[]) =>
    waits.map((wait) => {
      now += 500;
      heed(brevity, wait, now);
      return brevity.fewer;
    });
}

test('a single moment without a processor costs nobody a voice', () => {
  expect(watched()(100, 5, 100, 5, 240, 0)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('what goes on waiting costs one voice, and another one when that was not enough', () => {
  expect(watched()(100, 100, 100, 100, 100, 100, 100)).toEqual([0, 1, 1, 2, 2, 2, 2]);
  expect(watched()(100, 100, 80, 20, 20)).toEqual([0, 1, 1, 1, 1]);
});

test('what waits far too long leaves one voice at once', () => {
  expect(watched()(10, 300, 300)).toEqual([0, 2, 2]);
});

test('after twenty seconds with time enough one more is tried, and then the next one', () => {
  const after = watched();
  after(300);
  expect(after(...Array.from({ length: 39 }, () => 5)).at(-1)).toBe(2);
  expect(after(5)).toEqual([1]);
  expect(after(...Array.from({ length: 40 }, () => 5)).at(-1)).toBe(0);
});
