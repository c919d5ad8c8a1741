import { describe, expect, it } from 'vitest';
import type { FaultEvent, Media } from '../../../core/event.ts';
import type { Fault } from '../../../core/fault.ts';
import { bystanders } from '../../../score/gates/bystanders.ts';
import { measure } from '../../../score/measured.ts';
import { inPhases, recordingOf, storyPlan } from '../../support/recordings.ts';

const KILL: Fault = { service: 'media', part: 'media-1', after: '10s', lasting: '20s', does: { kind: 'kill' } };
const PLAN = storyPlan({ bystanders: ['red', 'blue'], faults: [KILL] }, { pace: 'natural' });
const AT = PLAN.faults[0]?.from ?? 0;
const KILLED: FaultEvent = { kind: 'fault', at: AT + 20, fault: 0, state: 'applied', says: 'in place' };

/** So many of a cohort's ten people lose their seat in a second, counted from the kill. */
function losing(cohort: string, lost: number, after: number): Media {
  const nothing = { jitter: [], roundTrip: [], audioDelay: [], videoDelay: [], early: [], late: [], mos: [] };
  const none = { packets: 0, lost: 0 };
  const counts = { bytesReceived: 0, bytesSent: 0, freezes: 0, frozen: 0, watched: 0, breaches: {} };
  const comings = { admitted: 0, lost, moved: 0, attempts: 0, first: 0, back: 0 };
  const whose = { second: Math.floor(AT / 1_000) + after, scenario: `visits of ${cohort}`, cohort };
  return {
    kind: 'media',
    ...whose,
    participants: 10,
    held: 0,
    audio: none,
    video: none,
    ...counts,
    ...nothing,
    comings,
  };
}

function gateOf(events: readonly Media[], servers: number | undefined, faults: readonly FaultEvent[] = [KILLED]) {
  const hurt = inPhases(PLAN, { storm: () => 0.7 });
  const people = (second: number, cohort: string) => (cohort === 'blue' ? hurt(second) : 1);
  const killable = servers === undefined ? {} : { killable: { media: servers } };
  return bystanders(measure(recordingOf({ plan: PLAN, bystanders: people, events, faults, ...killable })));
}

const ALL = [losing('blue', 7, 0), losing('blue', 3, 1)];

describe('people who sat at the only media server there is, when a fault killed it', () => {
  it('were not beside what broke', () => {
    const gate = gateOf(ALL, 1);
    expect(gate).toMatchObject({ status: 'not covered' });
    expect(gate.says).toMatch(/the only media server that is declared, and everybody of blue was on it/);
    expect(gate.evidence.map(({ says }) => says)).toContain('blue kept 70 % of its quality in the storm');
  });

  it('were beside it when there are others, or when nothing is known of that', () => {
    expect(gateOf(ALL, 2).status).toBe('fired');
    expect(gateOf(ALL, undefined).status).toBe('fired');
  });

  it('were beside it when some of them kept their seat, lost it later, or nothing was killed', () => {
    expect(gateOf([losing('blue', 9, 0)], 1).status).toBe('fired');
    expect(gateOf([losing('blue', 10, 6)], 1).status).toBe('fired');
    expect(gateOf(ALL, 1, []).status).toBe('fired');
    expect(gateOf([losing('red', 10, 0)], 1).status).toBe('fired');
    expect(gateOf([], 1).status).toBe('fired');
  });
});
