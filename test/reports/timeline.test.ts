import { expect, test } from 'vitest';
import { endOf, phaseOfSecond, timelineOf } from '../../reports/timeline.ts';
import { collapsedRun, opened, recordingOf } from '../support/report-fixtures.ts';

test('the phases of a run stand back to back, from its start to its end', () => {
  const recording = recordingOf(collapsedRun());
  const timeline = timelineOf(recording);
  expect(timeline[0]).toMatchObject({ name: 'warm-up', from: 0 });
  expect(timeline.at(-1)).toMatchObject({ name: 'verification', to: endOf(recording) });
  for (const [place, span] of timeline.slice(1).entries()) expect(span.from).toBe(timeline[place]?.to);
});

test('a phase begins when it was planned to, though it was entered a little later', () => {
  const recording = recordingOf([
    opened('a target'),
    { kind: 'phase', at: 0.4, name: 'warm-up' },
    { kind: 'phase', at: 3_004, name: 'baseline' },
    { kind: 'phase', at: 13_090, name: 'storm' },
    { kind: 'closed', at: 20_000, reason: 'interrupted' },
  ]);
  expect(timelineOf(recording).map(({ from, to }) => [from, to])).toEqual([
    [0, 3_000],
    [3_000, 13_000],
    [13_000, 20_000],
  ]);
  expect(phaseOfSecond(timelineOf(recording), 13)).toBe('storm');
  expect(phaseOfSecond(timelineOf(recording), 12)).toBe('baseline');
});

test('a recording that ends in the baseline has no storm', () => {
  const recording = recordingOf([opened('a target'), { kind: 'note', at: 4_200, says: 'cut here' }]);
  expect(timelineOf(recording).map(({ name }) => name)).toEqual(['warm-up', 'baseline']);
  expect(endOf(recording)).toBe(5_000);
});
