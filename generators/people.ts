import { faker } from '@faker-js/faker/locale/en';
import type { Person, Population } from '../core/person.ts';
import { derivedSeed } from '../core/random.ts';

/** The people of a run, and the names they give things; the same for the same seed, in any process. */
export interface People {
  readonly count: number;
  /** The person of a number from 0; numbers beyond the count begin again. */
  person(index: number): Person;
  meetingName(index: number): string;
}

/** Makes people up from the seed as they are asked for, or takes them from a list. */
export function peopleOf(population: Population, seed: number): People {
  const known: Person[] = population.from === 'list' ? [...population.people] : [];
  const count = population.from === 'list' ? known.length : population.count;
  return {
    count,
    person(index) {
      const number = index % count;
      known[number] ??= madeUp(seed, number);
      return known[number];
    },
    meetingName(index) {
      faker.seed(derivedSeed(seed, `meeting/${index}`));
      return `${faker.company.buzzAdjective()} ${faker.company.buzzNoun()}`;
    },
  };
}

function madeUp(seed: number, index: number): Person {
  faker.seed(derivedSeed(seed, `person/${index}`));
  const [first, last] = [faker.person.firstName(), faker.person.lastName()];
  const box = `${first}.${last}`.toLowerCase().replaceAll(/[^a-z.]/g, '');
  return {
    index,
    name: `${first} ${last}`,
    // A domain reserved for examples (RFC 2606): no mail of a storm reaches anybody.
    email: `${box}.${index}@example.com`,
    password: faker.internet.password({ length: 16 }),
  };
}
