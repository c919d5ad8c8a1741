import { describe, expect, it } from 'vitest';
import type { PhaseEntered, RunEvent } from '../../../core/event.ts';
import type { Gate } from '../../../core/score.ts';
import { notRecovered } from '../../../score/gates/not-recovered.ts';
import { measure } from '../../../score/measured.ts';
import { mechanismOf } from '../../../score/mechanism.ts';
import { inPhases, recordingOf, type Story, storyPlan } from '../../support/recordings.ts';

/** Phases at 3, 13, 33 s; recovery to 57 s; a hold lasts 6 s, an observation 9 s. */
const PLAN = storyPlan({}, { pace: 'quick' });
const GONE = (second: number) => (second >= 33 ? 0.05 : 1);

function gateOf(story: Story): Gate {
  const recording = recordingOf({ plan: PLAN, ...story });
  return notRecovered(measure(recording), mechanismOf(recording));
}

function step(at: number, level: number, name: 'hold' | 'observe'): PhaseEntered {
  return { kind: 'phase', at: at * 1_000, name: 'probe', level, step: name };
}

function verification(at: number): PhaseEntered {
  return { kind: 'phase', at: at * 1_000, name: 'verification' };
}

/** Every level in turn, each restored and observed: 57 + 4 * 15 s. */
const ALL: readonly RunEvent[] = [
  ...PLAN.probe.levels.flatMap((level, index) => [
    step(57 + 15 * index, level, 'hold'),
    step(63 + 15 * index, level, 'observe'),
  ]),
  verification(117),
];

describe('the gate not-recovered', () => {
  it('holds when there was a good stretch, and says when it began', () => {
    const gate = gateOf({ quality: inPhases(PLAN, { recovery: (second) => (second < 4 ? 0 : 1) }) });
    expect(gate).toMatchObject({ status: 'held', says: 'recovered 4 s after the storm' });
  });

  it('fires when there was none, with what people saw', () => {
    const gate = gateOf({ quality: GONE });
    expect(gate.status).toBe('fired');
    expect(gate.evidence.map(({ says }) => says)).toEqual(
      expect.arrayContaining([
        "in the last 6 s of the recovery 5 % of the baseline's quality was left",
        'everybody who was due in the recovery made 2.9 attempts on average',
      ]),
    );
  });

  it('brings what the target told of the mechanism', () => {
    const scrape = () => ({ indicators: { 'login.queue': 612, 'login.queue.departed': 588 } });
    expect(gateOf({ quality: GONE, scrape }).evidence).toContainEqual({
      from: 'target',
      says: expect.stringContaining('login.queue.departed came to 96.1 % of login.queue'),
    });
  });

  it('is not covered when the recovery was not recorded to its end', () => {
    expect(gateOf({ quality: GONE, until: 50, ended: 'interrupted' }).status).toBe('not covered');
    expect(gateOf({ quality: GONE, until: 61, ended: undefined }).status).toBe('not covered');
    expect(gateOf({ quality: GONE, until: 63, ended: undefined }).status).toBe('fired');
  });

  it('is not covered when nobody is known to have been due', () => {
    expect(gateOf({ offered: (second) => (second >= 33 ? 0 : 100) }).status).toBe('not covered');
  });
});

describe('the kind of a target that did not recover', () => {
  it('is METASTABLE when it comes back after a cut, naming level and length', () => {
    const events = [step(57, 0.5, 'hold'), step(63, 0.25, 'hold'), step(69, 0.25, 'observe'), verification(78)];
    const quality = (second: number) => (second >= 69 ? 1 : GONE(second));
    const gate = gateOf({ quality, until: 78, events });
    expect(gate.kind).toBe('METASTABLE');
    expect(gate.says).toContain('it came back only after base load was cut to 25 % for 6 s');
  });

  it('is STUCK when it answers and no cut down to the last level helps', () => {
    const quality = (second: number) => (second >= 57 ? 0.5 : GONE(second));
    expect(gateOf({ quality, until: 117, events: ALL }).kind).toBe('STUCK');
  });

  it('is STUCK when all it gives is refusals', () => {
    const quality = (second: number) => (second >= 33 ? 0 : 1);
    expect(gateOf({ quality, failure: 'status', until: 117, events: ALL }).kind).toBe('STUCK');
  });

  it('is STUCK when it answers nobody but its metrics', () => {
    const quality = (second: number) => (second >= 33 ? 0 : 1);
    expect(gateOf({ quality, scrape: () => ({}), until: 117, events: ALL }).kind).toBe('STUCK');
  });

  it('is DOWN when nothing answers', () => {
    const quality = (second: number) => (second >= 33 ? 0 : 1);
    const scrape = (second: number) => ({ up: second >= 33 ? 0 : 1 }) as const;
    const gate = gateOf({ quality, scrape, until: 117, events: ALL });
    expect(gate.kind).toBe('DOWN');
    expect(gate.evidence).toContainEqual({ from: 'client', says: '0 of 6000 attempts in the probe got an answer' });
    expect(gate.evidence).toContainEqual({ from: 'target', says: '0 of 60 scrapes in the probe succeeded' });
  });

  it('is DOWN when only a Prometheus server answers, which is no sign of life of the target', () => {
    const quality = (second: number) => (second >= 33 ? 0 : 1);
    const metrics = [{ name: 'gateway', url: 'http://prom', indicators: [], oldest: 30_000 }];
    const gate = gateOf({ quality, metrics, scrape: () => ({}), until: 117, events: ALL });
    expect(gate.kind).toBe('DOWN');
    expect(gate.evidence.map(({ says }) => says).join()).not.toContain('scrapes');
  });

  it('is UNPROBED without a probe', () => {
    const gate = gateOf({ quality: GONE });
    expect(gate.kind).toBe('UNPROBED');
    expect(gate.says).toContain('no load cut was tried');
  });

  it('is UNPROBED when the probe ended before the last level, or while it was observed', () => {
    expect(gateOf({ quality: GONE, until: 72, events: ALL.slice(0, 2) }).kind).toBe('UNPROBED');
    expect(gateOf({ quality: GONE, until: 112, events: ALL.slice(0, 8), ended: 'interrupted' }).kind).toBe('UNPROBED');
  });
});
