import { JOURNEYS } from '../core/journey.ts';
import type { Person } from '../core/person.ts';
import type { Plan, PlannedScenario } from '../core/plan.ts';
import { draw } from '../core/random.ts';
import type { Client, Target } from '../core/target.ts';
import type { Transport } from '../core/transport.ts';
import type { Arrival } from './arrivals.ts';
import type { Equipped } from './journeys/journey.ts';
import type { People } from './people.ts';
import type { Resident } from './residents.ts';
import { PatientTransport } from './transports/node.ts';
import type { Acceptance, Patience, Wire } from './transports/wire.ts';

/** Who an arrival is: a person, and their view of the target. */
export interface Guise {
  readonly person: Person;
  readonly client: Equipped;
  readonly patience: Patience & Partial<Acceptance> & Pick<Transport, 'media'> & { giveUpAt: number };
  /** Carries a wrong password, and must be denied. */
  readonly impostor: boolean;
}

export interface GuiseSources {
  readonly plan: Plan;
  readonly target: Target;
  readonly wire: Wire;
  readonly people: People;
  readonly residents: ReadonlyMap<string, readonly Resident[]>;
}

/** Says who an arrival is: the next resident of its scenario, or somebody drawn from all people. */
export function guiseOf(scenario: PlannedScenario, { index }: Arrival, sources: GuiseSources): Guise {
  const { plan, target, wire, people } = sources;
  const patience = new PatientTransport(wire);
  const residents = sources.residents.get(scenario.name) ?? [];
  const resident = residents[index % Math.max(1, residents.length)];
  if (resident) return dressed(resident.person, resident.client.elsewhere(patience), patience, false);
  const person = people.person(Math.floor(draw(plan.seed, scenario.name, index, 'person') * people.count));
  const signsIn = JOURNEYS[scenario.journey].classes.includes('login');
  const impostor = signsIn && draw(plan.seed, scenario.name, index, 'wrong password') < plan.habits.wrongPassword;
  const known = impostor ? { ...person, password: `not ${person.password}`, impostor: true as const } : person;
  return dressed(known, target.client(patience, known), patience, impostor);
}

/** The plan leaves out journeys that need what a target lacks, so the client has whatever its journey calls. */
function dressed(person: Person, client: Client, patience: PatientTransport, impostor: boolean): Guise {
  return { person, client: client as Equipped, patience, impostor };
}
