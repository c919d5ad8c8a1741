import { describe, expect, it } from 'vitest';
import type { Scrape } from '../../../core/event.ts';
import { unplannedDeath } from '../../../score/gates/unplanned-death.ts';
import { recordingOf, storyPlan } from '../../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick' });
const STARTED = 1_767_225_600;

function gateOf(scrape: (second: number) => Partial<Scrape>) {
  return unplannedDeath(recordingOf({ plan: PLAN, scrape }));
}

function started(moment: number): Partial<Scrape> {
  return { indicators: { 'process.started': moment } };
}

describe('the gate unplanned-death', () => {
  it('fires on a death the supervisor saw', () => {
    const events = [{ kind: 'death', at: 14_500, process: 'postgres', says: 'signal SIGKILL' }] as const;
    const gate = unplannedDeath(recordingOf({ plan: PLAN, events }));
    expect(gate).toMatchObject({
      status: 'fired',
      says: 'a process of the target died: postgres ended at 14.5 s: signal SIGKILL',
    });
    expect(gate.evidence).toEqual([{ from: 'supervisor', says: 'postgres ended at 14.5 s: signal SIGKILL' }]);
  });

  it('fires on a start time that moved after failed scrapes, and counts them', () => {
    const gate = gateOf((second) =>
      second > 20 && second < 24 ? { up: 0 } : started(STARTED + (second >= 24 ? 23 : 0)),
    );
    expect(gate.status).toBe('fired');
    expect(gate.evidence).toEqual([
      {
        from: 'target',
        says: 'gateway had restarted at 24 s, after 3 failed scrapes: its start time moved from 2026-01-01T00:00:00.000Z to 2026-01-01T00:00:23.000Z',
      },
    ]);
  });

  it('fires on a start time that moved between two scrapes that both succeeded', () => {
    expect(gateOf((second) => started(STARTED + (second >= 24 ? 23.5 : 0))).status).toBe('fired');
  });

  it('looks at each source by itself', () => {
    const two = recordingOf({
      plan: PLAN,
      scrape: (second) => ({ ...started(STARTED + (second % 2) * 50), source: second % 2 === 0 ? 'gateway' : 'media' }),
    });
    expect(unplannedDeath(two).status).toBe('held');
  });

  it('holds while the start time stays, or moves no more than a clock may', () => {
    expect(gateOf(() => started(STARTED)).status).toBe('held');
    expect(gateOf((second) => started(STARTED + second / 60)).status).toBe('held');
  });

  it('holds when a target does not answer for a while, and is the same process afterwards', () => {
    expect(gateOf((second) => (second > 20 && second < 40 ? { up: 0 } : started(STARTED))).status).toBe('held');
  });

  it('takes values that come and go for several instances behind one address', () => {
    expect(gateOf((second) => started(STARTED + (second % 3 === 0 ? 40 : 0))).status).toBe('held');
    const younger = (isYounger: (second: number) => boolean) =>
      gateOf((second) => started(STARTED + (isYounger(second) ? 40 : 0))).status;
    expect(younger((second) => second >= 20 && second < 30)).toBe('held');
    expect(younger((second) => second < 20 || second >= 30)).toBe('held');
    expect(younger((second) => second >= 20)).toBe('fired');
  });

  it('is not covered when the target does not tell when it started', () => {
    expect(gateOf(() => ({})).status).toBe('not covered');
    expect(unplannedDeath(recordingOf({ plan: PLAN })).status).toBe('not covered');
  });
});
