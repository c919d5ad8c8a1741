import type { Mistake } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import type { Pace } from '../plan.ts';
import type { Profile } from '../profile.ts';
import type { Capacity, Operation } from '../target.ts';

/** What the user and the target say of a run to come. */
export interface PlanRequest {
  readonly seed?: number;
  readonly pace?: Pace;
  /** At most one of the next three sets the size; none leaves it to the declared capacity, or to the profile. */
  readonly scale?: number;
  /** So many people are hit by the storm. */
  readonly users?: number;
  /** Arrivals per second of the base load. */
  readonly baseRate?: number;
  /** Names of the profile's optional faults that are wanted, too. */
  readonly with?: readonly string[];
  readonly capacity?: Capacity;
  /** What the target offers; everything, when nothing is known of it. */
  readonly operations?: readonly Operation[];
  /** So many people can be there at once, where that is limited by what makes the load. */
  readonly places?: number | undefined;
  /** Nobody has a password there, so nobody has a wrong one. */
  readonly anonymous?: boolean;
}

/** What is wrong with a request, before any profile is looked at. */
export function* mistakesOfRequest(request: PlanRequest): Generator<Mistake> {
  const sizes = { '--scale': request.scale, '--users': request.users, '--base-rate': request.baseRate };
  for (const [where, value] of Object.entries(sizes)) {
    if (value !== undefined && !(Number.isFinite(value) && value > 0))
      yield { where, what: `must be a number above 0, not ${value}`, mend: "leave it out for the profile's own size" };
  }
  const given = Object.entries(sizes).filter(([, value]) => value !== undefined);
  if (given.length > 1)
    yield { where: given.map(([name]) => name).join(', '), what: 'set the same thing', mend: 'give one of them' };
  const { seed = 1 } = request;
  if (!Number.isSafeInteger(seed) || seed < 0)
    yield { where: '--seed', what: `must be a whole number from 0, not ${seed}` };
  for (const [name, value] of Object.entries(request.capacity ?? {})) {
    if (!(Number.isFinite(value) && value > 0))
      yield { where: `capacity.${name}`, what: `must be a number above 0, not ${value}` };
  }
}

/** Optional faults that are asked for and that a profile does not have. */
export function* mistakesOfWishes({ name, faults }: Profile, wanted: readonly string[]): Generator<Mistake> {
  const known = [...new Set(faults.flatMap((fault) => fault.with ?? []))];
  for (const wish of wanted.filter((each) => !known.includes(each))) {
    const meant = nearest(wish, known);
    const all = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none';
    yield { where: '--with', what: `${name} has no option "${wish}"`, mend: meant ? `did you mean ${meant}?` : all };
  }
}
