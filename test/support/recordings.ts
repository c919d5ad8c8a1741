import type {
  Closed,
  FaultEvent,
  Health,
  Ledger,
  PhaseEntered,
  RunEvent,
  Scrape,
  TargetFacts,
} from '../../core/event.ts';
import type { FailureKind } from '../../core/failure.ts';
import type { Fault } from '../../core/fault.ts';
import { IMPOSTORS, type Plan, phaseOf } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import type { Profile, Scenario } from '../../core/profile.ts';
import { type Recording, RecordingBuilder } from '../../core/recording.ts';

/** A plan for made-up recordings: a steady load of 100 logins a second, no storm on top, and bystanders if wanted. */
export function storyPlan(
  changes: Partial<Profile> & { bystanders?: readonly string[] } = {},
  request: PlanRequest = {},
): Plan {
  const { bystanders = [], ...profile } = changes;
  return plan(
    {
      ...storyProfile,
      ...profile,
      scenarios: [...(profile.scenarios ?? storyProfile.scenarios), ...bystanders.map(visitsOf)],
    },
    { pace: 'natural', ...request },
  );
}

function visitsOf(cohort: string): Scenario {
  return {
    ...{ name: `visits of ${cohort}`, journey: 'meet', cohort, role: 'bystander' },
    ...{ executor: 'constant-arrival-rate', rate: 100 },
  };
}

