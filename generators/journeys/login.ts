import type { Journey } from './journey.ts';

/** Somebody signs in. */
export const login: Journey = {
  async walk(vu) {
    await vu.step('login', () => vu.client.login());
  },
};
