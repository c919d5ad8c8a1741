import { presence } from '../presence.ts';
import type { Journey } from './journey.ts';
import { hosting, signedIn } from './prepare.ts';

/** Somebody who is signed in goes to a planned meeting, stays there with sound and picture, and leaves as planned. */
export const attend: Journey = {
  /** The first residents open a meeting each; the others only have to be signed in. */
  prepare(client, resident) {
    const { scenario, number } = resident;
    return (number < (scenario.meetings?.count ?? 0) ? hosting : signedIn)(client, resident);
  },

  async walk(vu) {
    await vu.stay(async () => {
      const seat = await vu.client.join(vu.meeting(), vu.region());
      try {
        return await presence(seat, vu);
      } catch (thrown) {
        await seat.leave();
        throw thrown;
      }
    });
  },
};
