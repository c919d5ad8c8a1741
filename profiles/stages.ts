import type { Duration } from '../core/duration.ts';
import type { Stage } from '../core/profile.ts';

/** The stages of a load that comes up to a rate, per second, and is held there. */
export function upTo(target: number, { within, held }: { readonly within: Duration; readonly held: Duration }): readonly Stage[] {
  return [
    { duration: within, target },
    { duration: held, target },
  ];
}
