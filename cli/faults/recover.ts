import { type Cleanup, cleanUp } from '../../chaos/cleanup.ts';
import { undone } from '../../chaos/undoing.ts';
import type { Console } from '../console.ts';
import { Uncleaned } from './remaining.ts';
import { intentsFolder } from './state-folder.ts';

/**
 * Puts back what earlier runs have left whose process is gone, before anything else is done. Throws Uncleaned when that
 * does not succeed: nothing is to be proven on a target that may be broken still.
 */
export async function recoverFirst(env: NodeJS.ProcessEnv, { tell }: Pick<Console, 'tell'>): Promise<Cleanup> {
  const cleanup = await cleanUp(intentsFolder(env), undone);
  for (const { says } of cleanup.undone) tell(`put back what an earlier run has left: ${says}`);
  for (const { intent, why } of cleanup.failed)
    tell(`cannot put back what an earlier run has left: ${intent.says}: ${why}`);
  if (cleanup.failed.length > 0)
    throw new Uncleaned(
      cleanup.failed.map(({ intent }) => intent),
      undefined,
    );
  return cleanup;
}
