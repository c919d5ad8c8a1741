import { describe, expect, it } from 'vitest';
import { componentsOf } from '../../../score/components/components.ts';
import { recover } from '../../../score/components/recover.ts';
import { measure } from '../../../score/measured.ts';
import {
  eventsOf,
  inPhases,
  keptLedger,
  recordingFrom,
  recordingOf,
  type Story,
  storyPlan,
} from '../../support/recordings.ts';

/** Baseline 3 to 13 s, storm to 33 s, recovery to 57 s. */
const PLAN = storyPlan({ bystanders: ['red', 'blue'] }, { pace: 'quick' });

function componentOf(name: string, story: Story = {}) {
  return componentsOf(measure(recordingOf({ plan: PLAN, ...story }))).find((component) => component.name === name);
}

describe('recover', () => {
  const windows = { ...PLAN.windows, objective: 10_000, rto: 60_000 };
  const traces = { primary: { baseline: [1], storm: [1], recovery: [1] }, bystanders: [] };

  it.each([
    [0, 1],
    [10_000, 1],
    [35_000, 0.5],
    [60_000, 0],
    [90_000, 0],
  ])('after %i ms is worth %f', (after, value) => {
    expect(recover(traces, after, true, windows)).toBeCloseTo(value, 9);
  });

  it('is worth nothing when it did not happen, and unknown when that was not seen', () => {
    expect(recover(traces, undefined, true, windows)).toBe(0);
    expect(recover(traces, undefined, false, windows)).toBeUndefined();
    expect(
      recover({ ...traces, primary: { ...traces.primary, recovery: [undefined] } }, undefined, true, windows),
    ).toBeUndefined();
  });

  it('counts from the moment the storm ended', () => {
    const late = componentOf('recover', { quality: inPhases(PLAN, { recovery: (second) => (second < 6 ? 0 : 1) }) });
    expect(late?.value).toBeCloseTo(6 / 9, 9);
    expect(late?.says).toBe('recovered 6 s after the storm (objective 3 s, RTO 12 s)');
  });
});

describe('absorb', () => {
  it('is measured against the baseline', () => {
    const shares = inPhases(PLAN, { baseline: () => 0.96, storm: () => 0.48, recovery: () => 0.96 });
    expect(componentOf('absorb', { quality: shares })?.value).toBeCloseTo(0.5, 9);
  });

  it('never counts more than the baseline', () => {
    const shares = inPhases(PLAN, { baseline: () => 0.96, storm: (second) => (second % 2 === 0 ? 1 : 0.48) });
    expect(componentOf('absorb', { quality: shares })?.value).toBeCloseTo(0.75, 9);
  });
});

describe('isolate', () => {
  it('is the 10th percentile over the cohorts', () => {
    const hurt = inPhases(PLAN, { storm: () => 0.5 });
    const bystanders = (second: number, cohort: string) => (cohort === 'red' ? hurt(second) : 1);
    expect(componentOf('isolate', { bystanders })?.value).toBeCloseTo(0.55, 9);
  });

  it('names a cohort without data', () => {
    const silent = eventsOf({ plan: PLAN }).filter((event) => event.kind !== 'bin' || event.cohort !== 'blue');
    const isolate = componentsOf(measure(recordingFrom(silent))).find(({ name }) => name === 'isolate');
    expect(isolate).toMatchObject({ value: 1, says: expect.stringContaining('no data of blue') });
  });
});

describe('durable', () => {
  it('is the share that held of what was answered, over all invariants', () => {
    const ledgers = [
      keptLedger(57, { held: 80, unanswered: 20 }),
      keptLedger(57, { invariant: 'no-ghosts', checked: 20, held: 10 }),
    ];
    expect(componentOf('durable', { ledgers })?.value).toBe(0.9);
  });

  it('has no value when nothing was answered', () => {
    expect(componentOf('durable', { ledgers: [keptLedger(57, { held: 0, unanswered: 100 })] })?.value).toBeUndefined();
  });
});

describe('floor', () => {
  it('is the worst window but for the worst twentieth', () => {
    const dip = (length: number) =>
      componentOf('floor', {
        quality: inPhases(PLAN, { storm: (second) => (second >= 8 && second < 8 + length ? 0 : 1) }),
      })?.value;
    expect(dip(1)).toBeCloseTo(0.8, 9);
    expect(dip(5)).toBeCloseTo(0.2, 9);
    expect(dip(12)).toBe(0);
  });

  it('looks at the recovery as well', () => {
    expect(
      componentOf('floor', { quality: inPhases(PLAN, { recovery: (second) => (second < 12 ? 0 : 1) }) })?.value,
    ).toBe(0);
  });
});
