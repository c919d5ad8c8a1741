import { Failure } from '../core/failure.ts';
import type { Person } from '../core/person.ts';
import type { PlannedScenario } from '../core/plan.ts';
import type { Client, Meeting, Target } from '../core/target.ts';
import type { Share } from './arrivals.ts';
import { journeys } from './journeys/index.ts';
import type { Equipped } from './journeys/journey.ts';
import { NotReady } from './not-ready.ts';
import type { People } from './people.ts';
import { PatientTransport } from './transports/node.ts';
import type { Wire } from './transports/wire.ts';
import type { Wishes } from './wishes.ts';

/** Somebody who is signed in when the run begins. */
export interface Resident {
  readonly person: Person;
  readonly client: Client;
  readonly room: Meeting | undefined;
}

const PATIENCE = 10_000;
const AT_ONCE = 2;

/** Signs in this share of a scenario's residents, two at a time so that it is no storm; throws NotReady. */
export async function residentsOf(
  scenario: PlannedScenario,
  share: Share,
  people: People,
  wishes: Wishes,
  target: Target,
  wire: Wire,
): Promise<Resident[]> {
  const numbers = Array.from({ length: scenario.signedIn }, (_, i) => i).filter((i) => i % share.count === share.index);
  const residents: Resident[] = [];
  const settle = async () => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const io = new PatientTransport(wire);
      io.giveUpAt = performance.now() + PATIENCE;
      const person = people.person(number);
      const client = target.client(io, person);
      const preparation = { scenario, number, wish: wishes(`before ${scenario.name}`, number) };
      const room = await journeys[scenario.journey].prepare?.(client as Equipped, preparation);
      residents.push({ person, client, room });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, settle));
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    throw new NotReady(`the people of "${scenario.name}" could not be made ready before the run: ${thrown.message}`);
  }
  return residents;
}
