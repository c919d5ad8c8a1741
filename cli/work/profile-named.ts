import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import type { Profile } from '../../core/profile.ts';
import { profiles } from '../../profiles/index.ts';

/** The profile of a name; throws Mistakes with the nearest one. */
export function profileNamed(name: string | undefined): Profile {
  const known = profiles.map((profile) => profile.name);
  if (name === undefined) throw Mistakes.of('profile', 'is missing', `stormtest list names them: ${known.join(', ')}`);
  const found = profiles.find((profile) => profile.name === name);
  if (found) return found;
  const meant = nearest(name, known);
  throw Mistakes.of('profile', `there is no "${name}"`, meant ? `did you mean ${meant}?` : 'stormtest list names them');
}
