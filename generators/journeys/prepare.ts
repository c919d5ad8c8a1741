import { Failure } from '../../core/failure.ts';
import type { Equipped, Journey } from './journey.ts';

type Prepare = NonNullable<Journey['prepare']>;

/** Signed in, where that can be done, and nothing more. */
export const signedIn: Prepare = async (client: Partial<Pick<Equipped, 'login'>>) => {
  await client.login?.();
  return undefined;
};

/** With a name for a meeting that others can walk into. */
export const naming: Prepare = async (_, { wish }) => ({ id: wish.key });

/** Signed in, with a meeting opened that others can go to. */
export const hosting: Prepare = async (client, { wish }) => {
  await client.login();
  return client.createMeeting(wish);
};

/** A machine that starts a browser is full for a moment, and a target that protects itself says so. */
const TRIES = 5;
const PAUSE = 1_000;

/** Makes ready what somebody is going to join with; who is told to come back later does so a few times. */
export async function madeReady({ makeReady }: Pick<Equipped, 'makeReady'>, pause = PAUSE): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await makeReady?.();
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.kind !== 'shed' || tries === TRIES) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
