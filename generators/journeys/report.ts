import type { Journey } from './journey.ts';
import { signedIn } from './prepare.ts';

/** Somebody who is signed in wants to know all about the meetings with a colleague. */
export const report: Journey = {
  prepare: signedIn,

  async walk(vu) {
    const { invited } = vu.wish();
    await vu.step('search', () => vu.client.search(invited.name));
  },
};
