import { JOURNEYS, lacking } from '../journey.ts';
import { Mistakes } from '../mistake.ts';
import { type Cohort, IMPOSTORS, type Plan, type PlannedHabits, type Uncovered } from '../plan.ts';
import type { OperationClass, Profile, Scenario } from '../profile.ts';
import type { ComponentName } from '../score.ts';
import { OPERATIONS, type Operation } from '../target.ts';
import { boundsOf } from './bounds.ts';
import { plannedHabits } from './habits.ts';
import { plannedScenario, scaleOf } from './load.ts';
import { faultsOf, phasesOf, plannedFaults, probePlan, scoredClasses, scoringWindows } from './phases.ts';
import { mistakesOfPlaces } from './places.ts';
import { mistakesOfRequest, mistakesOfWishes, type PlanRequest } from './request.ts';
import { mistakesOfPlan } from './soundness.ts';

/** Makes a profile ready to run; pure. Throws all mistakes of the request at once. */
export function plan(profile: Profile, request: PlanRequest = {}): Plan {
  const mistakes = [...mistakesOfRequest(request), ...mistakesOfWishes(profile, request.with ?? [])];
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  const pace = request.pace ?? 'quick';
  const habits = plannedHabits(request.anonymous ? { ...profile.habits, wrongPassword: 0 } : profile.habits);
  const windows = scoringWindows(profile, pace, habits);
  const phases = phasesOf(profile, pace, windows);
  const offered = request.operations ?? OPERATIONS;
  const { covered, uncovered } = coverage(profile, offered);
  const scale = scaleOf(profile, request, phases, pace);
  const scenariosAt = (size: number) =>
    covered.map((scenario) => plannedScenario(scenario, size, pace, phases, habits));
  const scenarios = scenariosAt(scale);
  const classes = scoredClasses(profile);
  const probe = probePlan(classes, habits, windows, scenarios);
  const made: Plan = {
    version: 'plan/1',
    profile,
    seed: request.seed ?? 1,
    pace,
    scale,
    phases,
    scenarios,
    uncovered,
    habits,
    classes,
    cohorts: cohortsOf(covered, habits),
    components: componentsOf(covered, offered),
    capacity: request.capacity ?? {},
    faults: plannedFaults(faultsOf(profile, request.with ?? []), pace, phases),
    windows,
    probe,
    bounds: boundsOf(scenarios, phases, probe, habits),
  };
  const crowded = request.places === undefined ? [] : [...mistakesOfPlaces(made, request.places, scenariosAt)];
  // Whoever asks for less has another question to answer than whoever asks for more.
  const unsound = crowded.length > 0 ? crowded : [...mistakesOfPlan(made, request.places)];
  if (unsound.length > 0) throw new Mistakes(unsound);
  return made;
}

function coverage(profile: Profile, offered: readonly Operation[]) {
  const lacks = ({ journey }: Scenario) => lacking(journey, offered);
  const covered = profile.scenarios.filter((scenario) => lacks(scenario).length === 0);
  const left: Uncovered[] = profile.scenarios
    .filter((scenario) => lacks(scenario).length > 0)
    .map((scenario) => ({ scenario: scenario.name, lacks: lacks(scenario) }));
  const lessened = covered.flatMap((scenario): Uncovered[] => {
    const missed = (JOURNEYS[scenario.journey].likes ?? []).filter((like) => !offered.includes(like));
    return missed.length > 0 ? [{ scenario: scenario.name, lacks: missed, partly: true }] : [];
  });
  return { covered, uncovered: [...left, ...lessened] };
}

function cohortsOf(scenarios: readonly Scenario[], habits: PlannedHabits): Cohort[] {
  const names = new Map(
    scenarios.map(({ cohort, role }) => [cohort, role === 'bystander' ? 'bystander' : 'primary'] as const),
  );
  const cohorts: Cohort[] = [...names].map(([name, role]) => ({ name, role }));
  const signsIn = scenarios.some(({ journey }) => JOURNEYS[journey].classes.includes('login'));
  return habits.wrongPassword > 0 && signsIn ? [...cohorts, { name: IMPOSTORS, role: 'impostor' }] : cohorts;
}

/** What of each class is acknowledged and can be asked for afterwards, and how. */
const ASKED_FOR: readonly (readonly [OperationClass, readonly Operation[]])[] = [
  ['create', ['findMeeting', 'countMeetings']],
  ['ticket', ['findTicket']],
  ['record', ['findRecording']],
];

function componentsOf(scenarios: readonly Scenario[], offered: readonly Operation[]): ComponentName[] {
  const bystanders = scenarios.some(({ role }) => role === 'bystander');
  const optional: ComponentName[] = [];
  if (bystanders) optional.push('isolate');
  const has = (name: OperationClass) => scenarios.some(({ journey }) => JOURNEYS[journey].classes.includes(name));
  const tells = (asked: readonly Operation[]) => asked.some((operation) => offered.includes(operation));
  if (ASKED_FOR.some(([name, asked]) => has(name) && tells(asked))) optional.push('durable');
  return ['absorb', 'recover', ...optional, 'floor'];
}
