import type { Intent } from '../../chaos/intents.ts';
import { manualOf } from '../../chaos/manual.ts';
import type { Console } from '../console.ts';

/** Tells what may still be in place after a run, and the commands that finish by hand. */
export function tellRemaining(remaining: readonly Intent[], { tell }: Pick<Console, 'tell'>): void {
  if (remaining.length === 0) return;
  tell('stormtest: NOT EVERYTHING COULD BE PUT BACK. stormtest cleanup tries again; by hand:');
  for (const { says, undo } of remaining) tell(`  ${says}\n${manualOf(undo).replaceAll(/^(?=.)/gm, '    ')}`);
}

/** A storm that ended without a result and could not put everything back. */
export class Uncleaned extends Error {
  override readonly name = 'Uncleaned';
  readonly remaining: readonly Intent[];

  constructor(remaining: readonly Intent[], cause: unknown) {
    super('not everything could be put back', { cause });
    this.remaining = remaining;
  }
}
