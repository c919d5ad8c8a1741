import { spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';
import type { ProxyTrial, ProxyTrials } from './measure.ts';

/** One table for each load: the median of the rounds. */
export function proxyTables({ trials }: ProxyTrials): readonly Table[] {
  const loads = [...new Set(trials.map(({ load, connections }) => `${load} ${connections}`))];
  return loads.map((key) => {
    const alike = trials.filter(({ load, connections }) => `${load} ${connections}` === key);
    const [first] = alike;
    const over = first?.connections === 1 ? 'one connection' : `${first?.connections} connections`;
    return first?.load === 'stream' ? streamTable(over, alike) : echoTable(over, alike);
  });
}

function streamTable(over: string, trials: readonly ProxyTrial[]): Table {
  return {
    title: `a stream over ${over}`,
    columns: ['MB/s', 'CPU s/GB'],
    rows: rowsOf(trials, (alike) => [
      cell(alike, ({ bytes, milliseconds }) => bytes / milliseconds / 1_000, 0),
      cell(alike, ({ cpu, bytes }) => (cpu === undefined ? undefined : cpu / (bytes / 1e9)), 3),
    ]),
  };
}

function echoTable(over: string, trials: readonly ProxyTrial[]): Table {
  return {
    title: `1 kB there and back, over ${over}`,
    columns: ['round trips/s', 'CPU s/10k', 'p50 ms', 'p99 ms'],
    rows: rowsOf(trials, (alike) => [
      cell(alike, ({ roundTrips, milliseconds }) => roundTrips / (milliseconds / 1_000), 0),
      cell(alike, ({ cpu, roundTrips }) => (cpu === undefined ? undefined : cpu / (roundTrips / 1e4)), 3),
      cell(alike, ({ p50 }) => p50, 2),
      cell(alike, ({ p99 }) => p99, 2),
    ]),
  };
}

function rowsOf(trials: readonly ProxyTrial[], cells: (alike: readonly ProxyTrial[]) => string[]): string[][] {
  const names = [...new Set(trials.map(nameOf))];
  return names.map((name) => [name, ...cells(trials.filter((trial) => nameOf(trial) === name))]);
}

function nameOf({ proxy, toxic }: ProxyTrial): string {
  if (proxy === 'none') return 'no proxy';
  return toxic === 'none' ? proxy : `${proxy}, ${toxic} both ways`;
}

function cell(trials: readonly ProxyTrial[], of: (trial: ProxyTrial) => number | undefined, digits: number): string {
  const median = spreadOf(trials.map(of).filter((value) => value !== undefined))?.median;
  return median === undefined ? '-' : median.toFixed(digits);
}
