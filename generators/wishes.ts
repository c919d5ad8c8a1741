import { draw } from '../core/random.ts';
import type { MeetingWish } from '../core/target.ts';
import type { People } from './people.ts';

/** What somebody wants, by the scenario and number of their arrival. */
export type Wishes = (scenario: string, index: number) => MeetingWish;

/** The wishes of a run's people: names and guests are the seed's, the keys are like those of no other run. */
export function wishesOf(people: People, seed: number): Wishes {
  // Not drawn from the seed: a target that remembers the keys of an earlier run would create nothing for the same ones.
  const run = Math.random().toString(36).slice(2, 12);
  return (scenario, index) => ({
    name: people.meetingName(index),
    key: `${run}-${scenario}-${index}`,
    invited: people.person(Math.floor(draw(seed, scenario, index, 'invited') * people.count)),
  });
}
