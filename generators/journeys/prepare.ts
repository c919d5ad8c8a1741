import type { Journey } from './journey.ts';

type Prepare = NonNullable<Journey['prepare']>;

/** Signed in, and nothing more. */
export const signedIn: Prepare = async (client) => {
  await client.login();
  return undefined;
};

/** Signed in, with a meeting opened that others can go to. */
export const hosting: Prepare = async (client, { wish }) => {
  await client.login();
  return client.createMeeting(wish);
};
