import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the intent logs of runs are: one place for all runs of a user, so that the next command finds what a run has left.
 * STORMTEST_STATE, or `stormtest` below XDG_STATE_HOME (XDG Base Directory Specification).
 */
export function intentsFolder(env: NodeJS.ProcessEnv): string {
  const state = env.STORMTEST_STATE || join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'stormtest');
  return join(state, 'intents');
}
