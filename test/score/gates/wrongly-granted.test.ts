import { describe, expect, it } from 'vitest';
import { wronglyGranted } from '../../../score/gates/wrongly-granted.ts';
import { recordingOf, storyPlan } from '../../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick' });

function gateOf(impostors?: { tried: number; denied: number; granted: number }) {
  return wronglyGranted(recordingOf({ plan: PLAN, ...(impostors && { impostors }) }));
}

describe('the gate wrongly-granted', () => {
  it('fires when one person with a wrong password got in', () => {
    expect(gateOf({ tried: 40, denied: 30, granted: 1 })).toMatchObject({
      status: 'fired',
      says: '1 person got in who had to be denied',
      evidence: [{ from: 'client', says: '40 tried with a wrong password: 30 denied, 1 granted, 9 never decided' }],
    });
  });

  it('holds when those who got an answer were denied', () => {
    expect(gateOf({ tried: 40, denied: 31, granted: 0 }).status).toBe('held');
  });

  it('is not covered when nobody was decided', () => {
    expect(gateOf({ tried: 40, denied: 0, granted: 0 })).toMatchObject({ status: 'not covered' });
    expect(gateOf()).toMatchObject({ status: 'not covered', evidence: [] });
  });

  it('takes a late denial for a denial', () => {
    const key = { second: 20, scenario: 'logins', class: 'login', cohort: 'impostors' } as const;
    const counts = { offered: 1, good: 0, first: 0, eventual: 1, shed: 0, dropped: 0, attempts: 1 };
    const late = { kind: 'bin', ...key, ...counts, failed: { late: 1 }, latency: [] } as const;
    expect(wronglyGranted(recordingOf({ plan: PLAN, events: [late] })).status).toBe('held');
  });
});
