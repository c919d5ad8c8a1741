import { describe, expect, it } from 'vitest';
import { bystanders } from '../../../score/gates/bystanders.ts';
import { measure } from '../../../score/measured.ts';
import { eventsOf, inPhases, recordingFrom, recordingOf, type Story, storyPlan } from '../../support/recordings.ts';

const PLAN = storyPlan({ bystanders: ['red', 'blue'] }, { pace: 'quick' });

function gateOf(story: Story) {
  return bystanders(measure(recordingOf({ plan: PLAN, ...story })));
}

function bluesStorm(share: number) {
  const hurt = inPhases(PLAN, { storm: () => share });
  return (second: number, cohort: string) => (cohort === 'blue' ? hurt(second) : 1);
}

describe('the gate bystanders', () => {
  it('fires when one cohort kept less than 90 % in the storm, and names it', () => {
    const gate = gateOf({ bystanders: bluesStorm(0.89) });
    expect(gate).toMatchObject({
      status: 'fired',
      says: 'people nobody targeted kept less than 90 % of their quality: blue (89 %)',
    });
    expect(gate.evidence.map(({ says }) => says)).toContain('red kept 100 % of its quality in the storm');
  });

  it('holds at 90 %', () => {
    expect(gateOf({ bystanders: bluesStorm(0.9) }).status).toBe('held');
  });

  it('does not mind what happens to them after the storm, nor what the storm does to others', () => {
    const later = inPhases(PLAN, { recovery: () => 0 });
    expect(gateOf({ bystanders: later, quality: inPhases(PLAN, { storm: () => 0 }) }).status).toBe('held');
  });

  it('measures each cohort against its own baseline', () => {
    expect(gateOf({ bystanders: inPhases(PLAN, { baseline: () => 0.96, storm: () => 0.88 }) }).status).toBe('held');
  });

  it('does not take a cohort that was never served for a yardstick', () => {
    expect(gateOf({ bystanders: () => 0.3 }).status).toBe('fired');
  });

  it('is not covered without bystanders, without data of one of them, or when the storm was cut short', () => {
    expect(bystanders(measure(recordingOf({ plan: storyPlan({}, { pace: 'quick' }) }))).status).toBe('not covered');
    const silent = eventsOf({ plan: PLAN }).filter((event) => event.kind !== 'bin' || event.cohort !== 'blue');
    expect(bystanders(measure(recordingFrom(silent))).status).toBe('not covered');
    expect(gateOf({ bystanders: () => 0, until: 30, ended: 'interrupted' }).status).toBe('not covered');
  });
});
