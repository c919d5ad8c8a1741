import { expect, test } from 'vitest';
import { type Contestant, cpuSection } from '../../bench/parts/cpu-section.ts';

function contestant(name: string, costs: readonly number[], rate: number | undefined = 10_000): Contestant {
  const told = { held: undefined, failed: 0, latency: { p50: 1, p99: 2, max: 3 } };
  return {
    ...{ name, version: '1', rate },
    costs: costs.map((cpu) => ({ cpu, warmCpu: undefined, seen: 1_000, told })),
  };
}

const metOf = (contestants: readonly Contestant[]) => cpuSection(contestants, []).goals.map(({ met }) => met);

test('the goals are ratios of the same round, at the rate they are about', () => {
  const [vegeta, k6] = [contestant('vegeta', [1, 2, 10]), contestant('k6', [2, 4, 20])];
  expect(metOf([contestant('stormtest', [0.9, 1.9, 9.9]), vegeta, k6])).toEqual([true, true]);
  expect(metOf([contestant('stormtest', [1.1, 2.1, 2]), vegeta, k6])).toEqual([false, false]);
  const elsewhere = contestant('stormtest', [0.1, 0.1, 0.1], 1_000);
  expect(metOf([elsewhere, vegeta, k6])).toEqual([undefined, undefined]);
});

test('a peer that is overrun is held against us where it kept the rate, or not at all', () => {
  const overrun = contestant('k6', [5, 5]);
  const told = { held: 1_000, failed: 600, latency: { p50: 1, p99: 2, max: 3 } };
  const k6 = { ...overrun, costs: overrun.costs.map((cost) => ({ ...cost, told })) };
  const ours = contestant('stormtest', [1, 1]);
  const verdict = (others: readonly Contestant[]) => cpuSection([ours, ...others], []).goals[1];
  expect(verdict([k6])).toMatchObject({ met: undefined, figure: 'not told: k6 kept no rate that was measured' });
  const slower = contestant('k6', [1.6, 1.6], 5_000);
  expect(verdict([k6, slower])).toMatchObject({
    met: false,
    figure: "0.63 of k6's at 5,000/s, the highest rate it kept",
  });
});

test('without a peer it cannot be told, and never reads as met', () => {
  expect(metOf([contestant('stormtest', [0.1])])).toEqual([undefined, undefined]);
  expect(metOf([])).toEqual([undefined, undefined]);
});

test('each rate has a table, with everybody who was there', () => {
  const wrk = { ...contestant('wrk', [0.1]), rate: undefined };
  const { tables } = cpuSection([contestant('stormtest', [0.5]), contestant('vegeta', [1]), wrk], []);
  expect(tables.map(({ title, rows }) => [title, rows.map(([name, , ratio]) => [name, ratio])])).toEqual([
    [
      '10,000/s',
      [
        ['stormtest 1', '0.50'],
        ['vegeta 1', '-'],
      ],
    ],
    ['full speed', [['wrk 1', '-']]],
  ]);
});
