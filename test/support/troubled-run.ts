import type { RunEvent } from '../../core/event.ts';
import type { Judged } from '../../reports/judged.ts';
import { collapsedRun, judgedRun } from './report-fixtures.ts';

/** When the run below is interrupted, in milliseconds. */
const INTERRUPTED = 43_000;

/**
 * A run in which much goes wrong: a fault, a second source of metrics, silence of the first one, a generator that cannot
 * keep its pace, a process that dies, and a signal that ends it early.
 */
export function troubledRun(): Judged {
  const early = collapsedRun()
    .flatMap(troubled)
    .filter((event) => momentOf(event) < INTERRUPTED);
  return judgedRun([
    ...early,
    { kind: 'fault', at: 15_100, fault: 0, state: 'applied', says: '500 ms through the proxy' },
    { kind: 'fault', at: 15_300, fault: 0, state: 'proven', says: 'a query took 512 ms' },
    { kind: 'fault', at: 25_100, fault: 0, state: 'lifted', says: 'through the proxy' },
    { kind: 'death', at: 31_000, process: 'gateway', says: 'exit code 137' },
    { kind: 'closed', at: INTERRUPTED, reason: 'interrupted', says: 'SIGINT' },
  ]);
}

const fault = {
  service: 'database',
  after: '5s',
  lasting: '10s',
  does: { kind: 'latency', latency: 500, jitter: 50 },
} as const;

function troubled(event: RunEvent): readonly RunEvent[] {
  if (event.kind === 'opened')
    return [{ ...event, plan: { ...event.plan, faults: [{ fault, from: 15_000, to: 25_000 }] } }];
  if (event.kind === 'health' && event.second > 14 && event.second < 26)
    return [{ ...event, lag: 190, late: [250_000, 20] }];
  if (event.kind !== 'scrape') return [event];
  const other = { ...event, source: 'a media server with a long name' };
  const silent = event.at > 20_000 && event.at < 26_000;
  return [silent ? { ...event, up: 0, error: 'no answer in 900 ms', indicators: {} } : event, other];
}

function momentOf(event: RunEvent): number {
  if ('at' in event) return event.at;
  return 'second' in event ? event.second * 1_000 : 0;
}
