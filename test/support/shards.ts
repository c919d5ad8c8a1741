import type { Acknowledged } from '../../core/acknowledged.ts';
import { monotonic } from '../../core/clock.ts';
import type { Curve } from '../../core/curve.ts';
import { steady } from '../../core/curve.ts';
import type { Bin, Health, RunEvent, Traffic } from '../../core/event.ts';
import type { Plan, PlannedScenario } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { Client, Target } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import { peopleOf } from '../../generators/people.ts';
import { Shard } from '../../generators/shard.ts';
import { nodeWire } from '../../generators/transports/node.ts';
import { loginStorm } from '../../profiles/login-storm.ts';

/** A target whose login is any function; what it throws is what the target does. */
export function targetOf(login: (io: Transport, email: string, password: string) => Promise<void>): Target {
  return {
    ...{ name: 'made-up', operations: ['login'], capacity: {}, metrics: [], services: {} },
    client: (io, { email, password }) => clientOf(io, email, password),
  };
  function clientOf(io: Transport, email: string, password: string): Client {
    return { login: () => login(io, email, password), elsewhere: (other) => clientOf(other, email, password) };
  }
}

/** A plan of one scenario of logins, with people who wait 200 ms and try once unless told otherwise. */
export function loginPlan(
  curve: Curve,
  changes: Partial<PlannedScenario> = {},
  habits: Partial<Plan['habits']> = {},
): Plan {
  const planned = plan(loginStorm, { operations: ['login'] });
  const scenario: PlannedScenario = {
    ...{ name: 'logins', journey: 'login', cohort: 'everybody', role: 'base', model: 'open' },
    ...{ curve, maxVUs: 10_000, signedIn: 0, ...changes },
  };
  const impatient = { ...planned.habits, patience: 200, wrongPassword: 0, retries: [], ...habits };
  return { ...planned, habits: impatient, scenarios: [scenario] };
}

export interface Loaded {
  readonly bins: readonly Bin[];
  readonly traffic: readonly Traffic[];
  readonly health: readonly Health[];
  readonly notes: readonly string[];
  readonly bugs: readonly unknown[];
  readonly acknowledged: readonly Acknowledged[];
}

/** Lets a shard walk its plan to the end and gives all it told. `meanwhile` runs once the load is on. */
export async function loaded(made: Plan, target: Target, meanwhile?: () => void | Promise<void>): Promise<Loaded> {
  const events: RunEvent[] = [];
  const bugs: unknown[] = [];
  const acknowledged: Acknowledged[] = [];
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  const shard = new Shard({
    ...{ plan: made, share: { index: 0, count: 1 }, target, wire, people: peopleOf({ from: 'seed', count: 50 }, 1) },
    emit: (told) => events.push(...told),
    acknowledged: (what) => acknowledged.push(what),
    fail: (bug) => bugs.push(bug),
  });
  try {
    await shard.prepare();
    shard.begin(monotonic());
    const end = Math.max(...made.scenarios.flatMap(({ curve }) => curve.map(({ to }) => to)));
    await Promise.all([new Promise((resolve) => setTimeout(resolve, end + 50)), meanwhile?.()]);
    await shard.drain(3_000);
  } finally {
    wire.close();
  }
  const of = <K extends RunEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
  return {
    bins: of('bin'),
    traffic: of('traffic'),
    health: of('health'),
    notes: of('note').map(({ says }) => says),
    bugs,
    acknowledged,
  };
}

/** So many a second for so many milliseconds. */
export function constant(rate: number, ms: number): Curve {
  return [steady(0, ms, rate)];
}

/** Adds up one count over bins. */
export function total<T>(bins: readonly T[], count: (bin: T) => number | undefined): number {
  return bins.reduce((sum, bin) => sum + (count(bin) ?? 0), 0);
}
