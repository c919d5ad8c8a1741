import { presence } from '../presence.ts';
import type { Equipped, Journey } from './journey.ts';
import { hosting, madeReady, naming, signedIn } from './prepare.ts';

/** Somebody who is signed in goes to a planned meeting, stays there with sound and picture, and leaves as planned. */
export const attend: Journey = {
  /** The first residents open a meeting each; the others only have to be signed in. */
  async prepare(client, resident) {
    const { scenario, number } = resident;
    const opens = walksIn(client) ? naming : hosting;
    const room = await (number < (scenario.meetings?.count ?? 0) ? opens : signedIn)(client, resident);
    await madeReady(client);
    return room;
  },

  async walk(vu) {
    await vu.stay(async () => {
      const seat = await vu.client.join(vu.meeting(), vu.region(), vu.place());
      try {
        return await presence(seat, vu);
      } catch (thrown) {
        await seat.leave();
        throw thrown;
      }
    });
  },
};

/** Where nobody opens meetings, whoever names one is in it. */
function walksIn({ createMeeting }: Partial<Equipped>): boolean {
  return createMeeting === undefined;
}
