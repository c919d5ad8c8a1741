import { SURVIVAL } from '../constants.ts';
import { arrivalsIn, type Curve, peakRate, type Segment, steady } from '../curve.ts';
import { JOURNEYS } from '../journey.ts';
import {
  type Pace,
  type Phase,
  type PlannedHabits,
  type PlannedMeetings,
  type PlannedScenario,
  phaseOf,
} from '../plan.ts';
import type { Profile, Scenario, Stage } from '../profile.ts';
import { arrivalsFor, type MeetingsSpan, mostIn, plannedMeetings } from './meetings.ts';
import { paced } from './phases.ts';
import type { PlanRequest } from './request.ts';

/** What the profile's rates and counts are to be multiplied by. */
export function scaleOf(profile: Profile, request: PlanRequest, phases: readonly Phase[], pace: Pace): number {
  if (request.scale !== undefined) return request.scale;
  const storm = phaseOf({ phases }, 'storm');
  const hit = profile.scenarios.filter(({ role }) => role !== 'bystander');
  if (request.users !== undefined) {
    const people = hit.flatMap((scenario) =>
      curveOf(scenario, 1, pace, phases).map((s) => arrivalsIn(within(s, storm))),
    );
    return request.users / people.reduce((a, b) => a + b, 0);
  }
  const base = hit.find(({ role }) => role === 'base');
  if (!base || base.executor === 'ramping-vus') return 1;
  const rate = baseRateIn(base);
  if (request.baseRate !== undefined) return request.baseRate / rate;
  // Meetings are as large as they were: their sizes are the incident.
  if (base.executor === 'meetings') return 1;
  const [stormed] = JOURNEYS[base.journey].classes;
  const declared = request.capacity?.[stormed];
  return declared === undefined ? 1 : writable(baseWithin(declared, pace) / rate);
}

function baseRateIn(base: Exclude<Scenario, { executor: 'ramping-vus' }>): number {
  if (base.executor === 'meetings') return base.count * base.rungs[0].size;
  return base.executor === 'constant-arrival-rate' ? base.rate : base.startRate;
}

/** Rounded up to a number that a person can be asked to type, to have the same plan again. */
function writable(scale: number): number {
  return Math.ceil(scale * 1e4 - 1e-6) / 1e4;
}

/** The base load for a capacity: its usual share, or a little more where quick windows need that and it still recovers. */
function baseWithin(capacity: number, pace: Pace): number {
  const usual = SURVIVAL.baseShare * capacity;
  const needed = pace === 'quick' ? SURVIVAL.leastQuickBase : 0;
  return needed <= SURVIVAL.mostBaseShare * capacity ? Math.max(usual, needed) : usual;
}

/** The part of a segment that lies in a phase. */
function within(segment: Segment, phase: Phase): Segment {
  const [from, to] = [Math.max(segment.from, phase.from), Math.min(segment.to, phase.to)];
  if (to <= from) return steady(from, from, 0);
  const at = (ms: number) =>
    segment.startRate + ((ms - segment.from) / (segment.to - segment.from)) * (segment.endRate - segment.startRate);
  return { from, to, startRate: at(from), endRate: at(to) };
}

/** Draws the curve of a scenario and bounds its virtual users. */
export function plannedScenario(
  scenario: Scenario,
  scale: number,
  pace: Pace,
  phases: readonly Phase[],
  habits: PlannedHabits,
): PlannedScenario {
  const curve = curveOf(scenario, scale, pace, phases);
  const open = scenario.executor !== 'ramping-vus';
  const meetings =
    scenario.executor === 'meetings'
      ? plannedMeetings(scenario, scale, pace, meetingsSpan(scenario, phases, pace))
      : undefined;
  return {
    name: scenario.name,
    journey: scenario.journey,
    cohort: scenario.cohort,
    role: scenario.role,
    model: open ? 'open' : 'closed',
    curve,
    maxVUs: ('maxVUs' in scenario ? scenario.maxVUs : undefined) ?? neededVUs(scenario, curve, meetings, habits),
    // Meetings begin with everybody signed in: what is looked at is the meeting, not the way there.
    signedIn: meetings ? mostIn(meetings) : Math.ceil((scenario.signedIn ?? 0) * Math.max(1, scale)),
    ...(meetings && { meetings }),
  };
}

function neededVUs(
  { executor, journey }: Scenario,
  curve: Curve,
  meetings: PlannedMeetings | undefined,
  { horizon }: PlannedHabits,
): number {
  if (meetings) return mostIn(meetings) + 10;
  const peak = peakRate([curve]);
  if (executor === 'ramping-vus') return Math.ceil(peak);
  return Math.ceil((peak * horizon * JOURNEYS[journey].classes.length) / 1_000) + 10;
}

function meetingsSpan(scenario: Scenario, phases: readonly Phase[], pace: Pace): MeetingsSpan {
  const [from, until] = spanOf(scenario, phases, pace);
  return { from, until, storm: phaseOf({ phases }, 'storm').from };
}

function spanOf({ role, wave }: Scenario, phases: readonly Phase[], pace: Pace): readonly [from: number, to: number] {
  const storm = phaseOf({ phases }, 'storm');
  return role === 'storm' ? stormOf(wave, storm, pace) : [0, phaseOf({ phases }, 'recovery').to];
}

function curveOf(scenario: Scenario, scale: number, pace: Pace, phases: readonly Phase[]): Curve {
  const [from, to] = spanOf(scenario, phases, pace);
  if (scenario.executor === 'meetings') return arrivalsFor(scenario, scale, pace, meetingsSpan(scenario, phases, pace));
  if (scenario.executor === 'constant-arrival-rate') return [steady(from, to, scenario.rate * scale)];
  const start = scenario.executor === 'ramping-vus' ? scenario.startVUs : scenario.startRate;
  return staged(from, start * scale, scenario.stages, scale, pace);
}

function stormOf(wave: Scenario['wave'], storm: Phase, pace: Pace): [from: number, to: number] {
  if (!wave) return [storm.from, storm.to];
  const from = storm.from + paced(wave.after, pace);
  return [from, from + paced(wave.lasting, pace)];
}

function staged(from: number, start: number, stages: readonly Stage[], scale: number, pace: Pace): Segment[] {
  let [at, rate] = [from, start];
  return stages.map((stage) => {
    const segment = { from: at, to: at + paced(stage.duration, pace), startRate: rate, endRate: stage.target * scale };
    [at, rate] = [segment.to, segment.endRate];
    return segment;
  });
}