/** The profile behind story plans. */
const storyProfile: Profile = {
  name: 'story',
  title: 'A made-up incident',
  incident: {
    date: '2020-03',
    trigger: 'nothing',
    damage: 'none',
    source: 'made up',
    figures: [
      { what: 'growth of the load', documented: '10x', measured: 'load-factor' },
      { what: 'sign-ins served', documented: 'few', measured: 'served-share' },
      { what: 'damage after the storm', documented: '12 hours', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '120s', recovery: '120s' },
  classes: {
    login: { deadline: '5s', weight: 1 },
    create: { deadline: '3s' },
    join: { deadline: '3s' },
    chat: { deadline: '3s' },
  },
  habits: {
    patience: '2s',
    wrongPassword: 0.01,
    retries: [{ share: 1, kind: 'fixed', attempts: 3, delay: '1s' }],
  },
  scenarios: [
    {
      ...{ name: 'logins', journey: 'login', cohort: 'everybody', role: 'base' },
      ...{ executor: 'constant-arrival-rate', rate: 100 },
    },
  ],
  faults: [],
  promises: [],
  mechanism: {
    says: 'the queue is full of people who have left',
    signs: [{ during: 'recovery', indicator: 'login.queue.departed', over: 'login.queue', atLeast: 0.5 }],
  },
  answers: { weak: '2020', gate: 'not-recovered' },
};

/** A fault for plans that need one; put in ten seconds after the storm began, at natural pace. */
export const storyFault: Fault = {
  service: 'auth',
  after: '10s',
  lasting: '60s',
  does: { kind: 'latency', latency: 500, jitter: 0 },
};

/** What happens in a made-up run. Everything left out goes well. */
export interface Story {
  readonly plan?: Plan;
  /** How many of the primary cohort are due in a second; 100. */
  readonly offered?: (second: number) => number;
  /** The share of them that is good; 1. */
  readonly quality?: (second: number) => number;
  /** The share of a bystander cohort that is good, of 100 joins a second; 1. */
  readonly bystanders?: (second: number, cohort: string) => number;
  /** How those fail who are not good; they time out. */
  readonly failure?: FailureKind;
  /** People with a wrong password, in the first second of the storm. */
  readonly impostors?: { readonly tried: number; readonly denied: number; readonly granted: number };
  /** What one worker tells of itself each second; undefined for nothing. */
  readonly health?: (second: number) => Partial<Health> | undefined;
  /** What the source `gateway` tells each second; undefined for no scrape at all. */
  readonly scrape?: (second: number) => Partial<Scrape> | undefined;
  /** What is known of the sources; nothing. */
  readonly metrics?: TargetFacts['metrics'];
  /** Whether the run started the target itself; it did not. */
  readonly alongside?: true;
  readonly ledgers?: readonly Ledger[];
  readonly faults?: readonly FaultEvent[];
  readonly events?: readonly RunEvent[];
  /** The last second, exclusive; the end of the recovery. */
  readonly until?: number;
  /** How the run ended; undefined when the recording was cut off. */
  readonly ended?: Closed['reason'] | undefined;
}

/** The recording of a made-up run. */
export function recordingOf(story: Story = {}): Recording {
  return recordingFrom(eventsOf(story));
}

/** Folds events into a recording. */
export function recordingFrom(events: readonly RunEvent[]): Recording {
  const builder = new RecordingBuilder();
  for (const event of events) builder.add(event);
  const recording = builder.build();
  if (!recording) throw new Error('the opening line is missing');
  return recording;
}

/** The events of a made-up run, in order of time. */
export function eventsOf(story: Story = {}): RunEvent[] {
  const made = story.plan ?? storyPlan();
  const until = story.until ?? Math.ceil(phaseOf(made, 'recovery').to / 1_000);
  const seconds = Array.from({ length: until }, (_, second) => second);
  const timed = [
    ...made.phases
      .filter(({ from }) => from < until * 1_000)
      .map(({ name, from }): PhaseEntered => ({ kind: 'phase', at: from, name })),
    ...seconds.flatMap((second) => eventsIn(second, story, made)),
    ...(story.ledgers ?? (made.components.includes('durable') ? [keptLedger(until)] : [])),
    ...(story.faults ?? []),
    ...(story.events ?? []),
  ];
  const ended = 'ended' in story ? story.ended : 'completed';
  const closed: readonly RunEvent[] = ended === undefined ? [] : [{ kind: 'closed', at: until * 1_000, reason: ended }];
  return [openingOf(made, story), ...timed.toSorted((a, b) => momentOf(a) - momentOf(b)), ...closed];
}

/** When something was recorded, in milliseconds: bins and health once their second is over. */
export function momentOf(event: RunEvent): number {
  if ('at' in event) return event.at;
  return 'second' in event ? (event.second + 1) * 1_000 : 0;
}

/** Absolute seconds to what happens in a phase, counted from its start; everything else goes well. */
export function inPhases(
  made: Plan,
  shares: Partial<Record<'baseline' | 'storm' | 'recovery', (second: number) => number>>,
): (second: number) => number {
  return (second) => {
    const phase = made.phases.find(({ from, to }) => second * 1_000 >= from && second * 1_000 < to);
    if (phase?.name !== 'baseline' && phase?.name !== 'storm' && phase?.name !== 'recovery') return 1;
    return shares[phase.name]?.(second - phase.from / 1_000) ?? 1;
  };
}

/** A ledger of 100 meetings, of which so many are lost. */
export function keptLedger(second: number, changes: Partial<Ledger> = {}): Ledger {
  return {
    ...{ kind: 'ledger', at: second * 1_000, invariant: 'meetings-kept' },
    ...{ acknowledged: 100, checked: 100, held: 100, broken: [], unanswered: 0, ...changes },
  };
}

function openingOf(made: Plan, { metrics = [], alongside }: Story): RunEvent {
  return {
    kind: 'opened',
    version: 'recording/1',
    startedAt: '2026-01-01T00:00:00.000Z',
    plan: made,
    target: { name: 'made up', operations: [], capacity: made.capacity, metrics, ...(alongside && { alongside }) },
    machine: { stormtest: '0', node: '20', platform: 'linux', cpu: 'none', cores: 2, memoryBytes: 1 },
  };
}

function eventsIn(second: number, story: Story, made: Plan): RunEvent[] {
  const offered = story.offered?.(second) ?? 100;
  const share = story.quality?.(second) ?? 1;
  const failure = story.failure ?? 'timeout';
  const bystanders = made.cohorts.filter(({ role }) => role === 'bystander');
  return [
    ...people({ second, scenario: 'logins', class: 'login', cohort: 'everybody' }, offered, share, failure),
    ...bystanders.flatMap(({ name }) =>
      people(
        { second, scenario: `visits of ${name}`, class: 'join', cohort: name },
        100,
        story.bystanders?.(second, name) ?? 1,
        failure,
      ),
    ),
    ...(story.impostors && second * 1_000 === phaseOf(made, 'storm').from
      ? [impostorsIn(second, story.impostors)]
      : []),
    ...healthIn(second, offered, story),
    ...scrapeIn(second, story),
  ];
}

type Key = Pick<Extract<RunEvent, { kind: 'bin' }>, 'second' | 'scenario' | 'class' | 'cohort'>;

function people(key: Key, offered: number, share: number, failure: FailureKind): RunEvent[] {
  if (offered === 0) return [];
  const good = Math.round(offered * share);
  const failed = good < offered ? { [failure]: offered - good } : {};
  return [
    {
      ...{ kind: 'bin', ...key, offered, good, first: good, eventual: good, shed: 0, dropped: 0, failed },
      ...{ attempts: good + 3 * (offered - good), latency: good > 0 ? [20_000, good] : [] },
    },
    { kind: 'traffic', ...key, attempts: offered, succeeded: good, failed, duration: good > 0 ? [20_000, good] : [] },
  ];
}

function impostorsIn(second: number, { tried, denied, granted }: NonNullable<Story['impostors']>): RunEvent {
  return {
    ...{ kind: 'bin', second, scenario: 'logins', class: 'login', cohort: IMPOSTORS, offered: tried, good: denied },
    ...{ first: denied, eventual: denied, shed: 0, dropped: 0, failed: granted > 0 ? { granted } : {} },
    ...{ attempts: tried, latency: [] },
  };
}

function healthIn(second: number, due: number, { health }: Story): RunEvent[] {
  const changes = health ? health(second) : {};
  if (!changes) return [];
  const late = [500, due];
  const quiet = { dropped: 0, lag: 1, inFlight: 1, sockets: 1 };
  const { clockDrift = 0, machine = { busy: 0.5, stolen: 0 }, ...worker } = changes;
  return [
    { kind: 'health', second, worker: 0, due, started: due, late, ...quiet, ...worker },
    { kind: 'health', second, worker: -1, due: 0, started: 0, late: [], ...quiet, clockDrift, machine },
  ];
}

function scrapeIn(second: number, { scrape }: Story): RunEvent[] {
  const told = scrape?.(second);
  if (!told) return [];
  const look = { kind: 'scrape', at: second * 1_000, source: 'gateway', up: 1, took: 5 } as const;
  return [{ ...look, indicators: {}, series: {}, ...told }];
}
