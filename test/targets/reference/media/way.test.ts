import { expect, test } from 'vitest';
import { takeWay, untoldWay } from '../../../../targets/reference/media/way.ts';

/** What so many participants told at a moment. */
function heard(reports: readonly (readonly [share: number, roundTrip: number])[], at: number, way = untoldWay()) {
  for (const [who, [share, roundTrip]] of reports.entries()) way.told.set(`${who}`, { share, roundTrip, at });
  return way;
}

test('a way is as it is for most of those who tell, and not as it is for one', () => {
  expect(takeWay(heard([[0.9, 5]], 0), 10).loss).toBe(0);
  expect(
    takeWay(
      heard(
        [
          [0.9, 5],
          [0, 5],
          [0, 5],
        ],
        0,
      ),
      10,
    ).loss,
  ).toBe(0);
  expect(
    takeWay(
      heard(
        [
          [0.3, 5],
          [0.2, 5],
          [0.4, 5],
        ],
        0,
      ),
      10,
    ).loss,
  ).toBe(0.3);
});

test('what was told long ago counts no more', () => {
  expect(
    takeWay(
      heard(
        [
          [0.3, 5],
          [0.3, 5],
        ],
        0,
      ),
      2_000,
    ),
  ).toEqual({ loss: 0, rise: 0 });
});

test('a queue shows in the round trip, until the way has been that long for long', () => {
  const way = untoldWay();
  const at = (look: number, trip: number) =>
    takeWay(
      heard(
        [
          [0, trip],
          [0, trip],
        ],
        look * 500,
        way,
      ),
      look * 500,
    );
  expect(at(0, 20).rise).toBe(0);
  expect(at(1, 220).rise).toBe(200);
  for (let look = 2; look < 21; look += 1) at(look, 220);
  expect(at(21, 220).rise).toBe(0);
});
