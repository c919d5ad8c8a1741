import { describe, expect, it } from 'vitest';
import type { Death, FaultEvent, RunEvent, Scrape } from '../../../core/event.ts';
import type { Fault } from '../../../core/fault.ts';
import { unplannedDeath } from '../../../score/gates/unplanned-death.ts';
import { recordingOf, storyPlan } from '../../support/recordings.ts';

const KILL: Fault = { service: 'media', part: 'media-1', after: '10s', lasting: '20s', does: { kind: 'kill' } };
const STARTED = 1_767_225_600;

function plannedWith(fault: Fault) {
  const plan = storyPlan({ faults: [fault] });
  return { plan, at: plan.faults[0]?.from ?? 0 };
}

function killed(at: number): FaultEvent {
  return { kind: 'fault', at: at + 20, fault: 0, state: 'applied', says: 'in place' };
}

function ended(process: string, at: number): Death {
  return { kind: 'death', at, process, says: 'signal SIGKILL' };
}

/** What a source tells each second: that it started once, and again at a moment, having been away for two scrapes. */
function restarting(source: string, plan: ReturnType<typeof plannedWith>['plan'], at: number): Scrape[] {
  const seconds = Array.from({ length: 60 }, (_, n) => Math.floor((plan.faults[0]?.from ?? 0) / 1_000) - 10 + n);
  return seconds.map((second): Scrape => {
    const away = second * 1_000 >= at && second * 1_000 < at + 2_000;
    const started = STARTED + (second * 1_000 >= at ? at / 1_000 + 1 : 0);
    const indicators = away ? {} : { 'process.started': started };
    return { kind: 'scrape', at: second * 1_000, source, up: away ? 0 : 1, took: 5, indicators, series: {} };
  });
}

function gateOf(fault: Fault, events: (plan: ReturnType<typeof plannedWith>) => readonly RunEvent[]) {
  const made = plannedWith(fault);
  return unplannedDeath(recordingOf({ plan: made.plan, events: events(made) }));
}

describe('a process that a fault kills', () => {
  it('is no unplanned death, for whoever started it and for whoever scrapes it', () => {
    const gate = gateOf(KILL, ({ plan, at }) => [
      killed(at),
      ended('media-1', at + 5),
      ...restarting('media-1', plan, at + 1_000),
    ]);
    expect(gate).toMatchObject({
      status: 'held',
      says: 'no process of the target ended or restarted but what a fault killed',
    });
    expect(gate.evidence).toHaveLength(2);
    for (const { says } of gate.evidence) expect(says).toMatch(/^as planned, media-1 /);
  });

  it('may not die a second time, nor take another one along', () => {
    const again = gateOf(KILL, ({ at }) => [killed(at), ended('media-1', at + 5), ended('media-1', at + 4_000)]);
    expect(again.status).toBe('fired');
    const other = gateOf(KILL, ({ plan, at }) => [
      killed(at),
      ended('media-1', at + 5),
      ...restarting('media-1', plan, at + 1_000),
      ended('media-2', at + 1_000),
      ...restarting('media-2', plan, at + 2_000),
    ]);
    expect(other.status).toBe('fired');
    expect(other.says).toContain('media-2 ended');
    expect(other.says).toContain('1 more sighting');
  });

  it('is told from one that died at another time', () => {
    expect(gateOf(KILL, ({ at }) => [killed(at), ended('media-1', at - 2_000)]).status).toBe('fired');
    expect(gateOf(KILL, ({ at }) => [killed(at), ended('media-1', at + 15_000)]).status).toBe('fired');
  });

  it('has to have been killed', () => {
    const refused = (at: number): FaultEvent => ({ ...killed(at), state: 'not injected' });
    expect(gateOf(KILL, ({ at }) => [refused(at), ended('media-1', at + 5)]).status).toBe('fired');
    const paused: Fault = { ...KILL, does: { kind: 'pause' } };
    expect(gateOf(paused, ({ at }) => [killed(at), ended('media-1', at + 5)]).status).toBe('fired');
  });

  it('is whatever ended then, where nothing is called as it is', () => {
    const named = { ...KILL, part: 'eu' };
    expect(gateOf(named, ({ at }) => [killed(at), ended('sfu-7', at + 5)]).status).not.toBe('fired');
    expect(gateOf(named, ({ at }) => [killed(at), ended('sfu-7', at + 30_000)]).status).toBe('fired');
  });
});
