import { expect, test } from 'vitest';
import { sequence } from '../../../../core/random.ts';
import { arrived, begunReception, type Reception, reported } from '../../../../targets/reference/media/reception.ts';

/** A voice of packets every 20 ms, each late by what is given; undefined for one that is lost. */
function received(late: readonly (number | undefined)[], first = 65_530): Reception {
  const reception = begunReception(48_000, first, first * 960, 1_000);
  for (const [index, delay] of late.entries()) {
    const number = first + index + 1;
    if (delay !== undefined)
      arrived(reception, number & 0xffff, (number * 960) >>> 0, 1_000 + 20 * (index + 1) + delay);
  }
  return reception;
}

test('a stream that comes as it was sent has no loss and no jitter', () => {
  const report = reported(7, received(Array(100).fill(0)), 5_000);
  expect(report).toEqual({ ssrc: 7, fraction: 0, lost: 0, highest: 65_630, jitter: 0, lastReport: 0, delay: 0 });
});

test('loss is told as a share since the last report, and in all', () => {
  const random = sequence(5);
  const late = Array.from({ length: 5_000 }, () => (random() < 0.05 ? undefined : 0));
  const missing = late.filter((one) => one === undefined).length;
  const reception = received([...late, 0]);
  const first = reported(7, reception, 0);
  expect(first.lost).toBe(missing);
  expect(first.fraction).toBe(Math.floor((missing * 256) / 5_002));
  expect(reported(7, reception, 0)).toMatchObject({ lost: missing, fraction: 0 });
});

test('what comes twice makes up for a loss in all, and late ones are no loss', () => {
  const reception = begunReception(48_000, 10, 0, 0);
  for (const number of [12, 11, 12]) arrived(reception, number, (number - 10) * 960, (number - 10) * 20);
  expect(reported(1, reception, 0)).toMatchObject({ lost: -1, fraction: 0, highest: 12 });
});

test('jitter is that of RFC 3550: a sixteenth of each change of the transit time', () => {
  // Late by 0 and 10 ms in turn: every change is 480 units, and the mean tends to that.
  const reception = received(Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 10 : 0)));
  expect(reception.jitter).toBeCloseTo(480, 0);
  expect(received([10]).jitter).toBeCloseTo(480 / 16, 6);
});

test('a number far ahead is no loss of thousands: the stream has to be begun anew', () => {
  const reception = received([0, 0, 0], 100);
  expect(arrived(reception, 10_000, 0, 0)).toBe(false);
  expect(reported(1, reception, 0).lost).toBe(0);
});

test('the last sender report and how long ago it came', () => {
  const reception = received([0]);
  reception.lastReport = 0xabcd0123;
  reception.lastReportAt = 2_000;
  expect(reported(1, reception, 2_500)).toMatchObject({ lastReport: 0xabcd0123, delay: 32_768 });
});
