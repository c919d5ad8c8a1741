import { expect, test } from 'vitest';
import { impairmentFindings, type Seen } from '../../../chaos/injectors/impairment-findings.ts';
import type { Shape } from '../../../chaos/relay/shape.ts';

/** One look up the stream whose datagrams took from `low` to `high` milliseconds. */
function look(low: number, high: number): Seen {
  return {
    ...{ upstreamSent: 200, upstreamCame: 200, upstreamTwice: 0, upstreamLate: 0, upstreamKbps: 500 },
    ...{ upstreamLowMs: low, upstreamMidMs: (low + high) / 2, upstreamHighMs: high },
    ...{ downstreamSent: 0, downstreamCame: 0, downstreamTwice: 0, downstreamLate: 0, downstreamKbps: 0 },
    ...{ downstreamLowMs: undefined, downstreamMidMs: undefined, downstreamHighMs: undefined },
    ...{ isIn: true, others: 0, participants: 10 },
  };
}

function found(shape: Shape, before: readonly Seen[], during: readonly Seen[]): boolean {
  return impairmentFindings(shape, ['upstream']).bites(before, during).holds;
}

const shape = { latency: 20, jitter: 10 };
const quiet = Array.from({ length: 5 }, () => look(0, 2));
const wandering = [look(11, 28), look(12, 29), look(10, 27), look(12, 28), look(11, 29)];

test('one look that the machine held up hides no jitter, and makes none', () => {
  expect(found(shape, quiet, wandering)).toBe(true);
  expect(found(shape, [...quiet.slice(1), look(0, 25)], wandering)).toBe(true);
  const steady = Array.from({ length: 5 }, () => look(19, 21));
  expect(found(shape, quiet, steady)).toBe(false);
  expect(found(shape, quiet, [...steady.slice(1), look(19, 45)])).toBe(false);
});

test('where all looks were held up before, jitter is told from that by more than that', () => {
  const noisy = Array.from({ length: 5 }, () => look(0, 20));
  expect(found(shape, noisy, wandering)).toBe(false);
});

test('a range that no look goes through is shown by all of them together', () => {
  const wide = { latency: 300, jitter: 200 };
  const low = Array.from({ length: 4 }, () => look(140, 190));
  expect(found(wide, quiet, [...low, look(320, 380)])).toBe(true);
  expect(found(wide, quiet, [...low, look(140, 190)])).toBe(false);
});
