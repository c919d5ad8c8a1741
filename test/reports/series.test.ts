import { expect, test } from 'vitest';
import type { Health, Scrape } from '../../core/event.ts';
import { healthBySecond, latenessP99 } from '../../reports/series/health.ts';
import { indicatorSeries, ratesOf, summedPerSecond } from '../../reports/series/indicator.ts';

function scrape(at: number, source: string, indicators: Scrape['indicators'], up: 0 | 1 = 1): Scrape {
  return { kind: 'scrape', at, source, up, took: 2, indicators, series: {} };
}

test('a counter is shown as its increase per second, and one that fell began again at 0', () => {
  const points = [
    { at: 0, value: 100 },
    { at: 2_000, value: 110 },
    { at: 3_000, value: 4 },
    { at: 3_000, value: 5 },
  ];
  expect(ratesOf(points)).toEqual([
    { at: 2_000, value: 5 },
    { at: 3_000, value: 4 },
  ]);
});

test('a gauge is shown as it was, a failed scrape as nothing', () => {
  const series = indicatorSeries([
    scrape(1_000, 'b', { 'login.queue': 7 }),
    scrape(0, 'b', { 'login.queue': 5 }),
    scrape(2_000, 'b', { 'login.queue': 9 }, 0),
  ]);
  expect(series).toEqual([
    {
      source: 'b',
      indicator: 'login.queue',
      points: [
        { at: 0, value: 5 },
        { at: 1_000, value: 7 },
      ],
    },
  ]);
});

test('sources add up, and there is no sum while one of them is silent', () => {
  const scrapes = [
    scrape(100, 'a', { 'login.queue': 1 }),
    scrape(200, 'b', { 'login.queue': 10 }),
    scrape(2_100, 'b', { 'login.queue': 20 }),
    scrape(2_900, 'a', { 'login.queue': 2 }),
    scrape(3_900, 'b', { 'login.queue': 30 }),
    scrape(4_900, 'b', { 'login.queue': 40 }),
  ];
  expect(summedPerSecond(scrapes, 'login.queue')).toEqual([11, 11, 22, 32, undefined]);
});

test('the generator is the sum of its workers, and as late as they are together', () => {
  const worker = (number: number, more: Partial<Health>): Health => ({
    kind: 'health',
    second: 4,
    worker: number,
    due: 10,
    started: 9,
    dropped: 1,
    late: [1_000, 9],
    lag: number,
    inFlight: 3,
    sockets: 5,
    ...more,
  });
  const health = [
    worker(0, { late: [200_000, 1] }),
    worker(2, {}),
    worker(-1, { machine: { busy: 0.7, stolen: 0.1 }, cpu: 0.5 }),
  ];
  const [second] = healthBySecond(health);
  expect(second).toMatchObject({
    second: 4,
    due: 30,
    dropped: 3,
    lag: 2,
    inFlight: 9,
    machine: { busy: 0.7, stolen: 0.1 },
    cpu: 0.5,
  });
  expect(second?.late).toBeGreaterThan(190);
  expect(latenessP99([])).toBeUndefined();
});
