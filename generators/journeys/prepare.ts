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
